import type { Column } from '../../../changes/versions/version-columns';
import { type AppVersions, type Cell, isOverride, patchOf, type Versions } from '../../../changes/versions/versions';
import type { Plain } from '../../../layers/layer';
import { compare } from '../../../layers/problem';
import { plural } from '../../../layers/text/problem-text';
import { wordsOf } from '../changes/change-words';
import { withoutControls } from '../without-controls';

/** A cell that is not rendered. */
export const notRendered = '·';

/** A cell that says nothing. */
export const saysNothing = '-';

/** What an app says there, without who set it. Of several sources, each stands behind its name. */
export function saidText({ field }: Pick<Versions, 'field'>, value: Plain | undefined): string {
  if (value === undefined) return saysNothing;
  if (typeof value === 'string') return value === '' ? '""' : withoutControls(value);
  if (field === undefined && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return withoutControls(
      Object.entries(value)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    );
  }
  return withoutControls(JSON.stringify(value));
}

/** Who set it: `*` a patch, `^` an override. */
export function marksOf({ layers }: Cell): string {
  return `${layers.some((layer) => patchOf(layer) !== undefined) ? '*' : ''}${layers.some(isOverride) ? '^' : ''}`;
}

export function cellText(versions: Pick<Versions, 'field'>, cell: Cell | undefined): string {
  if (!cell) return notRendered;
  const marks = marksOf(cell);
  return `${saidText(versions, cell.value)}${marks === '' ? '' : ` ${marks}`}`;
}

/** What the marks mean that are shown. */
export function legendText(columns: readonly Column[]): string | undefined {
  const cells = columns.flatMap((column) => column.cells);
  const shown = cells.flatMap((cell) => (cell ? [cell] : []));
  const parts = [
    ...(shown.some((cell) => marksOf(cell).includes('*')) ? ['* set by a patch'] : []),
    ...(shown.some((cell) => marksOf(cell).includes('^')) ? ['^ set by an override'] : []),
    ...(shown.some(({ value }) => value === undefined) ? [`${saysNothing} says none`] : []),
    ...(cells.includes(undefined) ? [`${notRendered} not rendered there`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join('   ');
}

/** The patches that set something, by the app that has them: `cert-manager` and `patch-001 at integration, stage/stage-sector-1`. */
export function patchRows(apps: readonly AppVersions[]): readonly (readonly [app: string, text: string])[] {
  return apps.flatMap(({ app, cells }) => {
    const places = new Map<string, Set<string>>();
    for (const layer of cells.flatMap(({ layers }) => layers)) {
      const patch = patchOf(layer);
      if (patch === undefined) continue;
      places.set(patch, (places.get(patch) ?? new Set()).add(layer.slice(patch.length + 1)));
    }
    return [...places].sort(([a], [b]) => compare(a, b)).map(([patch, at]) => [app, `${patch} at ${placesText([...at])}`] as const);
  });
}

/** How many places of a patch people read. */
const shownPlaces = 6;

function placesText(places: readonly string[]): string {
  const shown = places.slice(0, shownPlaces).join(', ');
  return places.length > shownPlaces ? `${shown} and ${places.length - shownPlaces} more` : shown;
}

/** Who set a cell, where it is not the base: `patch-001`, `override production`. */
export function setBy({ layers }: Cell): string {
  return [...new Set(layers.flatMap((layer) => patchOf(layer) ?? (isOverride(layer) ? layer : [])))].join(', ');
}

/** `production/prod-canary`; of several siblings, `production/s-2 … s-20 (19)` */
export function columnName({ first, last, nodes }: Column): string {
  return nodes === 1 ? first : `${first} … ${lastName(last)} (${nodes})`;
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `4 apps at 9 targets, as the configuration says` */
export function countOf({ of, topology, apps, targets }: Versions): string {
  const words = wordsOf({ topology });
  const all = new Set([...targets.values()].flat());
  const moment = of === 'the configuration' ? 'as the configuration says now' : `as ${withoutControls(of)} recorded it`;
  return `${plural(apps.filter(({ cells }) => cells.length > 0).length, words.app)} at ${plural(all.size, words.target)}, ${moment}`;
}
