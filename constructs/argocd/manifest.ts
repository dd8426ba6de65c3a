import type { Plain } from '../../layers/layer';
import { Branch, type Node, plainOf } from '../../layers/node';
import type { Manifest } from '../../layers/output';
import { compare } from '../../layers/problem';
import type { AppKind } from '../fleet-app';
import { type Templating, templatingOf, valuesText } from './values-text';

type PlainMap = { readonly [key: string]: Plain };

/** Fields of a layer that belong into the manifest's metadata. */
const metadataFields = ['namespace', 'labels', 'annotations', 'finalizers'];

/** Fields of a layer that no manifest shows. */
const hiddenFields = ['enabled', 'values'];

/** A resolved app as the manifest that Argo CD receives, keys sorted as cdk8s sorts them, frozen. */
export function toManifest(kind: AppKind, name: string, values: Branch): Manifest {
  const templating = templatingOf(kind, values.children.goTemplate && plainOf(values.children.goTemplate));
  const metadata: Record<string, Plain> = { name };
  const spec: Record<string, Plain> = {};
  for (const key of values.keys) {
    const node = values.children[key] as Node;
    if (metadataFields.includes(key)) metadata[key] = plainOf(node) as Plain;
    else if (!hiddenFields.includes(key)) spec[key] = specField(key, node, templating);
  }
  return Object.freeze({
    apiVersion: 'argoproj.io/v1alpha1',
    kind,
    metadata: Object.freeze(sorted(metadata)) as Manifest['metadata'],
    spec: Object.freeze(spec),
  });
}

/** The names of sources that are written as a map, in the order in which they are rendered. */
export function namedSources(values: Branch): readonly string[] | undefined {
  const sources = values.children.sources;
  return sources instanceof Branch ? sources.keys : undefined;
}

function specField(key: string, node: Node, templating: Templating): Plain {
  const plain = plainOf(node) as Plain;
  if (templating === 'none') {
    if (key === 'source') return withValuesString(plain, templating);
    if (key === 'sources') return sourceList(plain, templating);
    return plain;
  }
  return key === 'template' ? templateOf(plain, templating) : plain;
}

function templateOf(template: Plain, templating: Templating): Plain {
  if (!isMap(template) || !isMap(template.spec)) return template;
  const { source, sources } = template.spec;
  const changed: Record<string, Plain> = {};
  if (source !== undefined) changed.source = withValuesString(source, templating);
  if (sources !== undefined) changed.sources = sourceList(sources, templating);
  const same = changed.source === source && changed.sources === sources;
  return same ? template : Object.freeze({ ...template, spec: Object.freeze({ ...template.spec, ...changed }) });
}

function sourceList(sources: Plain, templating: Templating): Plain {
  if (Array.isArray(sources)) {
    const list = sources.map((source) => withValuesString(source, templating));
    return list.every((source, index) => source === sources[index]) ? sources : Object.freeze(list);
  }
  if (!isMap(sources)) return sources;
  return Object.freeze(
    Object.keys(sources)
      .sort(compare)
      .map((name) => {
        const source = withValuesString(sources[name] as Plain, templating);
        return isMap(source) ? Object.freeze(sorted({ ...source, name })) : source;
      }),
  );
}

/**
 * Helm drops a default of its chart where a value is null, but Argo CD loses nulls inside `valuesObject` (argo-cd
 * issues 16312 and 19781). Such values travel as a `values` string instead.
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

function isMap(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(map: PlainMap): PlainMap {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compare(a, b)));
}
