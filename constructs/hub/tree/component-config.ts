import type { ApplicationSpecLayer, SourceLayer } from '../../../imports/argoproj.io.layers.ts';
import type { ApplicationSetSpec, ApplicationSpec, Helm, LabelSelector, Source } from '../../../imports/argoproj.io.types.ts';
import type { Silence } from '../../tree/config/app-config';
import type { Layered, OfTarget, Texts, Unnamed, Values } from '../../tree/config/layered';
import type { Layers } from './hub-config';

/** What a layer may say of a component's fields: it wins over the component, its group and the release. */
export interface ComponentFieldsLayer {
  /** The chart repository, or the Git repository of `path`. @default - that of the release, the component or the group */
  readonly repoURL?: Layered<string>;
  /** A chart of a chart repository. @default - that of the release or the component */
  readonly chart?: Layered<string>;
  /** A folder of a Git repository. @default - that of the release or the component */
  readonly path?: Layered<string>;
  /** What its `path` needs of the same repository besides. @default - as the release or the component says */
  readonly alsoReads?: Layered<readonly string[]>;
  /** The chart's version, or the Git revision. @default - that of the release or the component */
  readonly version?: Layered<string>;
  /** The namespace that it is deployed to. @default - that of the release, the component or the group */
  readonly namespace?: Layered<string>;
  /** How its Applications are synchronised, or a part of it. @default - as the release, the component or the group says */
  readonly syncPolicy?: ApplicationSpecLayer['syncPolicy'];
  /** Differences between Git and the cluster that do not count. @default - those of the release or the component */
  readonly ignoreDifferences?: Layered<NonNullable<ApplicationSpec['ignoreDifferences']>>;
  /** Sources besides the chart or path: a list whole, or a part of those by name. @default - those of the release or the component */
  readonly extraSources?: Layered<readonly Source[]> | { readonly [name: string]: Layered<SourceLayer & Unnamed> };
  /** How Kustomize builds its `path`, or a part of it. @default - as the release or the component says */
  readonly kustomize?: SourceLayer['kustomize'];
  /** Which files of its `path` are read, or a part of it. @default - as the release or the component says */
  readonly directory?: SourceLayer['directory'];
  /** Labels of its Applications. @default - those of the release, the component and the group */
  readonly labels?: Layered<Texts>;
  /** Annotations of its Applications. @default - those of the release, the component and the group */
  readonly annotations?: Layered<Texts>;
  /** How Helm renders the chart, or a part of it. @default - as the release or the component says */
  readonly helm?: Layered<ComponentHelm>;
}

/** Who gets a component, with which values. */
export interface ComponentUse<V = Values> {
  /** Whether members get it. @default false; in the bootstrap group, true where an Argo CD runs */
  readonly enabled?: OfTarget<boolean>;
  /** Whether what it deployed goes with its Application: said while it is enabled, so that the Application is told before it goes. @default false: what it deployed stays */
  readonly uninstall?: OfTarget<boolean>;
  /** The values of its Helm chart, merged layer by layer. @default - the chart's own */
  readonly values?: V;
}

/** A layer of a component: what differs between members. */
export interface ComponentLayer<V = Values> extends ComponentUse<V>, ComponentFieldsLayer {}

/**
 * How Helm renders a component's chart. What is said of values is taken in this order, each over what is before: the chart's own,
 * `valueFiles` as they are listed, the component's `values` with all layers, `values` or `valuesObject` here, parameters.
 */
export type ComponentHelm = {
  /** The release's name. @default - the Application's */
  readonly releaseName?: string;
  /** The namespace that templates are rendered for. @default - the component's */
  readonly namespace?: string;
  /** Whether the chart's folder `crds` is left out. @default false */
  readonly skipCrds?: boolean;
  /** Whether values are not checked against the chart's schema. @default false */
  readonly skipSchemaValidation?: boolean;
  /** Whether test hooks are left out. @default false */
  readonly skipTests?: boolean;
  /** Files of values of the chart, `$values/…` of the fleet's repository, `$ref/…` of one of `extraSources`; below the component's `values`. @default - none */
  readonly valueFiles?: readonly string[];
  /** Values above the component's `values`, for what layers below shall not change; merged by layers as they are. @default - none */
  readonly valuesObject?: Values;
  /** The same as a text of YAML, of which layers say all or nothing. @default - none */
  readonly values?: string;
  /** Single values, as `helm --set` takes them; they beat all others. @default - none */
  readonly parameters?: Helm['parameters'];
  /** Single values that are the content of files of the source, as `helm --set-file` takes them. @default - none */
  readonly fileParameters?: Helm['fileParameters'];
  /** The version of Kubernetes that templates see. @default - the cluster's */
  readonly kubeVersion?: string;
  /** The versions of APIs that templates see. @default - the cluster's */
  readonly apiVersions?: readonly string[];
  /** Whether credentials are passed to other hosts than the repository's. @default false */
  readonly passCredentials?: boolean;
  /** The version of Helm. @default - Argo CD's own */
  readonly version?: string;
};

/** What a component is everywhere; a release may say it otherwise. */
export interface ComponentFields {
  /** The chart repository, or the Git repository of `path`. @default - the group's, or the fleet's own */
  readonly repoURL?: string;
  /** A chart of a chart repository. @default - none: there is a `path` */
  readonly chart?: string;
  /** A folder of a Git repository: a chart where the component has `values`, else plain manifests or a Kustomization. @default - none: there is a `chart` */
  readonly path?: string;
  /** What its `path` needs of the same repository besides, from its top: bases of a Kustomization, charts that its chart depends on; `[]` for nothing. Commits that touch none of it render it no more. @default - not known: every commit to the repository renders it anew */
  readonly alsoReads?: readonly string[];
  /** The chart's version, or the Git revision. @default - the release's; for a path in the fleet's own repository, the fleet's revision */
  readonly version?: string;
  /** The namespace that it is deployed to. @default - the group's; in the bootstrap group, the platform namespace */
  readonly namespace?: string;
  /** How its Applications are synchronised; without `retry`, what is automated is tried until it succeeds. @default - the group's, or `{ automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] }` */
  readonly syncPolicy?: ApplicationSpec['syncPolicy'];
  /** Differences between Git and the cluster that do not count. @default - every difference counts */
  readonly ignoreDifferences?: ApplicationSpec['ignoreDifferences'];
  /** Sources besides the chart or path, in a list or by name; none may have the `ref` `values`, which is ours. @default - none */
  readonly extraSources?: readonly Source[] | { readonly [name: string]: Source & Unnamed };
  /** How Kustomize builds its `path`. @default - as Argo CD finds it */
  readonly kustomize?: Source['kustomize'];
  /** Which files of its `path` are read, and how. @default - those at its top */
  readonly directory?: Source['directory'];
  /** Labels of its Applications. @default - the group's */
  readonly labels?: { readonly [label: string]: string };
  /** Annotations of its Applications. @default - the group's */
  readonly annotations?: { readonly [annotation: string]: string };
  /** How Helm renders the chart; values have a place of their own. @default - as the chart says */
  readonly helm?: ComponentHelm;
}

/**
 * An add-on of a group, with its layers: `config/{group}/…/{component}.ts`. With the type that `fleet import` writes of a
 * chart, the values are those of the chart: `ComponentConfig<CertManagerValues>`.
 */
export interface ComponentConfig<V = Values> extends ComponentFields, ComponentUse<V>, Layers<ComponentLayer<V>> {
  /** The Argo CD project of its Applications. @default 'default' */
  readonly project?: string;
  /** Only members with these labels get it, however it is enabled; labels that follow from groups and components are none of them. @default - all members */
  readonly selector?: LabelSelector;
  /** Components that it needs on a cluster, by their names, whatever their groups: they are enabled first, and what they bring may be missing for a while. @default - none */
  readonly after?: readonly string[];
  /** The label of cluster secrets that it is enabled by. @default - made of its name, as `labelNames.enable` says */
  readonly enableLabel?: string;
  /** In which order its Applications change. @default - all at once */
  readonly strategy?: ApplicationSetSpec['strategy'];
  /** Labels and annotations that others may set on its Applications. @default - none */
  readonly preservedFields?: ApplicationSetSpec['preservedFields'];
  /** Fields of its Applications that others may change. @default - none */
  readonly ignoreApplicationDifferences?: ApplicationSetSpec['ignoreApplicationDifferences'];
  /** What is merged into its Applications, for what the fields here do not say; not their names, sources and destinations. @default - nothing */
  readonly templatePatch?: TemplatePatch;
  /** How its Applications are called, before `-{cluster}`. @default - the component's name */
  readonly applicationName?: string;
  /** Values that look like a secret and are none, by their path in the component (`values.auth.token`), each with the reason. @default - none */
  readonly notSecret?: { readonly [path: string]: string };
  /** Findings that are none, as their messages call them (`value-key values.webhok`), each with the reason. @default - none */
  readonly silence?: Silence;
  /** Texts in its values that somebody else than Argo CD fills in, though they look like it: by their path, each with the reason. @default - none */
  readonly notTemplate?: { readonly [path: string]: string };
}

/** A part of an Application. */
export interface TemplatePatch {
  /** @default - nothing */
  readonly metadata?: {
    readonly labels?: { readonly [label: string]: string };
    readonly annotations?: { readonly [annotation: string]: string };
    readonly finalizers?: readonly string[];
  };
  /** @default - nothing */
  readonly spec?: Partial<ApplicationSpec>;
}
