import type { BoardApp } from '../../../board';
import { isOtherwise, liveOf, worstOf } from '../../model/live';
import { layersOf } from '../../model/marks';
import { targetsText } from '../../model/search';
import { countsOf, type ShownValue, valuesOf } from '../../model/values';
import { Go, useShown } from '../../parts/context';
import { Health, Mark } from '../../parts/marks';
import { colourOf, Letter, Shares } from '../../parts/value';

interface SummaryCellProps {
  readonly app: BoardApp;
  readonly node: number;
  /** Those in the node, of all apps. */
  readonly targets: readonly number[];
}

/** An app's versions in a node. */
export function SummaryCell({ app, node, targets }: SummaryCellProps) {
  const { fleet } = useShown();
  const positions = targets.flatMap((target) => fleet.position(app, target) ?? []);
  if (positions.length === 0)
    return (
      <td class="absent">
        <span class="hidden">not rendered here</span>
      </td>
    );
  const field = app.version === undefined ? undefined : app.fields[app.version];
  const { counts, without } = field === undefined ? { counts: [], without: positions.length } : countsOf(valuesOf(app, field), positions);
  const isPatched = positions.some((position) => (layersOf(app)[position]?.patches.length ?? 0) > 0);
  const lives = fleet.board.live === undefined ? [] : targets.map((target) => liveOf(fleet, target, app));
  const health = worstOf(lives);
  const otherwise = lives.filter(isOtherwise).length;
  const [first] = counts;
  const shown = first?.[0].text ?? (positions.length === targets.length ? 'runs' : `at ${positions.length}`);
  // Behind what is seen: whoever speaks to the page says that.
  const says = [
    `: ${app.name} at ${fleet.path(node)}`,
    ...(counts.length > 1 || without > 0 ? [wordsOf(counts, without, positions.length)] : []),
    ...(isPatched ? ['patched'] : []),
    ...(health === undefined ? [] : [`worst health ${health}`]),
    ...(otherwise === 0 ? [] : [`not as Git has it at ${targetsText(otherwise)}`]),
  ].join(', ');
  return (
    <td class={first === undefined ? undefined : colourOf(first[0].rank)}>
      <Go to={{ app: fleet.appKey(app), at: fleet.path(node) }}>
        {first !== undefined && <Letter value={first[0]} />}
        <span class="text" title={shown}>
          {shown}
        </span>
        {counts.length > 1 && <small aria-hidden="true">+{counts.length - 1}</small>}
        {isPatched && <Mark kind="patch" />}
        {otherwise > 0 && <Mark kind="otherwise" />}
        {health !== undefined && <Health health={health} isSmall />}
        {counts.length > 1 && <Shares counts={counts} />}
        <span class="hidden">{says}</span>
      </Go>
    </td>
  );
}

/** `v1.18.2 at 3 targets, v1.19.0 at 1 target`. */
export function wordsOf(counts: readonly (readonly [ShownValue, number])[], without: number, all: number): string {
  const named = counts.slice(0, 5).map(([value, count]) => (count === all ? value.text : `${value.text} at ${targetsText(count)}`));
  const more = counts.length > 5 ? [`${counts.length - 5} more values`] : [];
  return [...named, ...more, ...(without > 0 && counts.length > 0 ? [`not set at ${targetsText(without)}`] : [])].join(', ') || `at ${targetsText(without)}`;
}
