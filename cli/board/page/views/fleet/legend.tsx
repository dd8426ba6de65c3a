import type { BoardApp, BoardField } from '../../../board';
import { isOtherwise, liveOf } from '../../model/live';
import { layersOf } from '../../model/marks';
import { targetsText } from '../../model/search';
import { countsOf, type ShownValue, valuesOf } from '../../model/values';
import { go, useShown } from '../../parts/context';
import { Mark, markTexts } from '../../parts/marks';
import { colourOf, Letter } from '../../parts/value';

interface LegendProps {
  readonly app: BoardApp;
  readonly field: BoardField;
  readonly targets: readonly number[];
}

/** How many values are listed before somebody asks for all. */
const few = 12;
const most = 300;

/** What a field is, and where how often. A value that is chosen is told apart in the map. */
export function Legend({ app, field, targets }: LegendProps) {
  const { fleet } = useShown();
  const positions = targets.flatMap((target) => fleet.position(app, target) ?? []);
  const { counts, without } = countsOf(valuesOf(app, field), positions);
  return (
    <section class="legend" aria-label="Legend">
      <h2 class="hidden">Values of {field.name}</h2>
      <Values counts={counts.slice(0, few)} of={positions.length} />
      {counts.length > few && (
        <details>
          <summary>{(counts.length - few).toLocaleString('en')} more values</summary>
          <Values counts={counts.slice(few, most)} of={positions.length} />
        </details>
      )}
      <ul class="keys">
        {without > 0 && <li>not set at {targetsText(without)}</li>}
        {positions.length < targets.length && <li>not rendered at {targetsText(targets.length - positions.length)}</li>}
        <Keys app={app} positions={positions} />
        {fleet.board.live !== undefined && <OtherwiseKey app={app} targets={targets} />}
      </ul>
    </section>
  );
}

function Values({ counts, of }: { readonly counts: readonly (readonly [ShownValue, number])[]; readonly of: number }) {
  const { place } = useShown();
  return (
    <ul class="values">
      {counts.map(([value, count]) => (
        <li key={value.key}>
          <button
            type="button"
            class={colourOf(value.rank)}
            aria-pressed={place.is === value.key}
            onClick={() => go({ ...place, is: place.is === value.key ? undefined : value.key })}
          >
            <Letter value={value} />
            <span class="value">{value.text}</span>
            <span class="count">
              {count.toLocaleString('en')}
              <span class="hidden"> of {targetsText(of)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** How many are not as Git has them; pressed, these alone stand out. */
function OtherwiseKey({ app, targets }: Pick<LegendProps, 'app' | 'targets'>) {
  const { fleet, place } = useShown();
  const count = targets.filter((target) => isOtherwise(liveOf(fleet, target, app))).length;
  return (
    <li>
      <button
        type="button"
        class="button"
        aria-pressed={place.runs !== undefined}
        onClick={() => go({ ...place, runs: place.runs === undefined ? 'otherwise' : undefined })}
      >
        <Mark kind="otherwise" /> {markTexts.otherwise} {count}
      </button>
    </li>
  );
}

/** What the marks of cells mean, and of how many. */
function Keys({ app, positions }: { readonly app: BoardApp; readonly positions: readonly number[] }) {
  const layers = layersOf(app);
  const patched = positions.filter((position) => (layers[position]?.patches.length ?? 0) > 0).length;
  const overridden = positions.filter((position) => (layers[position]?.overrides.length ?? 0) > 0).length;
  return (
    <>
      <li>
        <Mark kind="patch" />
        {markTexts.patch} {patched}
      </li>
      <li>
        <Mark kind="override" />
        {markTexts.override} {overridden}
      </li>
      <li>
        <Mark kind="gate" />
        {markTexts.gate}
      </li>
      <li>
        <Mark kind="frozen" />
        {markTexts.frozen}
      </li>
    </>
  );
}
