import type { RegisteredMember } from '../../../constructs/hub/deployed-fleet';
import { mapStrings } from '../../../layers/text/token';
import { markOf, unmarked } from '../../../store/wrapper/live-text';
import type { Membership, WrapperMember } from '../../../store/wrapper/members';
import { same } from '../../../store/wrapper/values';
import type { Difference } from './compare-wrapper';

/** What the secret of a cluster says. */
export interface Facts {
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [annotation: string]: string };
}

/** A label that follows from what the configuration says, and said something else. */
export interface Relabelled {
  readonly cluster: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** Plain data in which marks are what they come to with the secret of a cluster, where that is known before and after. */
export function filledWith(data: unknown, own: Facts, other: Facts): unknown {
  if (data === undefined) return data;
  return mapStrings(data, (text) =>
    unmarked(text)
      .map((piece) => {
        if (typeof piece === 'string') return piece;
        const field = piece.kind === 'label' ? 'labels' : piece.kind === 'annotation' ? 'annotations' : undefined;
        const key = piece.key ?? '';
        const isKnown = field !== undefined && Object.hasOwn(own[field], key) && Object.hasOwn(other[field], key);
        return isKnown ? own[field][key] : markOf(piece);
      })
      .join(''),
  );
}

/** What the secrets of clusters say otherwise than before, and where they come from otherwise. */
export function secretDifferences(
  { members, store }: Pick<Membership, 'members' | 'store'>,
  computed: ReadonlySet<string>,
  after: readonly RegisteredMember[],
): { readonly differing: readonly Difference[]; readonly relabelled: readonly Relabelled[] } {
  const now = new Map(after.map((one) => [one.member, one]));
  const differing: Difference[] = [];
  const relabelled: Relabelled[] = [];
  for (const member of members) {
    const is = now.get(member.name);
    if (!is) continue;
    const say = (field: string, before: unknown, now: unknown) => {
      if (!same(before, now)) differing.push({ cluster: member.name, component: 'cluster secret', field, before, after: now, file: member.file, place: [] });
    };
    say('secret', member.secret, is.secret);
    say('store', storeOf(member, store), is.store && `${is.store.kind} ${is.store.name}`);
    for (const key of keysOf(member.annotations, is.annotations)) say(`annotations.${key}`, member.annotations[key], is.annotations[key]);
    for (const key of keysOf(member.labels, is.labels)) {
      const [was, label] = [member.labels[key], is.labels[key]];
      // Whoever it belongs to reads it by this name; all others are there for ApplicationSets.
      if (!computed.has(key) || (key === 'cluster_name' && was !== undefined)) say(`labels.${key}`, was, label);
      else if (was !== undefined && label !== undefined && was !== label) relabelled.push({ cluster: member.name, label: key, before: was, after: label });
    }
  }
  return { differing, relabelled };
}

function keysOf(before: object, after: object): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}

function storeOf(member: WrapperMember, most: Membership['store']): string {
  const { kind, name } = member.store ?? most;
  return `${kind} ${name}`;
}
