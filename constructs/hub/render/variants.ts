import { compare } from '../../../layers/problem';
import type { ComponentModel } from '../resolve/group-model';
import type { ResolvedMember } from '../resolve/resolved-hub';
import type { LabelSelector } from '../resolve/selector';
import type { Variant } from '../resolve/variants/variant';
import type { HubTree } from '../tree/hub-tree';

/** The clusters of an Argo CD that get a component alike, or whatever else there are several ways to get it in. */
export interface VariantAt<V extends Pick<Variant, 'key'> = Variant> {
  /** @default - the one of clusters whose layers say nothing of its fields */
  readonly variant?: V;
  /** Their names, in order; none where all clusters of the Argo CD are alike, so that nobody has to be told apart. */
  readonly clusters: readonly string[];
}

/**
 * How many ways clusters of an Argo CD get a component in. All that are registered count, whoever deploys it to them now and
 * whether they get it: labels change after ApplicationSets, and until then a generator has to know whom it is about.
 */
export function variantsAt({ name }: ComponentModel, clusters: readonly ResolvedMember[]): readonly VariantAt[] {
  return toldApart(clusters, ({ components }) => components.get(name)?.variant);
}

/** Clusters by their variants, in the order of these. */
export function toldApart<V extends Pick<Variant, 'key'>>(
  clusters: readonly ResolvedMember[],
  variantOf: (cluster: ResolvedMember) => V | undefined,
): readonly VariantAt<V>[] {
  const found = new Map<string, { readonly variant?: V; readonly clusters: string[] }>();
  for (const cluster of clusters) {
    const variant = variantOf(cluster);
    const key = variant?.key ?? '';
    const known = found.get(key);
    if (known) known.clusters.push(cluster.member.name);
    else found.set(key, { ...(variant === undefined ? {} : { variant }), clusters: [cluster.member.name] });
  }
  if (found.size === 0) return [{ clusters: [] }];
  const sorted = [...found].sort(([a], [b]) => compare(a, b)).map(([, one]) => ({ ...one, clusters: one.clusters.sort(compare) }));
  return sorted.length === 1 ? sorted.map((one) => ({ ...one, clusters: [] })) : sorted;
}

/**
 * How the clusters of a variant are told apart, by the label with their names. Who is of no other variant is asked for the
 * label as well: a cluster that loses it loses its management, and never gets another variant.
 */
export function expressionsOf(
  { labels }: HubTree,
  all: readonly VariantAt<Pick<Variant, 'key'>>[],
  { variant, clusters }: VariantAt<Pick<Variant, 'key'>>,
): Required<LabelSelector>['matchExpressions'] {
  if (all.length === 1) return [];
  if (variant) return [{ key: labels.cluster, operator: 'In', values: clusters }];
  const others = all.flatMap((one) => (one.variant ? one.clusters : [])).sort(compare);
  return [
    { key: labels.cluster, operator: 'Exists' },
    { key: labels.cluster, operator: 'NotIn', values: others },
  ];
}
