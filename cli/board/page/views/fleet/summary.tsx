import { useMemo } from 'preact/hooks';
import type { BoardApp } from '../../../board';
import { columnsOf } from '../../model/columns';
import { liveCounts } from '../../model/live';
import { targetsText } from '../../model/search';
import { Go, go, useShown } from '../../parts/context';
import { GuardWords, Mark } from '../../parts/marks';
import { AppPick, Unknown } from '../../parts/picks';
import { Way } from '../../parts/way';
import { SummaryCell } from './summary-cell';

/** All apps at once: each with its versions at each node of one level. */
export function Summary() {
  const { fleet, place } = useShown();
  const at = fleet.tryFindNode(place.at);
  const columns = useMemo(() => columnsOf(fleet, at, place.size === undefined ? undefined : Number(place.size) - 1), [fleet, at, place.size]);
  const targets = useMemo(() => columns.nodes.map((node) => fleet.targetsIn(node)), [fleet, columns]);
  return (
    <>
      <h1 tabIndex={-1}>{at === undefined ? 'Fleet' : fleet.path(at)}</h1>
      {place.app !== undefined && <p class="wrong">No app is called {place.app}.</p>}
      <Unknown node={place.at} />
      <Numbers at={at} />
      <div class="tools">
        <AppPick label="App" value="" none="all apps" onPick={(app) => go({ ...place, app, size: undefined })} />
        <Way node={at} to={(path) => ({ at: path })} />
        {columns.levels.length > 1 && (
          <nav class="levels" aria-label="Columns">
            {columns.levels.map(({ level, count }) => (
              <Go key={level} to={{ ...place, app: undefined, size: String(level + 1) }} isCurrent={level === columns.level}>
                {fleet.board.dimensions[level] ?? `level ${level + 1}`} <small>{count}</small>
              </Go>
            ))}
          </nav>
        )}
        {at !== undefined && <GuardWords node={at} />}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section class="scroll" aria-label="Versions of all apps" tabIndex={0}>
        <table class="heat">
          <caption class="hidden">Versions of each app (rows) at each node (columns)</caption>
          <thead>
            {columns.heads.map((heads, index) => (
              <tr key={index}>
                {index === 0 && (
                  <th rowSpan={columns.heads.length} scope="col" class="corner">
                    App
                  </th>
                )}
                {heads.map(({ node, span }, column) => (
                  <ColumnHead key={node ?? -1 - column} node={node} span={span} />
                ))}
              </tr>
            ))}
          </thead>
          {fleet.board.clusterTypes.map((type, index) => (
            <tbody key={type.name}>
              <tr class="type">
                <th colSpan={columns.nodes.length + 1} scope="rowgroup">
                  <span>{type.name}</span>
                </th>
              </tr>
              {fleet.board.apps
                .filter((app) => app.clusterType === index)
                .map((app) => (
                  <AppRow key={app.name} app={app} nodes={columns.nodes} targets={targets} />
                ))}
            </tbody>
          ))}
        </table>
      </section>
    </>
  );
}

function ColumnHead({ node, span }: { readonly node: number | undefined; readonly span: number }) {
  const { fleet } = useShown();
  if (node === undefined) return <td />;
  const { isManual, frozen } = fleet.board.nodes[node] ?? {};
  const says = [...(isManual ? ['manual gate'] : []), ...(frozen === undefined ? [] : ['frozen'])];
  return (
    <th colSpan={span} scope={span > 1 ? 'colgroup' : 'col'} class={frozen === undefined ? undefined : 'is-frozen'}>
      <Go to={{ at: fleet.path(node) }}>
        {fleet.name(node)}
        {isManual && <Mark kind="gate" />}
        {frozen !== undefined && <Mark kind="frozen" />}
        {says.length > 0 && <span class="hidden">, {says.join(', ')}</span>}
      </Go>
    </th>
  );
}

interface AppRowProps {
  readonly app: BoardApp;
  readonly nodes: readonly number[];
  readonly targets: readonly (readonly number[])[];
}

function AppRow({ app, nodes, targets }: AppRowProps) {
  const { fleet } = useShown();
  return (
    <tr>
      <th scope="row">
        <Go to={{ app: fleet.appKey(app) }}>{app.name}</Go>
      </th>
      {nodes.map((node, index) => (
        <SummaryCell key={node} app={app} node={node} targets={targets[index] ?? []} />
      ))}
    </tr>
  );
}

function LiveNumber({ at }: { readonly at: number | undefined }) {
  const { fleet } = useShown();
  const { all, well, dark } = liveCounts(fleet, at);
  return (
    <li>
      <Go to={{ view: 'live', at: at === undefined ? undefined : fleet.path(at) }}>
        {well.toLocaleString('en')} of {all.toLocaleString('en')} Applications as Git has them{dark > 0 && `, ${targetsText(dark)} not known in full`}
      </Go>
    </li>
  );
}

function Numbers({ at }: { readonly at: number | undefined }) {
  const { fleet } = useShown();
  const { nodes, apps, rollouts } = fleet.board;
  const frozen = nodes.filter((node, index) => node.frozen !== undefined && fleet.isIn(index, at)).length;
  const gates = nodes.filter((node, index) => node.isManual && fleet.isIn(index, at)).length;
  return (
    <ul class="numbers">
      <li>{targetsText(fleet.targetsIn(at).length)}</li>
      <li>
        {apps.length} {apps.length === 1 ? 'app' : 'apps'}
      </li>
      <li>
        <Go to={{ view: 'rollouts' }}>
          {rollouts.length} {rollouts.length === 1 ? 'patch' : 'patches'} in flight
        </Go>
      </li>
      <li>
        <Mark kind="gate" />
        {gates} manual {gates === 1 ? 'gate' : 'gates'}
      </li>
      {fleet.board.live !== undefined && <LiveNumber at={at} />}
      {frozen > 0 && (
        <li class="is-frozen">
          <Mark kind="frozen" />
          {frozen} frozen {frozen === 1 ? 'node' : 'nodes'}
        </li>
      )}
    </ul>
  );
}
