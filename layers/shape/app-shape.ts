import type { Item, Shape } from './shape';

/** Whom an app belongs to, and what is no mistake in it. */
export const ownSettings = {
  description: { is: 'string', about: 'what it is for, in a line, for people', setting: true },
  owners: { is: 'strings', filled: 'a mail address or the name of a team', about: 'whom it belongs to: mail addresses or team names', setting: true },
  notSecret: {
    is: 'reasons',
    no: 'secret',
    about: 'values that look like secrets and are none, by path, each with its reason: [docs/rendering.md](docs/rendering.md#nothing-secret-in-git)',
    setting: true,
  },
  silence: {
    is: 'reasons',
    no: 'mistake',
    about: 'findings that are none, as their messages call them (`value-key …`), each with its reason: [docs/problems.md](docs/problems.md#what-is-meant-so)',
    setting: true,
  },
} as const satisfies Shape;

/** A patch. */
export const patchShape = {
  description: { is: 'string', about: 'what it is for, in a line' },
  rolledOutTo: { is: 'strings', about: 'the dimension paths where it sits: none twice, none below another', required: true, default: 'required' },
  change: { is: 'layer', about: 'the layer that it is', required: true, missing: 'empty-patch', default: 'required' },
} as const satisfies Shape;

const patch = {
  is: 'map',
  keys: patchShape,
  noun: "the patch '{name}'",
  expected: '{ description, rolledOutTo, change }',
  code: 'config-shape',
} as const satisfies Item;

/** The layers of whatever has some. */
export const layersShape = {
  overrides: { is: 'map of layers', about: 'permanent layers by dimension path', setting: true },
  patches: {
    is: 'map of patches',
    about: 'temporary layers by name: `{ description, rolledOutTo, change }`',
    setting: true,
    each: patch,
    most: {
      // Far more than anybody watches, and each is compared with every other.
      count: 500,
      message: 'the app has too many patches in flight',
      hint: 'integrate those that arrived everywhere (`fleet promote`), or write one patch of several',
    },
  },
} as const satisfies Shape;

/** What an app's file says of the app. Any other key is a field of its manifest. */
export const appShape = {
  kind: {
    is: 'word',
    words: ['Application', 'ApplicationSet', 'AppProject', 'RootApplicationSet'],
    about: "`'Application'`, `'ApplicationSet'`, `'AppProject'`, or `'RootApplicationSet'`",
    default: "`'Application'`",
    setting: true,
    apart: true,
  },
  ...ownSettings,
  ...layersShape,
  workloads: {
    is: 'function',
    about:
      "`(chart, target, values) => void`: the app's manifests as cdk8s or cdk8s-plus constructs, rendered to `manifests/{app}/`; the Application points there",
    setting: true,
  },
} as const satisfies Shape;

/** What layers of an app may say besides the fields of its kind's `spec`. */
export const appFields = {
  namespace: { is: 'string', about: "the namespace of the manifest itself, Argo CD's own", default: 'that of the chart', layered: true },
  labels: { is: 'map', about: "labels of the manifest's metadata", layered: true },
  annotations: { is: 'map', about: "annotations of the manifest's metadata", layered: true },
  finalizers: { is: 'strings', about: "finalizers of the manifest's metadata", layered: true },
  enabled: {
    is: 'boolean',
    about: 'where it is false the app renders no file; a layered field like any other, so a patch can roll an app out or withdraw it',
    default: '`true`',
    layered: true,
  },
  after: {
    is: 'strings',
    about: 'apps of the same cluster type that it needs, which come first: [docs/configuration.md](docs/configuration.md#order-on-a-cluster)',
    layered: true,
  },
  hydrate: {
    is: 'boolean',
    about:
      "whether the objects of the app's Helm charts are rendered to `manifests/{app}/`, where the Application points then: [docs/charts.md](docs/charts.md)",
    default: '`false`',
    layered: true,
  },
  kubernetes: { is: 'string', about: 'the version of Kubernetes that charts are told where they are rendered, `1.33`', default: 'that of Helm', layered: true },
  apiVersions: { is: 'strings', about: 'kinds that charts are told to be there, `monitoring.coreos.com/v1/ServiceMonitor`', layered: true },
  values: { is: 'map', about: 'what `workloads` receives, layered: how an override or a patch reaches into it', layered: true },
} as const satisfies Shape;

/** What a root says besides. */
export const rootShape = {
  clusterType: {
    is: 'string',
    about: 'the cluster type that it deploys',
    required: 'the name of the cluster type that it deploys',
    default: 'required',
    setting: true,
  },
  applications: {
    is: 'string',
    words: ['cluster', 'controlPlane'],
    noun: 'where the Applications live',
    about:
      "`'cluster'`: the Applications live in each cluster's own Argo CD, named `{app}`. `'controlPlane'`: they live in the Argo CD that runs the root, named `{app}-{cluster}`, with the cluster as destination and the Helm release still named after the app",
    default: "`'cluster'`",
    setting: true,
  },
  inject: { is: 'map', about: 'more values for `.Values.cluster`, as Go template expressions of the cluster generator', setting: true },
} as const satisfies Shape;

/** A file with several apps, which share its layers. */
export const appsShape = {
  ...ownSettings,
  ...layersShape,
  apps: { is: 'map', about: 'the apps by name; each is written as in a file of its own, without `overrides` and `patches`', setting: true },
} as const satisfies Shape;

/** What stands beside `apps`, and in none of them. */
export const sharedKeys = ['overrides', 'patches', 'apps'] as const;

/** `defaults.ts` of a cluster type. */
export const clusterTypeShape = {
  description: { is: 'string', about: 'what it is for, in a line, for people' },
  paths: { is: 'strings', about: 'render it only at or below these dimension paths', default: 'every complete path' },
  applications: { is: 'layer', about: 'the broadest layer of every Application' },
  applicationSets: { is: 'layer', about: 'the broadest layer of every ApplicationSet, roots included' },
  appProjects: { is: 'layer', about: 'the broadest layer of every AppProject' },
  notSecret: { is: 'reasons', no: 'secret', about: 'values that look like secrets and are none in any of its apps, by path, each with its reason' },
  silence: { is: 'reasons', no: 'mistake', about: 'findings that are none in any of its apps, as their messages call them, each with its reason' },
  customize: {
    is: 'function',
    about: "`(chart) => void`: more constructs or JSON patches in every target's chart: [docs/library.md](docs/library.md)",
  },
} as const satisfies Shape;
