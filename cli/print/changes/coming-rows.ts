import type { AppChange, Change, Changes, FieldChange, ObjectChange, TargetChange } from '../../../changes/change';
import { isOfChart } from '../../../changes/state';
import { plural } from '../../../layers/text/problem-text';
import type { PlacedChange } from '../../read/changes/change-places';
import { appText, isAll, isGitOnly, type Words, whereText, whyText, wordsOf } from './change-words';
import { apart, manyWhy, markTexts } from './field-rows';

/** Something that comes or goes. */
export interface ComingRow {
  readonly what: string;
  readonly where: string;
  readonly why?: string;
  /** What becomes of what was deployed, or what an object does. @default - there is nothing to say of it */
  readonly fate?: string;
}

type Coming = Exclude<Change, FieldChange>;
type PlacedComing = PlacedChange & { readonly change: Coming };

/** What becomes of a cluster that is no member of a fleet of hubs any more. */
const forgotten = 'the hub forgets the cluster: what runs there stays, and nobody manages it';

/** What becomes of what Git holds no more, or a chart gives no more. */
const leaves = 'where Argo CD prunes, it leaves the clusters too';

/** How many names of what comes or goes together people read. */
const shownNames = 30;

/** What comes or goes in one way. */
export interface ComingPart {
  readonly title: string;
  readonly sign: '-' | '+';
  /** What that means for clusters. @default - it says so */
  readonly note?: string;
  readonly rows: readonly ComingRow[];
}

/** What comes or goes, each way of it that there is under a title of its own. */
export function comingParts(changes: Changes, placed: readonly PlacedChange[]): readonly ComingPart[] {
  const rows = (end: 'removed' | 'added', gitOnly = false) => comingRows(changes, placed, end, gitOnly);
  const pruned = changes.topology === 'dimensions' ? { note: leaves } : {};
  const parts: readonly ComingPart[] = [
    { title: 'Removed', sign: '-', ...pruned, rows: rows('removed') },
    { title: 'Added', sign: '+', rows: rows('added') },
    {
      title: 'In Git no more',
      sign: '-',
      note: 'Argo CD renders the chart itself again, and here it was not rendered: what it does not give leaves the clusters where Argo CD prunes',
      rows: rows('removed', true),
    },
    {
      title: 'In Git from now on',
      sign: '+',
      note: 'Argo CD applies them as they lie there, and here the chart was not rendered: what it gave besides leaves the clusters where Argo CD prunes',
      rows: rows('added', true),
    },
  ];
  return parts.filter((part) => part.rows.length > 0);
}

/** In order; of what comes or goes at the same targets, many as one. */
function comingRows(changes: Changes, placed: readonly PlacedChange[], end: 'removed' | 'added', gitOnly: boolean): readonly ComingRow[] {
  const words = wordsOf(changes);
  const own = placed.filter((one): one is PlacedComing => one.change.kind.endsWith(end) && isGitOnly(one.change) === gitOnly);
  const groups = new Map<string, PlacedComing[]>();
  for (const one of own) {
    const key = groupOf(one, words);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].flatMap((group) => {
    if (group[0]?.change.kind.startsWith('target')) return [targetRow(group, words)];
    return group.length > apart || (gitOnly && group.length > 1) ? [manyRow(group, words)] : group.map((one) => oneRow(one, words));
  });
}

/** Equal for what people read as one. */
function groupOf({ change }: PlacedComing, { target }: Words): string {
  const { kind, clusterType, targets } = change;
  // A cluster is renamed as a whole, though some of its groups have too much of their own to look so.
  if ('apps' in change) return JSON.stringify([kind, targets, target === 'cluster' ? undefined : change.twin]);
  const owner =
    'object' in change
      ? [change.app, markTexts([change])]
      : [change.deployer, isAll(change), change.twin?.clusterType, change.twin?.deployer, change.workloads, markTexts([change])];
  return JSON.stringify([kind, clusterType, ...owner, targets]);
}

/** A target is one to its readers, whatever cluster types and groups it has. */
function targetRow(group: readonly PlacedComing[], words: Words): ComingRow {
  const [first] = group as readonly [PlacedComing];
  const twins = group.map(whyText).filter((why) => why !== undefined);
  return {
    what: targetsText(
      group.map(({ change }) => change as TargetChange),
      words,
    ),
    where: whereText(first.change, words),
    ...(new Set(twins).size === 1 ? { why: twins[0] } : {}),
    ...(first.change.kind === 'target-removed' && words.target === 'cluster' ? { fate: forgotten } : {}),
  };
}

/** Targets of several cluster types, or of several groups, as one: `1 cluster with 3 components of addons, 1 component of resources`. */
export function targetsText(changes: readonly TargetChange[], words: Words): string {
  const parts = changes.filter(({ apps }) => apps > 0 || words.app === 'app');
  const apps = parts.map((change) => `${plural(change.apps, words.app)} of ${change.clusterType}`);
  return `${plural(changes[0]?.targets.length ?? 0, words.target)}${apps.length === 0 ? '' : ` with ${apps.join(', ')}`}`;
}

function oneRow(one: PlacedComing, words: Words): ComingRow {
  const { change } = one;
  const what = 'object' in change ? `${change.clusterType}/${change.app}: ${objectText(change)}` : appText(change as AppChange);
  return { what, where: whereOf(change, words), why: whyText(one), fate: fateOf(change, words) };
}

function manyRow(group: readonly PlacedComing[], words: Words): ComingRow {
  const [first] = group as readonly [PlacedComing];
  const changes = group.map(({ change }) => change as AppChange | ObjectChange);
  const names = changes.map((change) => ('object' in change ? objectText(change) : change.app));
  // Of a whole chart nobody reads the names: nothing becomes of its objects.
  const isCounted = group.length > apart && isGitOnly(first.change);
  const shown = isCounted ? '' : `: ${names.slice(0, shownNames).join(', ')}${names.length > shownNames ? ` and ${names.length - shownNames} more` : ''}`;
  const { clusterType, app } = changes[0] as AppChange;
  const { deployer } = first.change as AppChange;
  const what =
    'object' in first.change
      ? `${clusterType}/${app}, ${plural(group.length, 'object')}${shown}`
      : `${clusterType}, ${plural(group.length, words.app)}${deployer === undefined ? '' : ` deployed by ${deployer}`}${shown}`;
  const { why, hasOthers } = manyWhy(group);
  return { what, where: whereOf(first.change, words), why: why !== undefined && hasOthers ? `${why}, and others` : why, fate: fateOf(first.change, words) };
}

/** What comes of it: what its objects do; where the Application goes with which an app was deployed, and nobody takes the app over. */
function fateOf(change: Coming, { target }: Words): string | undefined {
  // Among what leaves a fleet of hubs are registrations and components, which leave in other ways.
  const isLeaving = target === 'cluster' && change.kind === 'object-removed' && isOfChart(change);
  const marks = [...(isLeaving ? [leaves] : []), ...markTexts([change])];
  if (marks.length > 0) return marks.join('; ');
  if (!('workloads' in change) || change.twin?.deployer !== undefined) return undefined;
  if (change.workloads === 'go') return 'what it deployed goes with it, by its finalizer';
  return change.workloads === 'stay' ? 'what it deployed stays, and nobody manages it' : undefined;
}

function whereOf(change: Coming, words: Words): string {
  const where = whereText(change, words);
  if (!isAll(change)) return where;
  return change.kind === 'app-removed' ? `${where}, and it is nowhere else` : `${where}, and it was nowhere before`;
}

function objectText({ object, manifest }: ObjectChange): string {
  return manifest ?? object;
}
