import type { Plain } from '../../layers/layer';
import { type Branch, type Node, plainOf } from '../../layers/node';
import type { Manifest } from '../../layers/output';
import { keyedSources } from '../../layers/shape/keyed-lists';
import type { AppKind } from '../tree/layered-app';
import { mapSpecs } from './application-specs';
import { isKeyedList, keysInOrder, listedProject, listOf, sorted } from './keyed-lists';
import { isMap } from './manifest-rule';
import { withoutUnset } from './unset-fields';
import { type Templating, templatingOf, valuesText } from './values-text';

type PlainMap = { readonly [key: string]: Plain };

/** Fields of a layer that belong into the manifest's metadata. */
const metadataFields = ['namespace', 'labels', 'annotations', 'finalizers'];

/** Fields of a layer that no manifest shows. */
const hiddenFields = ['after', 'apiVersions', 'enabled', 'hydrate', 'kubernetes', 'values'];

/** A resolved app as what its layers say, in the form of a manifest: keys sorted as cdk8s sorts them, frozen. */
export function writtenManifest(kind: AppKind, name: string, values: Branch): Manifest {
  const metadata: Record<string, Plain> = { name };
  const spec: Record<string, Plain> = {};
  for (const key of values.keys) {
    const plain = plainOf(values.children[key] as Node) as Plain;
    if (metadataFields.includes(key)) metadata[key] = plain;
    else if (!hiddenFields.includes(key)) spec[key] = plain;
  }
  return Object.freeze({
    apiVersion: 'argoproj.io/v1alpha1',
    kind,
    metadata: Object.freeze(sorted(metadata)) as Manifest['metadata'],
    spec: Object.freeze(spec),
  });
}

/**
 * What somebody says as the manifest that Argo CD receives, in every spec of Applications that it holds: sources by name
 * as a list, values with nulls as text, and nothing that says nothing; the lists of an AppProject likewise. What needs no
 * change is shared; a manifest of another kind is the same.
 */
export function finishedManifest(written: Manifest): Manifest {
  if (written.kind === 'AppProject') return listedProject(written);
  const templating = templatingOf(written.kind, written.spec);
  return mapSpecs(written, (at) => {
    const spec = withoutUnset(at);
    const changed: Record<string, Plain> = {};
    if (spec.source !== undefined) changed.source = withValuesString(spec.source, templating);
    if (spec.sources !== undefined) changed.sources = sourceList(spec.sources, templating);
    const isSame = changed.source === spec.source && changed.sources === spec.sources;
    return isSame ? spec : Object.freeze({ ...spec, ...changed });
  });
}

/** A path in a finished manifest as the path of the same value in what was written. */
export function writtenPath(path: readonly string[], written: Manifest): readonly string[] {
  let value: unknown = written;
  return path.map((key, index) => {
    const isKeyed = isMap(value) && isKeyedList(path.slice(0, index), written);
    const name = isKeyed ? (keysInOrder(value as PlainMap)[Number(key)] ?? key) : key;
    value = typeof value === 'object' && value !== null ? (value as PlainMap)[name] : undefined;
    return name;
  });
}

function sourceList(sources: Plain, templating: Templating): Plain {
  if (Array.isArray(sources)) {
    const list = sources.map((source) => withValuesString(source, templating));
    return list.every((source, index) => source === sources[index]) ? sources : Object.freeze(list);
  }
  return listOf(sources, keyedSources, (source) => withValuesString(source, templating));
}

/**
 * Helm drops a default of its chart where a value is null, but Argo CD loses nulls inside `valuesObject` (argo-cd
 * issues 16312 and 19781). Such values travel as a `values` string instead, in JSON: YAML that every parser reads alike.
 */
function withValuesString(source: Plain, templating: Templating): Plain {
  if (!isMap(source) || !isMap(source.helm) || !isMap(source.helm.valuesObject) || !holdsNull(source.helm.valuesObject)) return source;
  const { valuesObject, ...helm } = source.helm;
  return Object.freeze({ ...source, helm: Object.freeze(sorted({ ...helm, values: valuesText(valuesObject, templating) })) });
}

export function holdsNull(value: Plain): boolean {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  for (const key in value) if (holdsNull((value as PlainMap)[key] as Plain)) return true;
  return false;
}
