import type { RefObject } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { BoardApp, BoardField } from '../../../board';
import { layersOf } from '../../model/marks';
import { countsOf, type FieldValues } from '../../model/values';
import { groupsOf, outside } from '../../model/way';
import { Go, useShown } from '../../parts/context';
import { GuardWords } from '../../parts/marks';
import { Shares } from '../../parts/value';
import { Cell } from './cell';
import type { Inspect } from './inspector';
import { moveOn, roveTo } from './roving';

interface FleetMapProps {
  readonly app: BoardApp;
  readonly field: BoardField | undefined;
  readonly values: FieldValues | undefined;
  readonly targets: readonly number[];
  readonly isSmall: boolean;
  readonly inspect: RefObject<Inspect | undefined>;
}

/** The hierarchy as a grid: what lies in one node beside each other is a row, and rows of one outermost node stand together. */
export function FleetMap({ inspect, targets, ...shown }: FleetMapProps) {
  const { fleet } = useShown();
  const map = useRef<HTMLDivElement>(null);
  const stages = useMemo(() => stagesOf(fleet, targets), [fleet, targets.length, targets[0]]);
  const look = (event: Event) => {
    const cell = (event.target as Element).closest<HTMLElement>('[data-node]');
    if (cell !== null) inspect.current?.(Number(cell.dataset['node']));
    return cell;
  };
  return (
    <div
      ref={map}
      role="grid"
      aria-label={`${shown.app.name} at every target`}
      class={`map ${shown.isSmall ? 'small' : 'large'}`}
      onPointerOver={look}
      onFocusIn={(event) => {
        const cell = look(event);
        if (cell !== null) roveTo(event.currentTarget, cell);
      }}
      onKeyDown={moveOn}
    >
      {stages.map(({ node, rows }, index) => (
        <div role="rowgroup" class="stage" key={node}>
          {node !== outside && <StageHead node={node} {...shown} />}
          {rows.map((row, rank) => (
            <Row key={row.node} {...row} above={node} isFirst={index + rank === 0} {...shown} />
          ))}
        </div>
      ))}
    </div>
  );
}

interface RowData {
  readonly node: number;
  readonly targets: readonly number[];
}

function stagesOf(fleet: ReturnType<typeof useShown>['fleet'], targets: readonly number[]) {
  const stages = new Map<number, RowData[]>();
  for (const [node, those] of groupsOf(fleet, targets)) {
    const outermost = node === outside ? outside : (fleet.wayTo(node)[0] ?? node);
    stages.set(outermost, [...(stages.get(outermost) ?? []), { node, targets: those }]);
  }
  return [...stages].map(([node, rows]) => ({ node, rows }));
}

type Shown = Omit<FleetMapProps, 'inspect' | 'targets'>;

function StageHead({ node, app, values }: Shown & { readonly node: number }) {
  const { fleet, place } = useShown();
  const positions = fleet.targetsIn(node).flatMap((target) => fleet.position(app, target) ?? []);
  return (
    <div role="row" class="head">
      <div role="rowheader">
        <Go to={{ ...place, at: fleet.path(node) }}>{fleet.name(node)}</Go>
        <GuardWords node={node} />
        {values !== undefined && <Shares counts={countsOf(values, positions).counts} />}
      </div>
    </div>
  );
}

function Row({ node, targets, above, isFirst, app, values, isSmall }: Shown & RowData & { readonly above: number; readonly isFirst: boolean }) {
  const { fleet, place } = useShown();
  const layers = layersOf(app);
  const between = node === outside ? [] : fleet.wayTo(node).slice(above === outside ? 0 : 1);
  return (
    <div role="row" class="row">
      <div role="rowheader" class="where">
        {between.length === 0 ? (
          <span class="hidden">{node === outside ? 'all' : fleet.name(node)}</span>
        ) : (
          <Go to={{ ...place, at: fleet.path(node) }}>{between.map((one) => fleet.name(one)).join('/')}</Go>
        )}
        {between.map((one) => (
          <GuardWords key={one} node={one} />
        ))}
      </div>
      <div role="presentation" class="cells">
        {targets.map((target, index) => {
          const position = fleet.position(app, target);
          return (
            <Cell
              key={target}
              app={app}
              target={target}
              value={position === undefined ? undefined : values?.values[values.at[position] ?? -1]}
              layers={position === undefined ? undefined : layers[position]}
              isSmall={isSmall}
              isReached={isFirst && index === 0}
            />
          );
        })}
      </div>
    </div>
  );
}
