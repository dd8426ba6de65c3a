import type { AppChange, Change, Changes, FieldChange } from '../../../changes/change';
import { everywhere } from '../../../layers/hierarchy';
import { plural } from '../../../layers/text/problem-text';
import type { LayerPlace, PlacedChange } from '../../read/changes/change-places';
import { valueText } from './value-text';

/** How many paths of one change people read. */
const shownPaths = 6;

/** `production/prod-canary, stage (4 targets)`, `everywhere (9 targets)` */
export function whereText({ paths, targets }: Pick<Change, 'paths' | 'targets'>): string {
  if (paths.length === 1 && targets.length === 1) return paths[0] === everywhere ? (targets[0] as string) : (paths[0] as string);
  const shown = paths.slice(0, shownPaths).map((path) => (path === everywhere ? 'everywhere' : path));
  const more = paths.length > shownPaths ? ` and ${paths.length - shownPaths} more paths` : '';
  return `${shown.join(', ')}${more} (${plural(targets.length, 'target')})`;
}

/** Why something is as it is now: the layers that say so, and those that said something else before. */
export function whyText({ change, now }: PlacedChange): string | undefined {
  if (!('cause' in change)) return undefined;
  const { before } = change.cause;
  const others = before.filter((layer) => !now.some((one) => one.layer === layer));
  const renamed = 'twin' in change && change.twin !== undefined ? twinText(change as AppChange) : undefined;
  const gone = change.kind === 'app-removed' ? 'nobody declares it any more' : `no longer said by ${others.join(', ')}`;
  const isSaid = now.length > 0;
  const said = isSaid ? now.map(placeText).join(', ') : others.length > 0 ? gone : undefined;
  const was = isSaid && others.length > 0 && change.kind === 'field' ? `before: ${others.join(', ')}` : undefined;
  const parts = [renamed, said, was].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('; ');
}

function twinText({ kind, twin }: AppChange): string {
  return kind === 'app-removed' ? `it looks renamed to ${twin}, which to Argo CD is another app` : `it looks like ${twin} under another name: made anew`;
}

/** `override production (config/management-cluster/cert-manager.ts:12)` */
export function placeText({ layer, file, line }: LayerPlace): string {
  return file === undefined ? layer : `${layer} (${file}${line === undefined ? '' : `:${line}`})`;
}

/** What changes, in one sentence. */
export function summaryText({ before, after, changes, targets }: Changes): string {
  if (changes.length === 0) return `Nothing changes: ${before} and ${after} render the same.`;
  const apps = new Set(changes.flatMap((change) => ('app' in change ? [`${change.clusterType}/${change.app}`] : [])));
  const what = apps.size === 0 ? 'targets come or go' : `${plural(apps.size, 'app')} ${apps.size === 1 ? 'changes' : 'change'} at ${plural(targets, 'target')}`;
  return `${before} → ${after}: ${what}`;
}

/** How a state was found, where that is not as everybody expects. */
export function noteText(note: string): string {
  return `Note: ${note}.`;
}

/** What moved and changed nothing, in one line. */
export function movedText({ moved: { values, apps } }: Changes): string | undefined {
  return values === 0 ? undefined : `${plural(values, 'value')} of ${plural(apps, 'app')} come from another layer now and say the same.`;
}

/** What comes or goes, without its place: `management-cluster/hypershift`. */
export function nounOf(change: Exclude<Change, FieldChange>): string {
  const { clusterType } = change;
  if ('apps' in change) return `${plural(change.targets.length, 'target')} of ${clusterType}, with ${plural(change.apps, 'app')} in all`;
  if ('object' in change) return `${clusterType}/${change.app}: ${change.object}`;
  return `${clusterType}/${change.app}${change.deployer === undefined ? '' : `, deployed by ${change.deployer}`}`;
}

/** Field changes of one field that people read apart: more of them are told as one. */
export const apart = 4;

/** Field changes of one app and object, those of one field together where they are many. */
export interface FieldRows {
  readonly field: string;
  readonly changes: readonly PlacedChange[];
}

/** Field changes under the heads of their apps. */
export interface AppRows {
  /** `management-cluster/cert-manager` */
  readonly head: string;
  readonly fields: readonly FieldRows[];
}

export function appRows(placed: readonly PlacedChange[]): readonly AppRows[] {
  const apps = new Map<string, Map<string, PlacedChange[]>>();
  for (const one of placed) {
    const { change } = one;
    if (change.kind !== 'field') continue;
    const object = change.object === undefined || change.object === 'values' ? '' : ` ${change.object}`;
    const head = `${change.clusterType}/${change.app}${change.deployer === undefined ? '' : `, deployed by ${change.deployer}`}${object}`;
    const fields = apps.get(head) ?? new Map<string, PlacedChange[]>();
    apps.set(head, fields);
    fields.set(change.field, [...(fields.get(change.field) ?? []), one]);
  }
  return [...apps].map(([head, fields]) => ({ head, fields: [...fields].map(([field, changes]) => ({ field, changes })) }));
}

/** Many different changes of one field, as one: `6 values → 6 others, such as a → b`. */
export function manyText(changes: readonly PlacedChange[]): string {
  const [{ change }] = changes as readonly [PlacedChange];
  const { before, after } = change as FieldChange;
  return `${changes.length} different changes, such as ${valueText(before)} → ${valueText(after)}`;
}

/** Where many changes of one field show. */
export function manyPlaces(changes: readonly PlacedChange[]): string {
  const targets = changes.reduce((sum, { change }) => sum + change.targets.length, 0);
  const paths = changes.flatMap(({ change }) => change.paths);
  const shown = paths.slice(0, shownPaths);
  return `${shown.join(', ')}${paths.length > shown.length ? ' …' : ''} (${plural(targets, 'target')})`;
}
