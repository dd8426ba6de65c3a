import { getOr } from '../../layers/get-or';
import type { Plain } from '../../layers/layer';
import { fieldsAbove, membersName } from '../../layers/record';
import type { Causes } from '../causes';
import type { Change, FieldChange } from '../change';
import { ChartLayers } from '../compare/chart-layers';
import { type Difference, differences } from '../differences';
import { fieldsIn } from '../fields-in';
import { manifestName } from '../manifest-name';
import { type Content, isOfChart, objectAt, type StateFile, type Subject, subjectOf } from '../state';
import { patchOf } from '../strength';
import { type Item, itemOf, keyOf, type Side, type Sides } from './side';

/** Whether an app is rendered, as a field of it. */
export const rendered = 'enabled';

/** Whether an object beside an app's own is there, as a field of it. */
export const there = '(there)';

/** Whose Argo CD deploys an app, as a field of it. */
export const deployedBy = '(deployer)';

/** One field that says something else at one target. */
export interface Row {
  readonly item: Item;
  readonly target: string;
  /** As records call it, or {@link rendered}, {@link there}, {@link deployedBy}. */
  readonly field: string;
  /** What people call the object of an app: `Deployment shop/web`. @default - it has no kind, or is known by its place alone */
  readonly name?: string;
  /** @default - nothing was set */
  readonly before?: Plain;
  /** @default - nothing is set any more */
  readonly after?: Plain;
  /** The layers with the word now and before. @default - none has, or nobody recorded it */
  readonly layer?: string;
  readonly layerBefore?: string;
  /** Whose layers they are, and of which field, where it is not the item's own. */
  readonly place?: { readonly clusterType: string; readonly app: string; readonly field: string };
  /** Whether what says it was not there before. */
  readonly isNew: boolean;
}

/** All that differs, target by target; with an app or a target come all its fields. */
export function rowsOf(changes: readonly Change[], sides: Sides): readonly Row[] {
  const rows = new Rows(sides);
  const fields = changes.filter((change): change is FieldChange => change.kind === 'field');
  // With another release comes all that it says.
  const releases = new Set(fields.filter(({ field }) => field === 'release').flatMap((change) => change.targets.map((target) => ofApp(change, target))));
  for (const change of fields) {
    const { clusterType, app, object, deployer, field, before, after } = change;
    for (const target of change.targets) {
      const file = { clusterType, target, path: '', id: '' };
      const subject = { app, deployer, ...(object === undefined ? {} : { object: objectAt(object, target) }) };
      const name = isOfChart(subject) ? change.manifest : undefined;
      const asked = releases.has(ofApp(change, target)) && deployer !== undefined ? 'release' : field;
      rows.add(itemOf(file, subject), target, { field, before, after, name }, rows.causes(file, subject, { field: asked, before, after }), false);
    }
  }
  for (const change of changes) {
    // Of an app that is opened or closed, that is what changes: clusters have its objects all the while.
    if (change.kind === 'field' || ('gitOnly' in change && change.marks === undefined)) continue;
    for (const target of change.targets) {
      if (change.kind.endsWith('added')) rows.added(change, target);
      else rows.removed(change, target);
    }
  }
  return withoutEmptied(rows.found);
}

/** A map that is empty no more, or is so now, is told by what is in it. */
function withoutEmptied(rows: readonly Row[]): readonly Row[] {
  const emptied = new Set(rows.filter(isEmptied));
  if (emptied.size === 0) return rows;
  const above = new Set(rows.flatMap((row) => [...fieldsAbove(row.field)].slice(1).map((field) => placeOf(row, field))));
  return rows.filter((row) => !emptied.has(row) || !above.has(placeOf(row, row.field)));
}

function isEmptied({ before, after }: Row): boolean {
  return (isEmpty(before) && after === undefined) || (isEmpty(after) && before === undefined);
}

function isEmpty(value: Plain | undefined): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function placeOf({ item, target }: Row, field: string): string {
  return `${keyOf(item)}\n${target}\n${field}`;
}

function ofApp({ clusterType, app }: FieldChange, target: string): string {
  return `${clusterType}\n${app}\n${target}`;
}

type Said = Pick<Row, 'after' | 'before' | 'field' | 'name'>;

class Rows {
  readonly found: Row[] = [];
  readonly #sides: Sides;
  readonly #charts: ChartLayers;

  constructor(sides: Sides) {
    this.#sides = sides;
    this.#charts = new ChartLayers(sides.causes, sides.before.state, sides.after.state);
  }

  /** Why a field says something else: of an object of an opened chart, what the chart is told now. */
  causes(file: StateFile, subject: Subject, difference: Difference): Causes {
    const found = this.#sides.causes.field(file, subject, difference);
    return found.now === undefined && found.before === undefined ? this.#ofChart(file, subject) : found;
  }

  #ofChart({ clusterType, target }: StateFile, { app, object }: Subject): Causes {
    return isOfChart({ object }) ? this.#charts.of(clusterType, app, target) : {};
  }

  add(item: Item, target: string, said: Said, causes: Causes, isNew: boolean): void {
    if (isFirstLabel(item, said.before, causes.place)) return;
    const { field, before, after, name } = said;
    // What a chart makes of several values comes from each of their layers: nobody knows of which alone.
    for (const { now, before: was, place } of [causes, ...(causes.others ?? [])]) {
      this.found.push({
        item,
        target,
        field,
        ...(name === undefined ? {} : { name }),
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
        ...(now === undefined ? {} : { layer: now }),
        ...(was === undefined ? {} : { layerBefore: was }),
        ...(place === undefined ? {} : { place }),
        isNew,
      });
    }
  }

  added(change: Exclude<Change, FieldChange>, target: string): void {
    const { before, after } = this.#sides;
    const files = filesOf(after, change, target).filter((file) => !before.has(after.itemOf(file), target));
    const moved = 'deployer' in change ? after.filesAt(change.clusterType, target).filter((file) => this.#isMovedHere(file, change.deployer as string)) : [];
    for (const [index, content] of after.state.read(files).entries()) this.#arrived(files[index] as StateFile, content);
    for (const file of moved) this.#moved(file);
  }

  removed(change: Exclude<Change, FieldChange>, target: string): void {
    const { before, after, causes } = this.#sides;
    const { topology } = before.state.fleet;
    for (const file of filesOf(before, change, target)) {
      const item = before.itemOf(file);
      if (after.has(item, target)) continue;
      const field = item.object === undefined ? rendered : there;
      if (item.object !== undefined && change.kind === 'target-removed') continue;
      // What an app has beside its own manifest goes with it.
      if (item.object !== undefined && before.has(appOf(item), target) && !after.has(appOf(item), target)) continue;
      // With a target goes what it had, whatever layers say.
      const subject = subjectOf(file, topology);
      const found = change.kind === 'target-removed' ? {} : item.object === undefined ? causes.app(file, subject, false) : this.#ofChart(file, subject);
      const name = isOfChart(item) && 'manifest' in change ? change.manifest : undefined;
      this.add(item, target, { field, before: true, after: false, name }, found, false);
    }
  }

  /** Another Argo CD deploys it, which says the same but for what differs. */
  #moved(file: StateFile): void {
    const { before, after, causes } = this.#sides;
    const item = after.itemOf(file);
    const [old] = before.files(item, file.target);
    if (!old) return;
    const subject = subjectOf(file, after.state.fleet.topology);
    const [was, is] = [before.state.read([old])[0] ?? {}, after.state.read([file])[0] ?? {}];
    const former = subjectOf(old, before.state.fleet.topology);
    this.add(item, file.target, { field: deployedBy, before: former.deployer, after: subject.deployer }, causes.app(file, subject, true), false);
    for (const difference of differences(fieldsIn(was, item), fieldsIn(is, item))) {
      this.add(item, file.target, difference, causes.field(file, subject, difference), false);
    }
  }

  #isMovedHere(file: StateFile, deployer: string): boolean {
    const { before, after } = this.#sides;
    const subject = subjectOf(file, after.state.fleet.topology);
    return (
      subject.deployer === deployer &&
      before.has(after.itemOf(file), file.target) &&
      !before.filesAt(file.clusterType, file.target).some(({ path }) => path === file.path)
    );
  }

  #arrived(file: StateFile, content: Content): void {
    const { before, after, causes } = this.#sides;
    const item = after.itemOf(file);
    const fields = fieldsIn(content, item);
    const name = isOfChart(item) ? manifestName(content) : undefined;
    const subject = subjectOf(file, after.state.fleet.topology);
    const isApp = item.object === undefined;
    const ofChart = !isApp && before.has(appOf(item), file.target) ? this.#ofChart(file, subject) : {};
    // An object that a chart gives now comes with what the chart is told.
    if (ofChart.now !== undefined) {
      this.add(item, file.target, { field: there, before: false, after: true, name }, ofChart, false);
      for (const [field, value] of fields) this.add(item, file.target, { field, after: value, name }, ofChart, false);
      return;
    }
    this.add(item, file.target, { field: isApp ? rendered : there, before: false, after: true, name }, isApp ? causes.app(file, subject, false) : {}, true);
    for (const [field, value] of fields) this.add(item, file.target, { field, after: value, name }, causes.field(file, subject, { field, after: value }), true);
  }
}

/** What labels of registrations follow from that the tool computes. */
const computed: ReadonlySet<string> = new Set(['enabled', 'release', 'manages', 'model']);

/**
 * A label that says of a new component, or of a new group, where it goes: what comes by it is told by itself, and where nothing does,
 * the label changes nothing.
 */
function isFirstLabel({ clusterType, object }: Item, before: Plain | undefined, place: Row['place']): boolean {
  return clusterType === membersName && object !== undefined && before === undefined && place !== undefined && computed.has(place.field);
}

/** The files of what comes or goes: of an app with all that it has beside its own manifest. */
function filesOf(side: Side, change: Exclude<Change, FieldChange>, target: string): readonly StateFile[] {
  // Of an opened chart hundreds may come at once: each is looked up.
  if ('object' in change) return side.files(itemAt(change, target), target);
  const all = side.filesAt(change.clusterType, target);
  return 'app' in change ? all.filter((file) => side.itemOf(file).app === change.app) : all;
}

/** What a change is about at one of its targets. */
export function itemAt({ clusterType, app, object }: { readonly clusterType: string; readonly app: string; readonly object?: string }, target: string): Item {
  return itemOf({ clusterType, target }, { app, ...(object === undefined ? {} : { object: objectAt(object, target) }) });
}

function appOf({ clusterType, app }: Item): Item {
  return { clusterType, app };
}

/** What one layer brings, or takes away, or all that comes with an app to where it was not: it is approved as a whole. */
export interface Contribution {
  /** Whose layer it is. */
  readonly clusterType: string;
  readonly app: string;
  /** Whether the app comes with it. */
  readonly isArrival: boolean;
  /** The patch, or the layer as records name it. @default - the app comes; or no layer has the word: code says it, or the app is gone */
  readonly layer?: string;
  readonly rows: readonly Row[];
}

/** Rows by what brings them. */
export function contributionsOf(rows: readonly Row[]): readonly Contribution[] {
  const found = new Map<string, Contribution & { readonly rows: Row[] }>();
  for (const row of rows) {
    // A release of a group brings what it says to all components of it.
    const { clusterType, app } = row.isNew ? row.item : (row.place ?? row.item);
    const layer = row.isNew ? undefined : nameOf(row.layer ?? row.layerBefore);
    const key = `${keyOf({ clusterType, app })}\n${row.isNew}\n${layer ?? ''}`;
    getOr(found, key, () => ({ clusterType, app, isArrival: row.isNew, ...(layer === undefined ? {} : { layer }), rows: [] })).rows.push(row);
  }
  // An object that comes to an app which was there is no app that comes.
  return [...found.values()].map((one) => (one.isArrival && one.rows.every(({ item }) => isOfChart(item)) ? { ...one, isArrival: false } : one));
}

/** A patch is the same wherever it sits. */
export function nameOf(layer: string | undefined): string | undefined {
  return layer === undefined ? undefined : (patchOf(layer)?.layer ?? layer);
}

/** The patches that have a word in a contribution: one, or those by which an app comes. */
export function patchesIn({ rows }: Contribution): readonly string[] {
  return [...new Set(rows.flatMap(({ layer }) => (layer === undefined ? [] : (patchOf(layer)?.layer ?? []))))];
}

/** Equal for rows of one item that say the same, and come from the same layer: what other targets had is the same for all of them. */
export function alikeKey({ item, field, layer, layerBefore, isNew, after }: Row): string {
  return JSON.stringify([item, field, layer, layerBefore, isNew, after]);
}
