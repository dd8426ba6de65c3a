import type { BoardRollout } from '../../board';
import { targetsText } from '../model/search';
import { holds, wordsOf } from '../model/timeline';
import { type Stop, wayOf } from '../model/way';
import { Go, go, useShown } from '../parts/context';
import { Mark } from '../parts/marks';
import { TextPick } from '../parts/picks';
import { DateTime } from '../parts/time';

/** Every patch in flight, on its way through the sequence. */
export function RolloutsView() {
  const { fleet, place } = useShown();
  const words = wordsOf(place.q);
  const shown = fleet.board.rollouts.filter(({ app, clusterType, patch, description }) => holds(words, [`${app} ${patch}`, clusterType, description ?? '']));
  return (
    <>
      <h1 tabIndex={-1}>Rollouts</h1>
      <div class="tools">
        <TextPick label="Filter" value={place.q ?? ''} onPick={(q) => go({ ...place, q }, true)} />
        <p role="status">
          {shown.length} {shown.length === 1 ? 'patch' : 'patches'} in flight{words.length > 0 && `, of ${fleet.board.rollouts.length}`}
        </p>
      </div>
      {shown.map((rollout) => (
        <Rollout key={`${rollout.clusterType} ${rollout.app} ${rollout.patch}`} rollout={rollout} />
      ))}
      <ul class="keys">
        {Object.entries(stateTexts).map(([state, text]) => (
          <li key={state}>
            <i class={`stop-key ${state}`} aria-hidden="true" />
            {text}
          </li>
        ))}
        <li>
          <Mark kind="gate" />
          manual gate
        </li>
      </ul>
    </>
  );
}

const stateTexts: Readonly<Record<Stop['state'], string>> = {
  covered: 'covered',
  part: 'covered in part',
  next: 'entered next',
  frozen: 'frozen',
  waiting: 'later',
};

function Rollout({ rollout }: { readonly rollout: BoardRollout }) {
  const { fleet } = useShown();
  const app = fleet.tryFindApp(rollout.app, rollout.clusterType);
  const [done, all] = [rollout.covered.length, rollout.targets.length];
  return (
    <article class="rollout">
      <header>
        <h2>
          {app === undefined ? rollout.app : <Go to={{ app: fleet.appKey(app) }}>{rollout.app}</Go>} <span class="patch">{rollout.patch}</span>
        </h2>
        <span class="muted">{rollout.clusterType}</span>
        <span class="progress">
          {done.toLocaleString('en')} of {targetsText(all)}
        </span>
      </header>
      {rollout.description !== undefined && <p>{rollout.description}</p>}
      <Track rollout={rollout} />
      <Facts rollout={rollout} />
    </article>
  );
}

function Track({ rollout }: { readonly rollout: BoardRollout }) {
  const { fleet } = useShown();
  return (
    <ol class="track" aria-label="Its way through the sequence">
      {wayOf(fleet, rollout).map(({ node, stops }) => (
        <li key={stops[0]?.node}>
          <h3>
            <Go to={{ at: fleet.path(node) }}>{fleet.name(node)}</Go>
          </h3>
          <ol>
            {stops.map((stop) => (
              <StopItem key={stop.node} stop={stop} above={node} />
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

function StopItem({ stop, above }: { readonly stop: Stop; readonly above: number }) {
  const { fleet } = useShown();
  const { node, targets, covered, state, gates } = stop;
  const name = node === above ? fleet.name(node) : fleet.path(node).slice(fleet.path(above).length + 1);
  const gated = gates.map((gate) => fleet.path(gate)).join(', ');
  return (
    <li class={`stop ${state}`}>
      {gates.length > 0 && (
        <span class="gate-bar" title={`manual gate ${gated}`}>
          <Mark kind="gate" />
          <span class="hidden">behind the manual gate {gated}: </span>
        </span>
      )}
      <span class="stop-name">{name}</span>
      <span class="count">
        {covered}/{targets.length}
      </span>
      <span class="hidden">, {stateTexts[state]}</span>
      <span class="bar" aria-hidden="true">
        <i style={{ width: `${(100 * covered) / targets.length}%` }} />
      </span>
    </li>
  );
}

function Facts({ rollout }: { readonly rollout: BoardRollout }) {
  const { paths, next, gates, soak, frozen, since, notes } = rollout;
  return (
    <dl class="facts">
      <Fact name="Sits at" texts={[paths.join(', ') || 'nothing yet']} />
      <Fact name="Next" texts={[next]} />
      <Fact name="Waits for" texts={gates.map(({ node, approvers }) => `approval of ${node}${approvers.length > 0 ? ` by ${approvers.join(' or ')}` : ''}`)} />
      <Fact name="Soak" texts={soak === undefined ? [] : [soak]} />
      <Fact name="Frozen" texts={frozen} />
      {since !== undefined && (
        <div>
          <dt>Since</dt>
          <dd>
            <DateTime of={since} />
          </dd>
        </div>
      )}
      <Fact name="Note" texts={notes} />
    </dl>
  );
}

function Fact({ name, texts }: { readonly name: string; readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <div class={name === 'Note' || name === 'Frozen' ? 'warns' : undefined}>
      <dt>{name}</dt>
      {texts.map((text) => (
        <dd key={text}>{text}</dd>
      ))}
    </div>
  );
}
