import { type ChartFields, type ChartId, chartIdOf, type OwnRepository } from '../../layers/charts/chart-id';
import type { LayerSource, Plain } from '../../layers/layer';
import { Branch, deepestNode, Leaf, type Node, plainOf, tryChild, tryFindNode } from '../../layers/node';
import { isMap } from '../../layers/plain-data';

/** A chart among the merged layers of an app, with its values. */
export interface ChartSource {
  readonly id: ChartId;
  /** Keys of the values in the app. */
  readonly at: readonly string[];
  /** The same object wherever the layers are the same. @default - the chart's own */
  readonly values?: Plain;
  /** Who says which version it is. */
  readonly versionSource: LayerSource;
  /** Keys of the version in what says it. */
  readonly versionAt: readonly string[];
  /** Who says a value. @param keys from the top of the values */
  sourceOf(keys: readonly string[]): LayerSource;
}

const inner = ['helm', 'valuesObject'];

/** The charts that an app is made of, in the sources of an Application or of the template of an ApplicationSet. @param own the fleet's repository */
export function* chartSources(values: Branch, own: OwnRepository): Generator<ChartSource> {
  for (const { node, plain, at } of sourcesIn(values)) {
    const id = isMap(plain) ? chartIdOf(fieldsOf(plain), own) : undefined;
    if (!id) continue;
    const helm = (plain as { readonly helm?: unknown }).helm;
    yield {
      id,
      at: [...at, ...inner],
      ...(isMap(helm) && helm.valuesObject !== undefined ? { values: helm.valuesObject as Plain } : {}),
      versionSource: deepestNode(node, ['targetRevision']).node.source,
      versionAt: [...at, 'targetRevision'],
      sourceOf: (keys) => deepestNode(node, [...inner, ...keys]).node.source,
    };
  }
}

function fieldsOf({ repoURL, chart, path, targetRevision }: Readonly<Record<string, unknown>>): ChartFields {
  return { repoURL, chart, path, version: targetRevision };
}

interface SourceIn {
  /** The node that it is, or the list that it stands in. */
  readonly node: Node;
  readonly plain: unknown;
  readonly at: readonly string[];
}

function* sourcesIn(values: Branch): Generator<SourceIn> {
  for (const at of [[], ['template', 'spec']]) {
    const spec = tryFindNode(values, at);
    const source = tryChild(spec, 'source');
    if (source) yield { node: source, plain: plainOf(source), at: [...at, 'source'] };
    const sources = tryChild(spec, 'sources');
    if (sources instanceof Branch) {
      for (const name of sources.keys) {
        const node = sources.children[name] as Node;
        yield { node, plain: plainOf(node), at: [...at, 'sources', name] };
      }
    }
    if (sources instanceof Leaf && Array.isArray(sources.value)) {
      for (const [index, plain] of sources.value.entries()) yield { node: sources, plain, at: [...at, 'sources', String(index)] };
    }
  }
}
