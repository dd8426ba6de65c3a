import { isToldToCharts } from '../../layers/charts/told-values';
import { getOr } from '../../layers/get-or';
import { isAtOrBelow } from '../../layers/hierarchy';
import type { Plain } from '../../layers/layer';
import { isOfObjects } from '../layer-places';
import { type Contribution, deployedBy, nameOf, type Row, rendered, there } from './row';

/** How many are named of many. */
const shown = 3;

/** `a, b and 4 more` */
export function few(names: readonly string[]): string {
  const rest = names.length - shown;
  return rest > 0 ? `${names.slice(0, shown).join(', ')} and ${rest} more` : names.join(', ');
}

/** What brings something, as the subject of a sentence. */
export function broughtBy({ layer, isArrival, app }: Pick<Contribution, 'layer' | 'isArrival' | 'app'>): string {
  if (isArrival) return `'${app}', which comes,`;
  if (layer === undefined) return 'what is rendered';
  return layer.startsWith('override ') ? `the ${layer}` : `'${layer}'`;
}

/** Whose layers rows come from, behind what is found: `; it comes from 'base', 'patch-001'`. Empty where no layer has the word. */
export function comingFrom(rows: readonly Row[]): string {
  const layers = [...rowsByLayer(rows).keys()].map((layer) => broughtBy({ layer, isArrival: false, app: '' }));
  return layers.length === 0 ? '' : `; it comes from ${few(layers)}`;
}

/** The row whose layer is shown of several: the one that most of them come from. */
export function shownRow(rows: readonly Row[]): { readonly row?: Row } {
  const [row] = [...rowsByLayer(rows).values()][0] ?? [];
  return row ? { row } : {};
}

/** By the patch, or the layer as records name it; those that say most first. */
function rowsByLayer(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const layer = nameOf(row.layer ?? row.layerBefore);
    if (layer !== undefined) getOr(found, layer, () => []).push(row);
  }
  return new Map([...found].sort(([, one], [, other]) => other.length - one.length));
}

/** The fields of rows with what they say now, each once; of an app that comes, that it does. */
export function saidIn(rows: readonly Row[]): string {
  const arrival = rows.find(({ field, after }) => field === rendered && after === true);
  // With its charts opened or closed comes and goes what they are told, and what nobody writes.
  const isSwitched = rows.some(({ field }) => field === 'hydrate');
  const isAside = ({ field, after }: Row) => isOfObjects(field) || (isToldToCharts(field) && after === undefined);
  const told = isSwitched ? rows.filter((row) => row.field === 'hydrate' || !isAside(row)) : rows;
  return few([...new Set((arrival ? [arrival] : told).map(fieldWords))]);
}

function fieldWords({ item, field, after, name = item.object }: Row): string {
  const of = name === undefined ? '' : `${name}: `;
  if (field === rendered) return after === true ? 'it is deployed' : 'it is not deployed any more';
  if (field === there) return after === true ? `${name} comes` : `${name} goes`;
  if (field === deployedBy) return `${String(after)} deploys it`;
  return after === undefined ? `${of}${field} is not set any more` : `${of}${field}: ${short(after)}`;
}

function short(value: Plain): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** Rows at or below a node. */
export function below(rows: readonly Row[], path: string): readonly Row[] {
  return rows.filter(({ target }) => isAtOrBelow(target, path));
}

/** The targets of rows, each once. */
export function targetsOf(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.map(({ target }) => target))];
}
