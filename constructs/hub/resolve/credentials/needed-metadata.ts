import { plainOf, tryChild } from '../../../../layers/node';
import { hasToken, tokensOf } from '../../../../layers/text/token';
import { partOf } from '../../../argocd/cluster-secret';
import { TextSearch } from '../../../argocd/text-search';
import type { ComponentAt } from '../component-values';
import type { ComponentModel } from '../group-model';
import { liveFieldsOf, type ReleasedComponent } from '../released-component';

/** An annotation or a label of a cluster's secret that a component needs. */
export interface NeededMetadata {
  readonly noun: 'annotation' | 'label';
  readonly name: string;
  /** What says so: layers of its values, fields as they are released, or what it says of its ApplicationSets. */
  readonly part: 'values' | 'fields' | 'set';
  /** Keys from the top of the part. */
  readonly path: readonly string[];
}

const tokens = new TextSearch(hasToken);

/** Parts are shared by all members that get the same. */
const known = new WeakMap<object, readonly NeededMetadata[]>();

/** What a component in a release needs of the cluster secret of a member. */
export function neededMetadata({ construct, releasesOf }: ComponentModel, { layers, variant }: ComponentAt, release: string): readonly NeededMetadata[] {
  const released = releasesOf(variant).get(release);
  return [
    ...neededIn('values', layers.values, () => {
      const values = tryChild(layers.values, 'values');
      return values === undefined ? {} : { values: plainOf(values) };
    }),
    ...(released ? neededIn('fields', released, () => fieldsOf(released)) : []),
    ...neededIn('set', construct.set, () => construct.set),
  ];
}

/** Fields that may hold tokens, with further sources by the names that configuration gives them. */
function fieldsOf(released: ReleasedComponent): object {
  const { extraSources = [], ...fields } = liveFieldsOf(released);
  return { ...fields, extraSources: Object.fromEntries(extraSources.map((source, index) => [released.sourceNames?.[index] ?? index, source])) };
}

function neededIn(part: NeededMetadata['part'], key: object, document: () => object): readonly NeededMetadata[] {
  const found = known.get(key) ?? [...metadataIn(part, document())];
  known.set(key, found);
  return found;
}

function* metadataIn(part: NeededMetadata['part'], document: object): Generator<NeededMetadata> {
  for (const { text, path } of tokens.in(document)) {
    for (const { origin = '' } of tokensOf(text)) {
      const { part: metadata, key } = partOf(origin);
      if (metadata !== undefined) yield { noun: metadata === 'labels' ? 'label' : 'annotation', name: key, part, path };
    }
  }
}
