import type { BoardApp } from '../../../board';
import { isOtherwise, liveOf, worstOf } from '../../model/live';
import { guardsOf, type LayersThere } from '../../model/marks';
import { hashOf } from '../../model/place';
import type { ShownValue } from '../../model/values';
import { useShown } from '../../parts/context';
import { guardTexts, Health, Mark, markTexts } from '../../parts/marks';
import { colourOf } from '../../parts/value';

interface CellProps {
  readonly app: BoardApp;
  readonly target: number;
  /** @default - it is not set there */
  readonly value: ShownValue | undefined;
  /** @default - the app is not rendered there */
  readonly layers: LayersThere | undefined;
  readonly isSmall: boolean;
  /** Whether the tab key leads to it; arrow keys lead on. */
  readonly isReached: boolean;
}

/** A target. */
export function Cell({ app, target, value, layers, isSmall, isReached }: CellProps) {
  const { fleet, place } = useShown();
  const { gates, frozen } = guardsOf(fleet, target);
  const live = layers === undefined ? undefined : liveOf(fleet, target, app);
  const health = worstOf([live]);
  const isOther = isOtherwise(live);
  const text = value?.text ?? (layers === undefined ? 'not rendered' : 'not set');
  // Behind what is seen: whoever speaks to the page says that.
  const says = [
    `${isSmall ? `${fleet.name(target)} ${text}` : ''} at ${fleet.path(target)}`,
    ...(layers?.patches ?? []).map((layer) => `patched by ${layer}`),
    ...(layers?.overrides ?? []).map((layer) => `overridden by ${layer}`),
    ...guardTexts(fleet, target),
    ...(health === undefined ? [] : [`health ${health}`]),
    ...(isOther ? [markTexts.otherwise] : []),
  ].join(', ');
  const isDim = (place.is !== undefined && place.is !== value?.key) || (place.runs !== undefined && !isOther);
  return (
    <div role="gridcell">
      <a
        class={`cell ${value === undefined ? 'absent' : colourOf(value.rank)}${isDim ? ' dim' : ''}`}
        href={hashOf({ view: 'target', target: fleet.path(target), app: layers === undefined ? undefined : fleet.appKey(app) })}
        data-node={target}
        tabIndex={isReached ? 0 : -1}
      >
        <b class="letter" aria-hidden="true">
          {value?.letter ?? '–'}
        </b>
        {!isSmall && <span class="name">{fleet.name(target)}</span>}
        {!isSmall && <span class="text">{text}</span>}
        <span class="marks">
          {layers !== undefined && layers.patches.length > 0 && <Mark kind="patch" />}
          {layers !== undefined && layers.overrides.length > 0 && <Mark kind="override" />}
          {gates.length > 0 && <Mark kind="gate" />}
          {frozen !== undefined && <Mark kind="frozen" />}
          {isOther && <Mark kind="otherwise" />}
          {health !== undefined && <Health health={health} isSmall />}
        </span>
        <span class="hidden">{says}</span>
      </a>
    </div>
  );
}
