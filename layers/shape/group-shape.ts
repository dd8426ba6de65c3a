import { ownSettings } from './app-shape';
import { layeredShape } from './member-shape';
import { keysWith, only, type Shape } from './shape';

/** What a component's file says. */
export const componentShape = {
  ...layeredShape,
  repoURL: {
    is: 'string',
    about: 'the chart repository, or the Git repository of `path`',
    default: "the group's, else the fleet's own",
    released: true,
  },
  chart: { is: 'string', about: 'a chart of `repoURL`; this or `path`', default: '', released: true },
  path: {
    is: 'string',
    about: 'a folder: a chart where the component has `values`, else plain manifests or a Kustomization',
    default: '',
    released: true,
  },
  alsoReads: {
    is: 'strings',
    filled: 'a folder or file of the repository of `path`, from its top',
    about: 'what `path` needs of its repository besides, from the top: bases of a Kustomization, charts that its chart depends on; `[]` for nothing',
    default: 'not known',
    released: true,
  },
  version: { is: 'string', about: "the chart's version, or the Git revision", default: 'see above', released: true },
  namespace: {
    is: 'string',
    about: 'where it is deployed to',
    default: "the group's; in the bootstrap group, the cluster's `platformNamespace`",
    released: true,
  },
  syncPolicy: {
    is: 'map',
    about: 'as Argo CD spells it, whole, but for a default of [`retry`](../hub-spoke.md#what-is-rendered)',
    default: "the group's, else automated with prune and self-heal, and `CreateNamespace=true`",
    released: true,
  },
  ignoreDifferences: { is: 'list', about: 'as Argo CD spells it', default: "the group's", released: true },
  extraSources: {
    is: 'list or map',
    about: 'sources besides, as Argo CD spells them: a list, which layers replace, or a map by name, of which they say a part',
    released: true,
  },
  kustomize: { is: 'map', about: 'how Kustomize builds `path`, as Argo CD spells it', released: true },
  directory: { is: 'map', about: 'which files of `path` are read and how, as Argo CD spells it', released: true },
  labels: { is: 'map', about: 'labels of its Applications', default: "the group's", released: true },
  annotations: { is: 'map', about: 'annotations of its Applications', default: "the group's", released: true },
  helm: {
    is: 'map',
    about: 'how Helm renders the chart, as Argo CD spells it; what it says of values is [below or above](#files-and-texts-of-values) those of the layers',
    released: true,
  },
  project: { is: 'string', about: 'the Argo CD project of its Applications', default: '`default`' },
  selector: {
    is: 'map',
    about: 'only clusters with these labels get it, however it is enabled; a warning where none has them',
    default: 'all',
  },
  enableLabel: {
    is: 'string',
    about: 'its label of cluster secrets, where it has one that does not follow from its name',
    default: '`labelNames.enable`',
  },
  strategy: { is: 'map', about: 'in which order its Applications change, as an ApplicationSet spells it', default: 'all at once' },
  preservedFields: { is: 'map', about: 'labels and annotations that others may set on its Applications: `{ labels, annotations }`' },
  ignoreApplicationDifferences: { is: 'list', about: 'fields of its Applications that others may change, as an ApplicationSet spells it' },
  templatePatch: { is: 'map', about: 'what is merged into its Applications, for what the fields here do not say: `{ metadata, spec }`' },
  after: {
    is: 'strings',
    filled: 'the name of a component',
    about: 'components that it needs on a cluster, whatever their groups: see [order on a cluster](#order-on-a-cluster)',
    default: 'none',
  },
  applicationName: { is: 'string', about: 'how its Applications are called, before `-{cluster}`', default: "the component's name" },
  notSecret: {
    is: 'reasons',
    no: 'secret',
    about: 'what looks like a [secret](#nothing-secret-in-git) in it and is none: paths, each with a reason',
  },
  silence: {
    is: 'reasons',
    no: 'mistake',
    about: 'findings that are none, as their messages call them (`value-key …`), each with its reason',
  },
  notTemplate: {
    is: 'reasons',
    no: 'template',
    about: 'what looks like a [template](#templates-in-values) in its values and is none: paths, each with a reason',
  },
  enabled: {
    is: 'boolean',
    about: 'whether clusters get it',
    default: '`false`; in the bootstrap group, where an Argo CD runs',
    layered: true,
  },
  uninstall: {
    is: 'boolean',
    about:
      'whether [what it deployed goes](operating.md#uninstalling-a-component) with its Application; it is said while the component is enabled, and disabled later',
    default: '`false`: it stays',
    layered: true,
  },
  values: { is: 'map', about: 'the values of its Helm chart', layered: true },
} as const satisfies Shape;

/** What a release says of a component otherwise than the component does. */
export const pinShape = only(componentShape, ...keysWith(componentShape, 'released'), 'values');

/** `{group}/defaults.ts`. */
export const groupShape = {
  ...only(ownSettings, 'description', 'owners'),
  repoURL: { is: 'string', about: "the repository of its components' charts and paths", default: "the fleet's own" },
  namespace: { is: 'string', about: 'where its components are deployed to' },
  syncPolicy: {
    is: 'map',
    about: 'that of its components, as Argo CD spells it, whole, but for a default of [`retry`](../hub-spoke.md#what-is-rendered)',
    default: 'automated with prune and self-heal, and `CreateNamespace=true`',
  },
  ignoreDifferences: { is: 'list', about: 'that of its components, as Argo CD spells it' },
  labels: { is: 'map', about: 'labels of the Applications of its components, which say others besides' },
  annotations: { is: 'map', about: 'the same of annotations' },
  values: { is: 'map', about: 'values of the charts of all its components, below their own', apart: true },
  bootstrap: {
    is: 'map',
    about: 'makes it the group that hubs deploy to whatever has an Argo CD of its own: `{ argoCD, externalSecrets }`, the names of two of its components',
    whose: 'the bootstrap group',
    keys: {
      argoCD: { is: 'string', about: 'the component that is Argo CD', required: 'the name of the component that it is' },
      externalSecrets: { is: 'string', about: 'the component that is External Secrets', required: 'the name of the component that it is' },
    },
  },
} as const satisfies Shape;

/** A named set of versions. */
export const releaseShape = {
  description: { is: 'string', about: 'what it brings, in a line' },
  version: { is: 'string', about: 'the version of every component that has none of its own' },
  components: {
    is: 'map',
    about: 'by component: its version, or fields that are otherwise in this release',
    each: {
      is: 'map',
      orText: true,
      keys: pinShape,
      noun: "what the release says of '{name}'",
      expected: (found) =>
        typeof found === 'number' ? `a version as a string: '${found}'` : "a version, such as '1.2.3', or { version, chart, namespace, … }",
    },
  },
} as const satisfies Shape;

/** `{group}/releases.ts`. */
export const releasesShape = {
  ...layeredShape,
  releases: {
    is: 'map',
    about: "the group's releases by name: `{ description, version, components }`",
    required: 'a map of releases by name: { default: { … } }',
    default: 'required',
    each: {
      is: 'map',
      keys: releaseShape,
      noun: "the release '{name}'",
      expected: '{ version, components }',
      isKept: true,
      names: {
        // The value of a label: kubernetes.io/docs/concepts/overview/working-with-objects/labels.
        pattern: /^(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
        because: 'cannot name a release: it is the value of a label',
        expected: "at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit",
      },
    },
  },
  release: { is: 'string', about: 'the release that clusters get', default: "`'default'`", layered: true },
} as const satisfies Shape;
