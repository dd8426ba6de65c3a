import { type FleetModel, type MapValue, type ModelApp, type ModelClusterType, map, targetsOf, text } from '../fleet-model';
import { layersAt, type Place, placeOf, plainOf, type ResolvedMap, resolve, tokensOf } from './layers';

/** An app that renders a file at a target. */
export interface ExpectedApp {
  readonly app: ModelApp;
  readonly values: ResolvedMap;
}

/** What stands in one target's folder. */
export interface ExpectedTarget {
  readonly type: ModelClusterType;
  readonly path: string;
  readonly place: Place;
  /** From the top of the output. */
  readonly folder: string;
  readonly apps: readonly ExpectedApp[];
  /** Keys of cluster values that whatever is deployed here uses. */
  readonly tokens: ReadonlySet<string>;
  /** The texts of the target's own ConfigMaps: those of `customize` go through Helm. */
  readonly extra?: ResolvedMap;
}

/** What a fleet renders to, by the laws of docs/rendering.md alone. */
export function expectedTargets(model: FleetModel): readonly ExpectedTarget[] {
  return model.clusterTypes.flatMap((type) => targetsOf(model, type).map((path) => expectedTarget(model, type, path)));
}

function expectedTarget(model: FleetModel, type: ModelClusterType, path: string): ExpectedTarget {
  const place = placeOf(model, path);
  const folder = `${type.name}/${path}`;
  const apps = type.components.flatMap((component) =>
    component.apps.flatMap((app): readonly ExpectedApp[] => {
      const values = resolve(layersAt(type, component, app, generatedLayer(model, type, app, path), path), place);
      const enabled = values.children.get('enabled');
      const isOff = enabled?.kind === 'leaf' && enabled.value === false;
      return isOff || !isDeployed(model, app, path) ? [] : [{ app, values }];
    }),
  );
  const extra = type.extra && resolve([{ label: '', values: type.extra }], place);
  const tokens = new Set([...apps.flatMap(({ values }) => [...tokensOf(values)]), ...(extra ? tokensOf(extra) : [])]);
  return { type, path, place, folder, apps, tokens, ...(extra ? { extra } : {}) };
}

/** A root is rendered where the cluster type is that it deploys. */
function isDeployed(model: FleetModel, { deploys }: ModelApp, path: string): boolean {
  const type = deploys && model.clusterTypes.find(({ name }) => name === deploys.clusterType);
  return !type || targetsOf(model, type).includes(path);
}

function generatedLayer({ repository, path: output }: FleetModel, type: ModelClusterType, { name, workload }: ModelApp, path: string): MapValue | undefined {
  if (!workload) return undefined;
  return map({
    annotations: map({ 'argocd.argoproj.io/manifest-generate-paths': text('.') }),
    source: map({ repoURL: text(repository), targetRevision: text('HEAD'), path: text(`${output}/${type.name}/${path}/manifests/${name}`) }),
  });
}

/** The files of a target, by their paths in its folder. */
export function expectedFiles({ apps, extra }: ExpectedTarget): readonly string[] {
  const workloads = apps.flatMap(({ app }) => (app.workload ? [`manifests/${app.name}/configmap-${app.workload.name}.yaml`] : []));
  return [
    'Chart.yaml',
    'values.yaml',
    ...apps.map(({ app }) => `templates/${app.name}.yaml`),
    ...(extra ? ['templates/configmap-extra.yaml'] : []),
    ...workloads,
  ];
}

// biome-ignore lint/suspicious/noExplicitAny: manifests of every kind
export type Loose = any;

/** What Argo CD receives of an app. Helm values are a map here, also where they have to travel as text. */
export function expectedManifest({ app, values }: ExpectedApp, filled: (token: string) => string): Loose {
  const { namespace, labels, annotations, finalizers, enabled: _, ...spec } = plainOf(values, filled) as Loose;
  const metadata = Object.fromEntries(Object.entries({ namespace, labels, annotations, finalizers }).filter(([, value]) => value !== undefined));
  if (app.kind === 'Application' && spec.sources) {
    spec.sources = Object.keys(spec.sources)
      .sort()
      .map((name) => ({ ...spec.sources[name], name }));
  }
  return { apiVersion: 'argoproj.io/v1alpha1', kind: app.kind, metadata: { ...metadata, name: app.name }, spec };
}

/** What must stand in the ApplicationSet of a root, by docs/bootstrap.md. */
export function expectedRoot(model: FleetModel, { deploys }: ModelApp, path: string): Loose {
  const type = deploys?.clusterType as string;
  const labels = Object.entries(placeOf(model, path)).map(([dimension, name]) => [`${model.labelPrefix}/${dimension}`, name]);
  return {
    generators: [{ clusters: { selector: { matchLabels: { [`${model.labelPrefix}/cluster-type`]: type, ...Object.fromEntries(labels) } } } }],
    goTemplate: true,
    goTemplateOptions: ['missingkey=error'],
    syncPolicy: { preserveResourcesOnDeletion: true },
    path: `${model.path}/${type}/${path}`,
    repoURL: model.repository,
    generatePaths: '.',
    finalizers: undefined,
  };
}

/** The same of a root that was rendered. */
export function foundRoot({ spec }: Loose): Loose {
  const { generators, goTemplate, goTemplateOptions, syncPolicy, template } = spec;
  const { path, repoURL } = template.spec.source;
  const generatePaths = template.metadata.annotations['argocd.argoproj.io/manifest-generate-paths'];
  return { generators, goTemplate, goTemplateOptions, syncPolicy, path, repoURL, generatePaths, finalizers: template.metadata.finalizers };
}
