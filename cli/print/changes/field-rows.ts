import type { Change, FieldChange } from '../../../changes/change';
import { everywhere } from '../../../layers/hierarchy';
import { plural } from '../../../layers/text/problem-text';
import type { PlacedChange } from '../../read/changes/change-places';
import { appText, broadest, type Words, whyText } from './change-words';
import { valueText } from './value-text';

/** Changes of one kind that people read apart: more of them are told as one. */
export const apart = 4;

/** From how many apps on an equal change of all of them is told once. */
const shared = 3;

/** How many names of apps stand in a head. */
const shownApps = 8;

/** Changes of one field. */
export interface FieldRows {
  readonly field: string;
  readonly changes: readonly PlacedChange[];
}

/** Field changes under the head of the app, or of the apps, that they are of. */
export interface AppRows {
  /** `management-cluster/cert-manager` */
  readonly head: string;
  /** What the object that changes does beside what its fields say, each a sentence. */
  readonly marks: readonly string[];
  readonly fields: readonly FieldRows[];
}

/** Field changes by their apps, in order; those that several apps share first. */
export function appRows(placed: readonly PlacedChange[], words: Words): readonly AppRows[] {
  const fields = placed.filter(({ change }) => change.kind === 'field');
  const equal = new Map<string, PlacedChange[]>();
  for (const one of fields) put(equal, equalKey(one), one);
  const common = [...equal.values()].filter((group) => appsIn(group).length >= shared);
  const isCommon = new Set(common.flat());
  const heads = new Map<string, PlacedChange[]>();
  for (const group of common) put(heads, commonHead(group, words), group[0] as PlacedChange);
  const headOf = ownHeads(fields.map(({ change }) => change as FieldChange));
  for (const one of fields) if (!isCommon.has(one)) put(heads, headOf(one.change as FieldChange), one);
  return [...heads].map(([head, changes]) => {
    const rows = new Map<string, PlacedChange[]>();
    for (const one of changes) put(rows, (one.change as FieldChange).field, one);
    return { head, marks: markTexts(changes.map(({ change }) => change)), fields: [...rows].map(([field, same]) => ({ field, changes: same })) };
  });
}

/** What changes of objects do beside what their fields say, each once. */
export function markTexts(changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.flatMap((change) => ('marks' in change ? (change.marks ?? []) : []).map(({ text }) => text)))];
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Equal for changes that differ in nothing but their app. */
function equalKey({ change, now }: PlacedChange): string {
  const { clusterType, targets, object, deployer, field, before, after, marks, cause } = change as FieldChange;
  // Of another place, each app's own file says so; the layers are compared by name and place.
  return JSON.stringify([clusterType, targets, object, deployer, field, before, after, marks, now, cause.before]);
}

function appsIn(group: readonly PlacedChange[]): readonly string[] {
  return [...new Set(group.map(({ change }) => (change as FieldChange).app))];
}

function commonHead(group: readonly PlacedChange[], { app }: Words): string {
  const apps = appsIn(group);
  const { clusterType, deployer } = (group[0] as PlacedChange).change as FieldChange;
  const shown = `${apps.slice(0, shownApps).join(', ')}${apps.length > shownApps ? ` and ${apps.length - shownApps} more` : ''}`;
  return `${clusterType}, ${plural(apps.length, app)}${deployer === undefined ? '' : ` deployed by ${deployer}`}: ${shown}`;
}

/** Heads of objects that have one name, whatever their namespaces, with their places: a cluster may be registered with two Argo CDs. */
function ownHeads(changes: readonly FieldChange[]): (change: FieldChange) => string {
  const objects = new Map<string, Set<string | undefined>>();
  const nameOf = (head: string) => head.replace(/ [^/ ]+\/([^/ ]+)$/, ' $1');
  for (const change of changes) {
    const name = nameOf(ownHead(change));
    objects.set(name, (objects.get(name) ?? new Set()).add(change.object));
  }
  return (change) => {
    const head = ownHead(change);
    return change.manifest !== undefined && (objects.get(nameOf(head))?.size ?? 0) > 1 ? `${head} (${change.object})` : head;
  };
}

function ownHead(change: FieldChange): string {
  const { object, manifest } = change;
  return object === undefined || object === 'values' ? appText(change) : `${appText(change)}: ${manifest ?? object}`;
}

/** Many different changes of one field, as one. */
export function manyText(changes: readonly PlacedChange[]): string {
  const { before, after } = (changes[0] as PlacedChange).change as FieldChange;
  return `${changes.length} different changes, such as ${valueText(before)} → ${valueText(after)}`;
}

/** Why many things are so: the first reason, and whether there are others. */
export function manyWhy(changes: readonly PlacedChange[]): { readonly why?: string; readonly hasOthers: boolean } {
  const whys = new Set(changes.map(whyText));
  return { why: [...whys].find((why) => why !== undefined), hasOthers: whys.size > 1 };
}

/** Where many changes of one field show. */
export function manyPlaces(changes: readonly PlacedChange[], { target }: Words): string {
  const targets = changes.reduce((sum, { change }) => sum + change.targets.length, 0);
  const paths = [...new Set(changes.flatMap(({ change }) => change.paths))].map((path) => (path === everywhere ? 'everywhere' : path));
  const shown = broadest(paths, apart);
  return `${shown.join(', ')}${paths.length > shown.length ? `, … and ${plural(paths.length - shown.length, 'more path')}` : ''} (${plural(targets, target)})`;
}
