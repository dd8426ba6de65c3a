import type { BoardLiveApplication, BoardLiveTarget } from '../../board';
import { liveCounts, liveText, troubles } from '../model/live';
import { targetsText } from '../model/search';
import { wordsOf } from '../model/timeline';
import { Go, go, useShown } from '../parts/context';
import { Health, Mark } from '../parts/marks';
import { TextPick, Unknown } from '../parts/picks';
import { DateTime } from '../parts/time';
import { Way } from '../parts/way';

/** More are not drawn at once. */
const most = 300;

/** What runs otherwise than Git has it, or is not well, target by target. */
export function LiveView() {
  const { fleet, place } = useShown();
  const { live } = fleet.board;
  if (live === undefined)
    return (
      <>
        <h1 tabIndex={-1}>What runs</h1>
        <p>
          Nobody asked Argo CD for this board: <code>fleet board --live</code> does.
        </p>
      </>
    );
  const at = fleet.tryFindNode(place.at);
  const { all, well, dark } = liveCounts(fleet, at);
  const shown = troubles(fleet, at, wordsOf(place.q));
  return (
    <>
      <h1 tabIndex={-1}>What runs</h1>
      <p class="lead">
        {well.toLocaleString('en')} of {all.toLocaleString('en')} Applications are well and as Git has them at {live.of}
        {dark > 0 && <>; {targetsText(dark)} not known in full</>}. Asked <DateTime of={live.at} />.
      </p>
      <Unknown node={place.at} />
      <div class="tools">
        <TextPick label="Filter" value={place.q ?? ''} onPick={(q) => go({ ...place, q }, true)} />
        <Way node={at} to={(path) => ({ ...place, at: path })} />
        <p role="status">{shown.length === 0 ? 'nothing else to say' : `something else at ${targetsText(shown.length)}`}</p>
      </div>
      {shown.slice(0, most).map((one) => (
        <Trouble key={`${one.node} ${one.clusterType}`} of={one} />
      ))}
      {shown.length > most && <p>{targetsText(shown.length - most)} more: choose a node, or filter.</p>}
    </>
  );
}

function Trouble({ of: { node, clusterType, unknown, others } }: { readonly of: BoardLiveTarget }) {
  const { fleet } = useShown();
  return (
    <section class="found">
      <h2>
        <Go to={{ view: 'target', target: fleet.path(node) }}>{fleet.path(node)}</Go>{' '}
        {clusterType !== undefined && <span class="patch">{fleet.board.clusterTypes[clusterType]?.name}</span>}
      </h2>
      <Said unknown={unknown} others={others} />
    </section>
  );
}

interface SaidProps {
  readonly unknown: string | undefined;
  readonly others: readonly BoardLiveApplication[];
}

/** What was said of Applications that are not well, and why the others are not known. */
export function Said({ unknown, others }: SaidProps) {
  return (
    <ul class="said">
      {unknown !== undefined && (
        <li>
          <Health health="Unknown" isSmall />
          <span>not known in full: {unknown}</span>
        </li>
      )}
      {others.map((one) => (
        <li key={`${one.name} ${one.is} ${one.server}`}>
          <Health health={one.health} isSmall />
          <b>{one.name}</b>
          <span>{liveText(one)}</span>
          {one.differs?.map((text) => (
            <span key={text} class="differs">
              <Mark kind="otherwise" />
              {text}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
