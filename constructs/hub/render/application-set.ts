import type { Plain } from '../../../layers/layer';
import { type Manifest, memberPath } from '../../../layers/output';
import { compare } from '../../../layers/problem';
import { secretValue } from '../../argocd/cluster-secret';
import { valuesText } from '../../argocd/values-text';
import type { ComponentModel, GroupModel } from '../resolve/group-model';
import { filesRead } from '../resolve/helm-files';
import { isReleased } from '../resolve/released-app';
import { liveFieldsOf, type ReleasedComponent } from '../resolve/released-component';
import { isOciUrl } from '../resolve/repository-url';
import type { LabelSelector } from '../resolve/selector';
import { valuesOver } from '../resolve/variants/variant';
import { type ClusterHome, pathIn } from '../tree/cluster-home';
import type { HubTree } from '../tree/hub-tree';
import { ownTemplate, type PlainMap, sharedSpec } from './generator-templates';
import { LiveTexts } from './live-text';
import { sayTheSame, sortedData, sortedMap } from './sorted-map';
import { expressionsOf, type VariantAt } from './variants';

/** Who runs an ApplicationSet: a hub, for itself and its spokes, or a spoke for itself. */
export type Side = 'hub' | 'spoke';

/** What `kind` of a member is, as a folder of rendered output. */
export const folderOf = { hub: 'hubs', spoke: 'spokes' } as const;

/** The file of a component's values, below the member's folder: one for each release where releases say values. */
export function valuesPath(group: string, component: string, release?: string): string {
  return release === undefined ? memberPath('values', { group, name: component }) : memberPath('valuesInRelease', { group, name: component, release });
}

/** The labels that a cluster has to have to get a component in a release from this side. */
function selectorOf({ labels }: HubTree, group: GroupModel, { construct, label }: ComponentModel, release: string, side: Side): LabelSelector {
  // Every label is asked for by its value: a cluster that loses one loses its management, and is never managed twice.
  const owner =
    side === 'spoke'
      ? { [labels.remoteArgo]: 'true', [labels.remoteGroup(group.name)]: 'true' }
      : group.isBootstrap
        ? {}
        : { [labels.remoteGroup(group.name)]: 'false' };
  const { matchLabels = {}, matchExpressions = [] } = (construct.selector ?? {}) as LabelSelector;
  return {
    matchLabels: sortedMap({ ...matchLabels, [label]: 'true', [labels.release(group.name)]: release, ...owner }),
    // The folder of its values is called after this label.
    matchExpressions: [{ key: labels.member, operator: 'In', values: ['hub', 'spoke'] }, ...matchExpressions],
  };
}

/**
 * The ApplicationSet of a component, with a cluster generator for each release, and in it for each variant. What differs
 * between them is the version, in the generator's `values`, and what stands in the templates of the generators.
 *
 * @param at which Argo CD, in which namespace, and the variants that it has: at least one, none twice
 */
export function applicationSet(
  fleet: HubTree,
  group: GroupModel,
  component: ComponentModel,
  { side, namespace, variants }: { readonly side: Side; readonly namespace: string; readonly variants: readonly VariantAt[] },
): Manifest {
  // All that the group has, and not those that members have now: the release that the last of them leaves would go before
  // their labels change, and their Applications with it. It goes when it is deleted from the group.
  const shared = new LiveTexts();
  const set = setFields(component, shared);
  const made = [...component.releases.keys()].sort(compare).flatMap((release) =>
    variants.map((variant) => {
      const released = component.releasesOf(variant.variant).get(release) as ReleasedComponent;
      return { release, variant, released, spec: applicationSpec(fleet, group, component, released, new LiveTexts(shared)) };
    }),
  );
  const { common, specialOf } = sharedSpec(made.map(({ spec }) => spec));
  const paths = made.map(({ released: { home } }) =>
    generatePaths(
      fleet,
      group,
      component,
      made.flatMap(({ released }) => (released.home.path === home.path ? [released] : [])),
    ),
  );
  const hasOwnPaths = new Set(paths).size > 1;
  const generated = made.map((one, index) => ({ ...one, metadata: ownMetadata(one.released, one.variant, hasOwnPaths ? paths[index] : undefined) }));
  const [first] = generated;
  const isAlike = generated.every(({ metadata }) => sayTheSame(metadata, first?.metadata));
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      labels: { [`${fleet.labelPrefix}/component`]: component.name, [`${fleet.labelPrefix}/group`]: group.name },
      name: component.name,
      namespace,
    },
    spec: {
      generators: generated.map(({ release, variant, released, metadata, spec }) => ({
        clusters: {
          selector: narrowed(selectorOf(fleet, group, component, release, side), expressionsOf(fleet, variants, variant)) as PlainMap,
          ...ownTemplate(specialOf(spec), isAlike ? undefined : metadata),
          values: { release, version: released.version },
        },
      })),
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      ...set,
      // A cluster that is no longer selected, or a component that is gone, leaves its workloads alone.
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: templateMetadata(fleet, group, component, hasOwnPaths ? undefined : paths[0], isAlike ? first?.metadata : undefined),
        spec: { destination: {}, project: component.construct.project, ...common },
      },
    },
  };
}

/** What deletes all that an Application deployed when it is deleted. */
const cascade = 'resources-finalizer.argocd.argoproj.io';

/**
 * Argo CD gives an Application the finalizers of its template whatever `preserveResourcesOnDeletion` says: that keeps it from
 * adding one of its own where a template has none (argo-cd, applicationset/utils, RenderTemplateParams).
 */
function finalizersOf({ variant }: VariantAt): readonly string[] {
  return variant?.isUninstalled ? [cascade] : [];
}

function narrowed({ matchExpressions = [], ...selector }: LabelSelector, expressions: Required<LabelSelector>['matchExpressions']): LabelSelector {
  return { ...selector, matchExpressions: [...matchExpressions, ...expressions] };
}

/** What a component says of its ApplicationSets; a patch as text that stays what it is when Argo CD evaluates it. */
function setFields({ construct: { set } }: ComponentModel, texts: LiveTexts): PlainMap {
  const { templatePatch, ...fields } = set as PlainMap;
  return templatePatch === undefined ? fields : { ...fields, templatePatch: valuesText(texts.of(sortedData(templatePatch)), 'go') };
}

/** What configuration says of the metadata of Applications. */
type OwnMetadata = { readonly labels?: PlainMap; readonly annotations?: PlainMap; readonly finalizers?: readonly string[] };

function ownMetadata({ labels = {}, annotations: said = {} }: ReleasedComponent, variant: VariantAt, paths: string | undefined): OwnMetadata {
  const finalizers = finalizersOf(variant);
  const annotations = { ...withPaths(paths), ...said };
  return {
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    ...(finalizers.length > 0 ? { finalizers } : {}),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
  };
}

function withPaths(paths: string | undefined): PlainMap {
  return paths === undefined ? {} : { 'argocd.argoproj.io/manifest-generate-paths': paths };
}

/** The name has neither release nor version in it: a cluster that changes its release keeps its Application. */
function templateMetadata(fleet: HubTree, group: GroupModel, component: ComponentModel, paths: string | undefined, own: OwnMetadata = {}): PlainMap {
  const prefix = fleet.labelPrefix;
  return {
    ...(paths === undefined && !own.annotations ? {} : { annotations: { ...withPaths(paths), ...own.annotations } }),
    ...(own.finalizers === undefined ? {} : { finalizers: own.finalizers }),
    labels: {
      ...own.labels,
      [`${prefix}/cluster`]: '{{ .name }}',
      [`${prefix}/component`]: component.name,
      [`${prefix}/group`]: group.name,
      [`${prefix}/release`]: '{{ .values.release }}',
    },
    name: `${component.construct.applicationName}-{{ .name }}`,
  };
}

/**
 * The paths whose commits concern an Application: without them each commit of the fleet renders every one of them anew
 * (argo-cd, high availability, monorepos). Absolute paths hold for all Git sources. They are said only where all that is read
 * is known: a Kustomization or a chart may lie in one folder and read another, as do extra sources. And never beside a chart
 * repository, of which they say nothing: Argo CD 3.4.4 to 3.5.1 take that for Git then (argo-cd issues 28890 and 29388).
 */
function generatePaths(fleet: HubTree, group: GroupModel, component: ComponentModel, all: readonly ReleasedComponent[]): string | undefined {
  const paths = new Set(component.isChart ? all.map(({ home }) => `/${valuesFile(fleet, group, component, home)}`) : []);
  for (const { path, alsoReads, repoURL, helm, extraSources = [] } of all) {
    if (path === undefined || alsoReads === undefined || isOciUrl(repoURL) || extraSources.length > 0) return undefined;
    for (const read of [path, ...alsoReads, ...filesRead(path, helm)]) paths.add(`/${read}`);
  }
  return [...paths].join(';');
}

/** Where the values of the cluster at hand lie in the repository; Argo CD fills in which one that is. */
function valuesFile({ labels }: HubTree, group: GroupModel, component: ComponentModel, home: ClusterHome): string {
  const folder = `${secretValue('labels', labels.member)}s/{{ .name }}`;
  return pathIn(home, folder, valuesPath(group.name, component.name, isReleased(component.app) ? '{{ .values.release }}' : undefined));
}

function applicationSpec(fleet: HubTree, group: GroupModel, component: ComponentModel, released: ReleasedComponent, texts: LiveTexts): PlainMap {
  const { repoURL, chart, path, home, syncPolicy, ignoreDifferences, kustomize, directory, live } = released;
  const { namespace, helm, extraSources = [] } = texts.of(liveFieldsOf(released));
  const values = live && valuesOver(texts.of(live), (helm?.valuesObject ?? {}) as PlainMap);
  const source = {
    repoURL,
    targetRevision: texts.version('{{ .values.version }}'),
    ...(chart === undefined ? { path: path ?? '' } : { chart }),
    ...(kustomize === undefined ? {} : { kustomize: kustomize as Plain }),
    ...(directory === undefined ? {} : { directory: directory as Plain }),
    ...(component.isChart
      ? {
          helm: {
            releaseName: component.name,
            ...helm,
            // Those of the chart, and of others, are for all clusters; what layers say is stronger.
            valueFiles: [...(helm?.valueFiles ?? []), `$values/${valuesFile(fleet, group, component, home)}`],
            ...(values === undefined ? {} : { valuesObject: values }),
          },
        }
      : {}),
  };
  const files = { ref: 'values', repoURL: home.repository, targetRevision: home.revision };
  const sources = [source, ...(component.isChart ? [files] : []), ...extraSources];
  return {
    destination: { name: '{{ .name }}', namespace },
    ...(ignoreDifferences === undefined ? {} : { ignoreDifferences: ignoreDifferences as Plain }),
    ...(sources.length === 1 ? { source: source as Plain } : { sources: sources as Plain }),
    syncPolicy: syncPolicy as Plain,
  };
}

/** What Argo CD reads of the ApplicationSet of a component. */
export type ComponentSetSpec = {
  readonly generators: readonly ClusterGenerator[];
  readonly template: { readonly metadata: Manifest['metadata']; readonly spec: PlainMap };
  readonly templatePatch?: string;
};

type ClusterGenerator = {
  readonly clusters: {
    readonly selector: LabelSelector;
    readonly values: { readonly release: string; readonly version: string };
    readonly template?: { readonly metadata?: Partial<Manifest['metadata']>; readonly spec: PlainMap };
  };
};

/** The spec of a manifest that {@link applicationSet} made. */
export function componentSetSpec({ spec }: Manifest): ComponentSetSpec {
  return spec as ComponentSetSpec;
}
