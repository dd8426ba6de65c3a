import type { LayerSource, Plain } from '../../layers/layer';
import { unset } from '../../layers/layer';
import { Branch, Leaf, type Node, plainOf, tryChild, tryFindNode } from '../../layers/node';
import type { Token } from '../../layers/token';
import { mapTemplates } from '../argocd/application-specs';
import { secretValue } from '../argocd/cluster-secret';
import { writtenManifest } from '../argocd/manifest';
import { isMap, type Spec } from '../argocd/manifest-rule';
import { isSaid } from '../argocd/unset-fields';
import { cluster } from '../cluster';
import type { AppKind } from '../fleet-app';
import type { RootApplicationSet } from '../root-application-set';
import type { Target } from '../target';

/** Of the fleet, what generated values need. */
export interface FleetFacts {
  readonly repository: string;
  readonly revision: string;
  readonly path: string;
  readonly labelPrefix: string;
  /** Whether it was running before, and some mistakes are warnings. */
  readonly adopted: boolean;
  /** Whether overrides may stand at `*`, above all outermost nodes. */
  readonly hasLayerOfAll: boolean;
  /** In the singular. */
  readonly dimensions: readonly string[];
}

/** Re-renders an Application only for commits that touch its own folder (argo-cd, high availability, monorepos). */
const generatePaths = { 'argocd.argoproj.io/manifest-generate-paths': '.' };

/** The folder of a target from the top of the repository. */
export function targetFolder(fleet: FleetFacts, clusterType: string, path: string): string {
  return [fleet.path, clusterType, path].filter((part) => part !== '').join('/');
}

/** The labels by which a root finds the clusters of a target. */
export function clusterLabels(fleet: FleetFacts, clusterType: string, target: Target): { readonly [label: string]: string } {
  const dimensions = fleet.dimensions.map((dimension) => [`${fleet.labelPrefix}/${dimension}`, (target as never)[dimension] as string]);
  return { [`${fleet.labelPrefix}/cluster-type`]: clusterType, ...Object.fromEntries(dimensions) };
}

/**
 * What a root says before its author does. Only what depends on the target is a function of it: all targets share the rest.
 *
 * @param tokensAt   what the apps that it deploys use at a target
 * @param isDeployed whether the cluster type that it deploys is rendered at a target. @default - at all of them
 */
export function rootValues(
  fleet: FleetFacts,
  root: RootApplicationSet,
  tokensAt: (target: Target) => readonly Token[],
  isDeployed: ((target: Target) => boolean) | undefined,
): { readonly [key: string]: unknown } {
  return {
    // Where the cluster type is not rendered there is nothing to point at.
    ...(isDeployed ? { enabled: isDeployed } : {}),
    goTemplate: true,
    goTemplateOptions: ['missingkey=error'],
    generators: (target: Target) => [{ clusters: { selector: { matchLabels: clusterLabels(fleet, root.deploys, target) } } }],
    // A cluster that stops matching is no longer managed; what runs on it stays.
    syncPolicy: { preserveResourcesOnDeletion: true },
    template: {
      metadata: {
        name: `${root.deploys}-{{.nameNormalized}}`,
        annotations: generatePaths,
        finalizers: unset,
      },
      spec: {
        project: 'default',
        source: {
          repoURL: fleet.repository,
          targetRevision: fleet.revision,
          path: (target: Target) => targetFolder(fleet, root.deploys, target.path),
          // Argo CD would name the release after the Application, and Helm allows 53 characters.
          helm: { releaseName: root.deploys, valuesObject: { cluster: (target: Target) => injectedValues(root, tokensAt(target)) } },
        },
        destination: {
          ...(root.placement === 'controlPlane' ? { server: 'https://kubernetes.default.svc' } : { name: '{{.name}}' }),
          namespace: 'argocd',
        },
        // Pruning is what withdraws an app that is no longer enabled; an empty folder never prunes everything.
        syncPolicy: { automated: { prune: true, selfHeal: true } },
      },
    },
  };
}

function injectedValues(root: RootApplicationSet, tokens: readonly Token[]): { readonly [key: string]: string } {
  const values: Record<string, string> = { name: '{{.name}}' };
  for (const { key, origin, isTopLevel } of tokens) if (origin !== undefined && !isTopLevel) values[key] = expressionOf(origin);
  return { ...values, ...root.inject };
}

/** A token's origin as a Go template expression over the parameters of the cluster generator. */
function expressionOf(origin: string): string {
  const [kind, key = ''] = origin.split(' ');
  if (kind === 'annotation') return secretValue('annotations', key);
  if (kind === 'label') return secretValue('labels', key);
  return `{{.${origin}}}`;
}

/** What an app with workloads says before its author does: its source is its own folder of rendered output. */
export function workloadValues(fleet: FleetFacts, clusterType: string, app: string): { readonly [key: string]: unknown } {
  return {
    annotations: generatePaths,
    source: {
      repoURL: fleet.repository,
      targetRevision: fleet.revision,
      path: (target: Target) => `${targetFolder(fleet, clusterType, target.path)}/manifests/${app}`,
    },
  };
}

const placement: LayerSource = { kind: 'placement', place: [] };

/**
 * The last word on an app that lives in the control plane's Argo CD: named after app and cluster, so that two clusters
 * of a target never overwrite each other, with the cluster as destination and the Helm release named after the app.
 *
 * @returns the name of its manifest, and the layer to merge over its values
 */
export function controlPlaneLayer(kind: AppKind, name: string, values: Branch): { readonly name: string; readonly layer: Branch } {
  const suffix = `-${cluster.nameNormalized}`;
  if (kind === 'Application') {
    return { name: name + suffix, layer: branch({ ...destinationOf(values), ...releaseNames(name, values) }) };
  }
  const template: Record<string, Node> = {};
  const generatedName = tryFindNode(values, ['template', 'metadata', 'name']);
  if (generatedName instanceof Leaf && typeof generatedName.value === 'string') {
    template.metadata = branch({ name: leaf(generatedName.value + suffix) });
  }
  const spec = tryFindNode(values, ['template', 'spec']);
  if (spec instanceof Branch) {
    const destination = tryChild(spec, 'destination');
    const isChosen = ['name', 'server'].some((key) => isSaid(plainOf(tryChild(destination, key) ?? leaf('')) as Plain));
    template.spec = branch({ ...(isChosen ? {} : destinationOf(spec)), ...releaseNames(name, spec) });
  }
  return { name: name + suffix, layer: branch({ template: branch(template), ...generatorsOf(name, suffix, values) }) };
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
  return { destination: branch({ name: leaf(cluster.name), ...(server ? { server: new Leaf(unset, placement) } : {}) }) };
}

/** Argo CD names a Helm release after the Application unless told otherwise. Sources that are no Helm charts have none. */
function releaseNames(name: string, spec: Branch): { readonly [key: string]: Node } {
  const named = (source: Node | undefined) => {
    const isHelm = tryChild(source, 'chart') !== undefined || tryChild(source, 'helm') !== undefined;
    return isHelm && !tryFindNode(source as Branch, ['helm', 'releaseName']) ? branch({ helm: branch({ releaseName: leaf(name) }) }) : undefined;
  };
  const made: Record<string, Node> = {};
  const source = named(tryChild(spec, 'source'));
  if (source) made.source = source;
  const sources = tryChild(spec, 'sources');
  if (sources instanceof Branch) {
    const each = sources.keys.map((key) => [key, named(sources.children[key])] as const).filter(([, value]) => value);
    if (each.length > 0) made.sources = branch(Object.fromEntries(each) as Record<string, Node>);
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

function branch(children: Readonly<Record<string, Node>>): Branch {
  return new Branch(Object.assign(Object.create(null), children), placement);
}

function leaf(value: string): Leaf {
  return new Leaf(value, placement);
}
