import { isMap } from '../../layers/plain-data';
import { type Data, isNothing, same } from './values';

/**
 * What becomes of a key of the wrapper's values: it is read; or why it is not carried over, where its value comes to anything
 * else than what is rendered here.
 *
 * @param namespace of the Argo CD that gets it
 */
type Fate = 'read' | ((value: unknown, namespace: string) => string | undefined);

/** Keys by their path, and below lists. What stands in no table is not known. */
export type KnownKeys = { readonly [path: string]: Fate };

const read = (...paths: readonly string[]): KnownKeys => Object.fromEntries(paths.map((path) => [path, 'read']));
const only =
  (expected: unknown, reason: string): Fate =>
  (value) =>
    same(value, expected) ? undefined : reason;

const syncPolicyAppSet = only(
  { preserveResourcesOnDeletion: true },
  'the `syncPolicy` of ApplicationSets is one for all here: Applications come, change and go, and what they deployed stays, but for `uninstall: true`',
);

/** What the value of a key is, so that something is made of it. */
type Shape = 'text' | 'map' | 'texts' | 'list' | 'maps';

const shapeNames: { readonly [K in Shape]: string } = {
  text: 'a text',
  map: 'a map',
  texts: 'a map of texts',
  list: 'a list',
  maps: 'a list of maps',
};

const isText = (value: unknown) => typeof value !== 'object';

const fits: { readonly [K in Shape]: (value: unknown) => boolean } = {
  text: isText,
  map: isMap,
  texts: (value) => isMap(value) && Object.values(value).every(isText),
  list: Array.isArray,
  maps: (value) => Array.isArray(value) && value.every(isMap),
};

const shaped = (shape: Shape, ...paths: readonly string[]): { readonly [path: string]: Shape } => Object.fromEntries(paths.map((path) => [path, shape]));

/** By their paths, of components, at the top, and of cluster secrets: what is read is a text elsewhere. */
const shapes: { readonly [path: string]: Shape } = {
  ...shaped('map', 'selector', 'valuesObject', 'syncPolicy', 'strategy', 'preservedFields', 'additionalResources', 'ackPodIdentity', 'mergeValues'),
  ...shaped(
    'map',
    'additionalResources.helm',
    'additionalResources.helm.valuesObject',
    'externalSecret',
    'externalSecret.labels',
    'externalSecret.annotations',
  ),
  ...shaped('texts', 'selectorMatchLabels', 'globalSelectors', 'releases', 'labelsApp', 'annotationsApp', 'environments.selector'),
  ...shaped('list', 'ignoreDifferences', 'ignoreApplicationDifferences', 'valueFiles'),
  ...shaped('maps', 'environments'),
};

/** Of a component. */
export const componentKeys: KnownKeys = {
  ...read('enabled', 'chartName', 'chartRepository', 'chartNamespace', 'path', 'type', 'defaultVersion', 'namespace', 'releaseName'),
  ...read('selector', 'selectorMatchLabels', 'environments', 'environments.selector', 'environments.chartVersion'),
  ...read('valuesObject', 'valuesFileName', 'syncPolicy', 'ignoreDifferences', 'labelsApp', 'annotationsApp', 'enableAckPodIdentity'),
  ...read('strategy', 'preservedFields', 'ignoreApplicationDifferences', 'additionalResources'),
  ...read(...['path', 'type', 'chart', 'repoURL', 'chartVersion', 'helm', 'helm.releaseName', 'helm.valuesObject'].map((key) => `additionalResources.${key}`)),
  syncPolicyAppSet,
  annotationsAppSet: () =>
    'annotations of an ApplicationSet are not carried over. A sync wave there orders no Application: where a component needs another one, say `after`',
  labelsAppSet: () => 'labels of an ApplicationSet are not carried over: Applications have `labels`',
  templatePatch: () => 'a `templatePatch` is a text there and data here: say it in the component',
};

/** At the top of them. */
export const topKeys: KnownKeys = {
  ...read('repoURLGit', 'repoURLGitRevision', 'repoURLGitBasePath', 'valueFiles', 'valuesFilePrefix', 'useValuesFilePrefix'),
  ...read('useSelectors', 'useVersionSelectors', 'globalSelectors', 'syncPolicy', 'ackPodIdentity', 'ackPodIdentity.path', 'argoProjectName'),
  ...read('applicationSetGroup', 'releaseType', 'releases', 'mergeValues'),
  syncPolicyAppSet,
  goTemplateOptions: only(['missingkey=error'], '`goTemplateOptions` are `missingkey=error` here'),
  namespace: (value, namespace) => (value === namespace ? undefined : `ApplicationSets lie in the namespace of Argo CD here: '${namespace}'`),
  groupVersion: () => 'a release has a name here, and no version',
};

/** Of the chart of cluster secrets. */
export const secretKeys: KnownKeys = {
  ...read('externalSecret'),
  ...read(
    ...['enabled', 'clusterName', 'secretManagerSecretName', 'secretStoreRefName', 'secretStoreRefKind', 'labels', 'annotations'].map(
      (key) => `externalSecret.${key}`,
    ),
  ),
  'externalSecret.refreshInterval': (value) =>
    /^1h(?:0m0s)?$/.test(String(value)) ? undefined : 'the secret manager is asked every hour here: `refreshInterval` is not carried over',
  'externalSecret.project': () => 'a cluster is of no project here, so that every project may deploy to it: say `destinations` in AppProjects of your own',
  'externalSecret.namespaces': () => "Argo CD sees every namespace of a cluster here: its rights are those of the entry's account",
  'externalSecret.clusterResources': () => "Argo CD sees every namespace of a cluster here: its rights are those of the entry's account",
  'externalSecret.shard': () => 'clusters are shared out by Argo CD itself here: `shard` is not carried over',
};

/** A key that is not carried over. */
export interface StrangeKey {
  readonly place: readonly string[];
  readonly reason: string;
}

/** @param what is said of keys that are not known */
export function strangeKeys(said: Data, known: KnownKeys, namespace: string, what: string): readonly StrangeKey[] {
  const visit = (value: unknown, path: string, place: readonly string[]): readonly StrangeKey[] => {
    if (Array.isArray(value)) return value.flatMap((item, index) => visit(item, path, [...place, String(index)]));
    if (!isMap(value)) return [];
    return Object.entries(value).flatMap(([key, below]) => {
      const at = path === '' ? key : `${path}.${key}`;
      const here = [...place, key];
      const fate = Object.hasOwn(known, at) ? known[at] : undefined;
      const shape = shapes[at] ?? 'text';
      if (fate === 'read' && !isNothing(below) && !fits[shape](below)) {
        return [{ place: here, reason: `'${at}' ${what} has to be ${shapeNames[shape]}: nothing is made of what stands there` }];
      }
      if (fate === 'read') return Object.keys(known).some((one) => one.startsWith(`${at}.`)) ? visit(below, at, here) : [];
      const reason = fate ? fate(below, namespace) : `'${at}' ${what} is not known: what the chart makes of it is not carried over`;
      return reason === undefined ? [] : [{ place: here, reason }];
    });
  };
  return visit(said, '', []);
}
