import type { MemberModel } from '../member-model';

/** Where an annotation or a label of a cluster secret comes from. */
export type MetadataSource =
  /** Git says it: the cluster has it, with this value. */
  | { readonly from: 'git'; readonly value: string }
  /** A key of the cluster's entry in the secret manager, which may lack it. */
  | { readonly from: 'key'; readonly secret: string; readonly key: string }
  /** Perhaps the map of annotations in that entry, of which Git knows nothing. */
  | { readonly from: 'map'; readonly secret: string; readonly key: string };

/** @returns `undefined` for an annotation that the cluster cannot have */
export function annotationSource(member: Pick<MemberModel, 'annotations' | 'secretRef'>, annotation: string): MetadataSource | undefined {
  const { annotations, secretRef } = member;
  const named = metadataSource(annotations, secretRef.annotationsFrom, secretRef.secret, annotation);
  const map = annotationsKey(secretRef);
  return named ?? (map === undefined ? undefined : { from: 'map', ...map });
}

/** Of labels that follow from nothing: those that do are Git's. @returns `undefined` for a label that the cluster has not */
export function labelSource({ ownLabels, secretRef }: Pick<MemberModel, 'ownLabels' | 'secretRef'>, label: string): MetadataSource | undefined {
  return metadataSource(ownLabels, secretRef.labelsFrom, secretRef.secret, label);
}

/** What Git says wins: the same is said in both where a cluster differs from its neighbours. */
function metadataSource(said: Texts, named: Texts = {}, secret: string, name: string): MetadataSource | undefined {
  if (Object.hasOwn(said, name)) return { from: 'git', value: said[name] as string };
  return Object.hasOwn(named, name) ? { from: 'key', secret, key: named[name] as string } : undefined;
}

type Texts = MemberModel['annotations'];

/**
 * Where the map of annotations is that comes along with the credentials of a cluster.
 *
 * @returns `undefined` where none is read: who names keys names all that is
 */
export function annotationsKey({ secret, keys }: MemberModel['secretRef']): { readonly secret: string; readonly key: string } | undefined {
  if (keys === undefined) return { secret, key: 'annotations' };
  const said = keys.annotations;
  if (said === undefined) return undefined;
  return typeof said === 'string' ? { secret, key: said } : { secret: said.secret ?? secret, key: said.key ?? '' };
}

/** In words, for messages: `from the key 'vpc_id' of 'fleet/spoke-1' in the secret manager`. */
export function sourceText(source: MetadataSource | undefined): string {
  switch (source?.from) {
    case 'git':
      return 'from Git';
    case 'key':
      return `from the key '${source.key}' of '${source.secret}' in the secret manager`;
    case 'map':
      return `perhaps from the map '${source.key}' of '${source.secret}' in the secret manager`;
    default:
      return 'from nowhere';
  }
}
