import type { AppDifference, FieldDifference, NodeDifferences, SideValue, Somewhere } from '../../../changes/nodes/node-differences';
import { plural } from '../../../layers/text/problem-text';
import { type Words, wordsOf } from '../changes/change-words';
import { valueText } from '../changes/value-text';
import { withoutControls } from '../without-controls';

/** How many values of one side, and how many places of one value, people read. */
const shownValues = 6;
const shownPlaces = 6;

export type SideName = 'left' | 'right';
export const sides: readonly SideName[] = ['left', 'right'];

/** What differs, in one sentence. */
export function summaryOf({ of, topology, left, right, apps, fields, own }: NodeDifferences): string {
  const words = wordsOf({ topology });
  const nodes = `${nodeText(left, words)} and ${nodeText(right, words)}`;
  const moment = of === 'the configuration' ? 'as the configuration says now' : `as ${of} recorded them`;
  if (left.path === right.path) return `${left.path} is one node: it differs from itself in nothing.`;
  if (apps.length === 0 && fields.length === 0) {
    return own.length === 0 ? `${nodes} have the same, ${moment}.` : `${nodes} have the same, ${moment}, but for what each ${words.target} has of its own.`;
  }
  const unlike = new Set(apps.map(({ clusterType, app }) => `${clusterType}/${app}`)).size;
  const parts = [
    ...(apps.length > 0 ? [`${plural(unlike, words.app)} ${unlike === 1 ? 'is' : 'are'} not rendered alike`] : []),
    ...(fields.length > 0
      ? [
          `${plural(fields.length, 'field')} of ${plural(new Set(fields.map(({ clusterType, app }) => `${clusterType}/${app}`)).size, words.app)} ${fields.length === 1 ? 'differs' : 'differ'}`,
        ]
      : []),
  ];
  return `${nodes}, ${moment}: ${parts.join(', ')}`;
}

function nodeText({ path, targets }: NodeDifferences['left'], { target }: Words): string {
  return `${path} (${plural(targets, target)})`;
}

/** Apps of one cluster type that are rendered at the same places. */
export interface AppGroup {
  readonly clusterType: string;
  readonly names: readonly string[];
  readonly where: string;
}

/** What is rendered on one side alone, by side; then what is rendered on both, but not alike. */
export function appGroups({ apps, topology, left, right }: NodeDifferences): readonly { readonly title: string; readonly groups: readonly AppGroup[] }[] {
  const only = (side: SideName, path: string) => {
    const other = side === 'left' ? 'right' : 'left';
    const groups = grouped(
      apps.filter((app) => app[other] === undefined),
      (app) => placesText(app[side], path),
    );
    return groups.length === 0 ? [] : [{ title: `Only in ${path}`, groups }];
  };
  const partly = grouped(
    apps.filter((app) => app.left && app.right),
    (app) => `${sideText(app.left, left.path)}; ${sideText(app.right, right.path)}`,
  );
  return [
    ...only('left', left.path),
    ...only('right', right.path),
    ...(partly.length === 0 ? [] : [{ title: `Not at every ${wordsOf({ topology }).target}`, groups: partly }]),
  ];
}

function grouped(apps: readonly AppDifference[], whereOf: (app: AppDifference) => string): readonly AppGroup[] {
  const groups = new Map<string, { readonly clusterType: string; readonly names: string[]; readonly where: string }>();
  for (const app of apps) {
    const where = whereOf(app);
    const key = `${app.clusterType}\n${where}`;
    const group = groups.get(key) ?? { clusterType: app.clusterType, names: [], where };
    groups.set(key, group);
    group.names.push(app.object === undefined ? app.app : `${app.app} ${app.object}`);
  }
  return [...groups.values()];
}

function sideText(side: Somewhere | undefined, path: string): string {
  const where = placesText(side, path);
  return where === '' ? `everywhere in ${path}` : `in ${path} ${where}`;
}

/** `at prod-canary, prod-sector-1/us-east1`; nothing where it is everywhere below the node. */
function placesText(side: Somewhere | undefined, node: string): string {
  const below = (side?.paths ?? []).flatMap((path) => (path === node ? [] : [path.startsWith(`${node}/`) ? path.slice(node.length + 1) : path]));
  if (below.length === 0) return '';
  const more = below.length - shownPlaces;
  return `at ${below.slice(0, shownPlaces).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Differing fields under the heads of their apps: `management-cluster/cert-manager`. */
export function headsOf(fields: readonly FieldDifference[]): readonly (readonly [head: string, fields: readonly FieldDifference[]])[] {
  const heads = new Map<string, FieldDifference[]>();
  for (const field of fields) {
    const head = `${field.clusterType}/${field.app}${field.object === undefined ? '' : ` ${field.object}`}`;
    heads.set(head, [...(heads.get(head) ?? []), field]);
  }
  return [...heads];
}

/** What one side says of a field. */
export interface SideRow {
  readonly value: string;
  /** Where, and which layers say so. */
  readonly why: string;
}

export function sideRows(values: readonly SideValue[], node: string): readonly SideRow[] {
  const rows = values.slice(0, shownValues).map((side): SideRow => {
    const where = placesText(side, node);
    const layers = side.layers.join(', ');
    return { value: valueText(side.value), why: [where, layers].filter((part) => part !== '').join(': ') };
  });
  const more = values.length - shownValues;
  return more > 0 ? [...rows, { value: `… and ${plural(more, 'other value')}`, why: '--format json has them' }] : rows;
}

/** The fields of targets' own, in one line. */
export function ownText({ own, topology }: NodeDifferences): string | undefined {
  if (own.length === 0) return undefined;
  const counts = new Map<string, number>();
  for (const { field } of own) counts.set(field, (counts.get(field) ?? 0) + 1);
  const names = [...counts].map(([field, count]) => (count === 1 ? field : `${field} (${count} times)`));
  const more = names.length - shownValues;
  const shown = `${names.slice(0, shownValues).join(', ')}${more > 0 ? ` and ${plural(more, 'more field')}` : ''}`;
  return withoutControls(`What says where it is, or is another at nearly every ${wordsOf({ topology }).target}: ${shown}`);
}
