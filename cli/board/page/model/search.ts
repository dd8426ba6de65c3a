import type { Fleet } from './fleet';
import type { Place } from './place';
import { holds, nameOf, peopleOf, wordsOf } from './timeline';
import { valuesOf } from './values';

export const kinds = ['Apps', 'Nodes', 'Patches', 'People', 'Fields', 'Values'] as const;
export type Kind = (typeof kinds)[number];

/** Something that can be found. */
export interface Entry {
  readonly kind: Kind;
  readonly text: string;
  /** What else it is found by, and shown with. */
  readonly note: string;
  readonly place: Place;
}

export interface Found {
  readonly kind: Kind;
  /** The first ones. */
  readonly entries: readonly Entry[];
  readonly count: number;
}

const shown = 40;

/** @returns of each kind what has all words of a text, what begins with it first */
export function search(entries: readonly Entry[], text: string): readonly Found[] {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const sought = words.join(' ');
  const found = entries.filter((entry) => holds(words, [entry.text, entry.note]));
  return kinds.flatMap((kind) => {
    const those = found.filter((entry) => entry.kind === kind);
    if (those.length === 0) return [];
    const rank = new Map(those.map((entry) => [entry, rankOf(entry.text.toLowerCase(), sought)]));
    return [{ kind, count: those.length, entries: those.sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0)).slice(0, shown) }];
  });
}

function rankOf(text: string, sought: string): number {
  return text === sought ? 0 : text.startsWith(sought) ? 1 : text.includes(sought) ? 2 : 3;
}

/** All that can be found: made when somebody begins to look. */
export function entriesOf(fleet: Fleet): readonly Entry[] {
  return [...appsOf(fleet), ...nodesOf(fleet), ...patchesOf(fleet), ...personsOf(fleet)];
}

function appsOf(fleet: Fleet): readonly Entry[] {
  return fleet.board.apps.flatMap((app) => {
    const key = fleet.appKey(app);
    return [
      { kind: 'Apps' as const, text: key, note: [app.description ?? '', ...(app.owners ?? [])].filter(Boolean).join(' · '), place: { app: key } },
      ...app.fields.flatMap((field) => [
        { kind: 'Fields' as const, text: field.name, note: key, place: { app: key, field: field.name } },
        ...valuesOf(app, field).values.map((value) => ({
          kind: 'Values' as const,
          text: value.text,
          note: `${field.name} of ${key} at ${targetsText(value.count)}`,
          place: { app: key, field: field.name, is: value.key },
        })),
      ]),
    ];
  });
}

function nodesOf(fleet: Fleet): readonly Entry[] {
  const targets = new Set(fleet.targets);
  return fleet.paths.map((path, node) => ({
    kind: 'Nodes',
    text: path,
    note: fleet.board.dimensions[fleet.depths[node] ?? 0] ?? '',
    place: targets.has(node) ? { view: 'target', target: path } : { at: path },
  }));
}

function patchesOf(fleet: Fleet): readonly Entry[] {
  return fleet.board.rollouts.map(({ app, clusterType, patch, description = '' }) => ({
    kind: 'Patches',
    text: patch,
    note: [app, clusterType, description].filter(Boolean).join(' · '),
    place: { view: 'rollouts', q: `${app} ${patch}` },
  }));
}

function personsOf(fleet: Fleet): readonly Entry[] {
  const [written, owned, approving] = [new Map<string, number>(), new Map<string, string[]>(), new Set<string>()];
  for (const commit of fleet.board.history) for (const person of new Set(peopleOf(commit))) written.set(person, (written.get(person) ?? 0) + 1);
  for (const app of fleet.board.apps) for (const owner of app.owners ?? []) owned.set(owner, [...(owned.get(owner) ?? []), fleet.appKey(app)]);
  for (const { gates } of fleet.board.rollouts) for (const { approvers } of gates) for (const person of approvers) approving.add(person);
  return [
    ...[...written].map(([person, count]) => personEntry(person, `in ${count} ${count === 1 ? 'commit' : 'commits'}`, { view: 'history', by: person })),
    ...[...owned].map(([person, apps]) => personEntry(person, `owns ${apps.join(', ')}`, { app: apps[0] })),
    ...[...approving].map((person) => personEntry(nameOf(person), 'may approve a gate that a patch waits for', { view: 'rollouts' })),
  ];
}

function personEntry(text: string, note: string, place: Place): Entry {
  return { kind: 'People', text, note, place };
}

export function targetsText(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'target' : 'targets'}`;
}
