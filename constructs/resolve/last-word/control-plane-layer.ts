import type { Plain } from '../../../layers/layer';
import { unset } from '../../../layers/layer';
import { Branch, Leaf, type Node, plainOf, tryChild, tryFindNode } from '../../../layers/node';
import { mapTemplates } from '../../argocd/application-specs';
import { writtenManifest } from '../../argocd/manifest';
import { isMap, type Spec } from '../../argocd/manifest-rule';
import { isSaid } from '../../argocd/unset-fields';
import { cluster } from '../../tree/cluster';
import type { AppKind } from '../../tree/layered-app';
import { lastBranch, lastLeaf } from './last-word';

/**
 * The last word on an app that lives in the control plane's Argo CD: named after app and cluster, so that two clusters
 * of a target never overwrite each other, with the cluster as destination and the Helm release named after the app.
 *
 * @returns the name of its manifest, and the layer to merge over its values
 */
export function controlPlaneLayer(kind: AppKind, name: string, values: Branch): { readonly name: string; readonly layer: Branch } {
  const suffix = `-${cluster.nameNormalized}`;
  if (kind === 'Application') {
    return { name: name + suffix, layer: lastBranch({ ...destinationOf(values), ...releaseNames(name, values) }) };
  }
  const template: Record<string, Node> = {};
  const generatedName = tryFindNode(values, ['template', 'metadata', 'name']);
  if (generatedName instanceof Leaf && typeof generatedName.value === 'string') {
    template.metadata = lastBranch({ name: lastLeaf(generatedName.value + suffix) });
  }
  const spec = tryFindNode(values, ['template', 'spec']);
  if (spec instanceof Branch) {
    const destination = tryChild(spec, 'destination');
    const isChosen = ['name', 'server'].some((key) => isSaid(plainOf(tryChild(destination, key) ?? lastLeaf('')) as Plain));
    template.spec = lastBranch({ ...(isChosen ? {} : destinationOf(spec)), ...releaseNames(name, spec) });
  }
  return { name: name + suffix, layer: lastBranch({ template: lastBranch(template), ...generatorsOf(name, suffix, values) }) };
}

/** Where a generator's template says something of it, that is merged over the common one: it has to say the same. */
function generatorsOf(name: string, suffix: string, values: Branch): { readonly generators?: Node } {
  const said = tryChild(values, 'generators');
  const set = said && writtenManifest('ApplicationSet', name, values);
  if (!set) return {};
  const placed = mapTemplates(set, ({ template, role }) => (role === 'override' ? placedTemplate(template, name, suffix) : template));
  return placed === set ? {} : { generators: new Leaf((placed.spec as { readonly generators: Plain }).generators, said.source) };
}

function placedTemplate(template: Spec, name: string, suffix: string): Spec {
  const { metadata, spec } = template;
  const changed: Record<string, Plain> = {};
  if (isMap(metadata) && typeof metadata.name === 'string' && metadata.name !== '') changed.metadata = { ...metadata, name: metadata.name + suffix };
  if (isMap(spec)) {
    const { source, sources } = spec;
    changed.spec = {
      ...spec,
      ...(source === undefined ? {} : { source: withReleaseName(source, name) }),
      ...(Array.isArray(sources) ? { sources: sources.map((one) => withReleaseName(one, name)) } : {}),
      ...(isMap(sources) ? { sources: Object.fromEntries(Object.entries(sources).map(([key, one]) => [key, withReleaseName(one, name)])) } : {}),
    };
  }
  return { ...template, ...changed };
}

function destinationOf(spec: Branch): { readonly [key: string]: Node } {
  const server = tryFindNode(spec, ['destination', 'server']);
  return { destination: lastBranch({ name: lastLeaf(cluster.name), ...(server ? { server: lastLeaf(unset) } : {}) }) };
}

/** Argo CD names a Helm release after the Application unless told otherwise. Sources that are no Helm charts have none. */
function releaseNames(name: string, spec: Branch): { readonly [key: string]: Node } {
  const named = (source: Node | undefined) => {
    const isHelm = tryChild(source, 'chart') !== undefined || tryChild(source, 'helm') !== undefined;
    return isHelm && !tryFindNode(source as Branch, ['helm', 'releaseName']) ? lastBranch({ helm: lastBranch({ releaseName: lastLeaf(name) }) }) : undefined;
  };
  const made: Record<string, Node> = {};
  const source = named(tryChild(spec, 'source'));
  if (source) made.source = source;
  const sources = tryChild(spec, 'sources');
  if (sources instanceof Branch) {
    const each = sources.keys.map((key) => [key, named(sources.children[key])] as const).filter(([, value]) => value);
    if (each.length > 0) made.sources = lastBranch(Object.fromEntries(each) as Record<string, Node>);
  } else if (sources && Array.isArray(plainOf(sources))) {
    const list = (plainOf(sources) as readonly Plain[]).map((item) => withReleaseName(item, name));
    made.sources = new Leaf(Object.freeze(list), sources.source);
  }
  return made;
}

function withReleaseName(source: Plain, name: string): Plain {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return source;
  const { chart, helm } = source as { readonly [key: string]: Plain };
  if ((chart === undefined && helm === undefined) || (helm as { releaseName?: Plain } | undefined)?.releaseName !== undefined) return source;
  return { ...source, helm: { ...(helm as object | undefined), releaseName: name } };
}
