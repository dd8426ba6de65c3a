import { type Plain, patchLabel } from '../../layers/layer';
import { PathSet } from '../../layers/path-set';
import { isOfChart } from '../state';
import { isWeaker, patchOf } from '../strength';
import { stable } from './effect';
import { deployedBy, nameOf, type Row, rendered, there } from './row';
import type { Item, Side, Sides } from './side';

/** Whether targets had, and have, what a layer brings to another one. */
export class Had {
  readonly #sides: Sides;

  constructor(sides: Sides) {
    this.#sides = sides;
  }

  /**
   * Whether a target had a content before the change: it said the same; or the same layer has the word there, and said something of
   * its own for this target; or a layer that is more specific hid it, and still does.
   */
  before(row: Row, target: string): boolean {
    return this.#byLayer(row, target, sits) || isHidden(row, target, this.#sides.before, this.#sides) || this.#said(this.#sides.before, row, target);
  }

  /** Whether a target has it after the change. */
  after(row: Row, target: string): boolean {
    const { after } = this.#sides;
    if (row.field !== rendered && !isThere(after, row.item, target)) return true;
    if (patchPath(row, target, after) !== undefined) return true;
    return (
      this.#said(after, row, target) || (row.layer !== undefined && nameOf(layerAt(after, row, target)) === nameOf(row.layer)) || hides(row, target, after)
    );
  }

  /** Whether a target had it, to be seen. */
  seenBefore(row: Row, target: string): boolean {
    return this.#byLayer(row, target, (...asked) => sits(...asked) && !hides(row, target, this.#sides.after)) || this.#said(this.#sides.before, row, target);
  }

  /** Whether a target could have it: an app that is not there does not get what it says. */
  isAsked(row: Row, target: string): boolean {
    const { before } = this.#sides;
    if (row.field === rendered) return before.isKnown(row.item) && before.targets(row.item.clusterType).includes(target);
    return isThere(before, row.item, target);
  }

  /**
   * A layer that comes to a target brings what it says for it; what it says for another one need not be the same, and a function may
   * say nothing there.
   */
  #byLayer(row: Row, target: string, isThere: typeof sits): boolean {
    const isNew = row.isNew || nameOf(row.layer) !== nameOf(row.layerBefore);
    if (!isNew) return false;
    const { before } = this.#sides;
    const isKnown = isThere(row, target, this.#sides) || nameOf(layerAt(before, row, target)) === nameOf(row.layer);
    // What a chart gives at one target it need not give at another one, where its app is.
    const isChartObject = row.place !== undefined && isOfChart(row.item);
    const has = isChartObject ? isOfApp(before, row.item, target) : before.has(row.item, target);
    if (!has || !isKnown) return false;
    return this.#sides.isSame(row.item, target) || this.#saysTheSame(row, target);
  }

  #saysTheSame({ item, field }: Row, target: string): boolean {
    const { before, after } = this.#sides;
    return valuesAt(before, item, field, target) === valuesAt(after, item, field, target);
  }

  #said(side: Side, { item, field, after }: Row, target: string): boolean {
    if (field === rendered || field === there) return side.has(item, target) === after;
    if (field === deployedBy) return false;
    const wanted = textOf(after);
    return (side.fields(item, [target]).get(target) ?? []).some((fields) => textOf(fields.get(field)) === wanted);
  }
}

function textOf(value: Plain | undefined): string | undefined {
  return value === undefined ? undefined : stable(value);
}

function valuesAt(side: Side, item: Item, field: string, target: string): string {
  return JSON.stringify((side.fields(item, [target]).get(target) ?? []).map((fields) => textOf(fields.get(field)) ?? ''));
}

/** What an app has beside its own manifest it gets with it; what a member has, it has by itself. */
function isThere(side: Side, item: Item, target: string): boolean {
  return side.has(item, target) || (item.object !== undefined && isOfApp(side, item, target));
}

function isOfApp(side: Side, { clusterType, app }: Item, target: string): boolean {
  return side.has({ clusterType, app }, target);
}

/** The layer with the word about a row's field at another target. */
function layerAt(side: Side, { item, field, place }: Row, target: string): string | undefined {
  const { clusterType, app, field: asked } = place ?? { clusterType: item.clusterType, app: item.app, field };
  if (place === undefined && item.object !== undefined) return undefined;
  return side.layers.layerOf(clusterType, app, asked, target);
}

/** Whether a layer with more to say stands in front of the one that brings a row, before the change and after it. */
function isHidden(row: Row, target: string, before: Side, { after }: Sides): boolean {
  return hides(row, target, before) && hides(row, target, after);
}

function hides(row: Row, target: string, side: Side): boolean {
  const winner = layerAt(side, row, target);
  if (row.layer === undefined || winner === undefined) return false;
  const patch = patchOf(row.layer);
  if (!patch) return isWeaker(row.layer, winner);
  // Where nobody recorded it, a patch may sit anywhere: only what is seen counts.
  const path = patchPath(row, target, side);
  return path !== undefined && (isWeaker(`${patchLabel(patch.layer)} ${path}`, winner) || isOlder(patch.layer, path, winner));
}

/** Whether the patch that brings a row sat at a target and still does: what is not seen there, its function does not say. */
function sits(row: Row, target: string, { before, after }: Sides): boolean {
  return patchPath(row, target, before) !== undefined && patchPath(row, target, after) !== undefined;
}

/** Where the patch sits that brings a row, at or above a target. @returns `undefined` where it does not, or nobody recorded it, or it is no patch */
function patchPath({ layer = '', place, item }: Row, target: string, side: Side): string | undefined {
  const patch = patchOf(layer);
  if (!patch) return undefined;
  const { clusterType, app } = place ?? item;
  const paths = new PathSet(side.layers.record(clusterType, app)?.patchAt?.(patchLabel(patch.layer)) ?? []);
  return paths.has(target) ? target : paths.above(target);
}

/** Of two patches at one path, the newer one has the word. */
function isOlder(patch: string, path: string, winner: string): boolean {
  const other = patchOf(winner);
  return other !== undefined && other.path === path && other.layer > patch;
}

/** Whether what a row takes away is what others said of an app that is gone from the configuration: what becomes of the app is a removal. */
export function goesWithItsApp({ place, after }: Row, sides: Sides): boolean {
  return place !== undefined && after === undefined && !sides.after.isKnown(place);
}

/** What a rule about one app calls it. */
export function whatOf({ clusterType, app }: Pick<Item, 'clusterType' | 'app'>): string {
  return `${clusterType}/${app}`;
}
