import type { ApplicationSpecLayer } from '../../../imports/argoproj.io.layers.ts';
import type { ApplicationSpec, Helm, LabelSelector, Source } from '../../../imports/argoproj.io.types.ts';
import type { PatchConfig, Silence } from '../../tree/config/app-config';
import type { ListedHubDimensions } from '../../tree/config/dimension-names';
import type { CommonSettings, Literally } from '../../tree/config/fleet-config';
import type { Layered, OfTarget, Texts, Values } from '../../tree/config/layered';
import type { CheckedLevels } from '../../tree/config/levels';
import type { DimensionPath } from '../../tree/config/register';
import type { Target } from '../../tree/config/target';
import type { RepositoryLayer, SecretStoreLayer } from './credential-layers';
import type { RepositoryConfig } from './repository-config';

/** Who deploys to a spoke: its hub, or, group by group, an Argo CD of its own. */
export type DeploymentModel = 'centralized' | 'distributed';

/** How the labels are called that everything follows from. */
export interface LabelNames {
  /** The label that says `hub` or `spoke`. @default 'fleet_member' */
  readonly member?: string;
  /** The label with the name of the tenant. @default 'tenant' */
  readonly tenant?: string;
  /** The label with the name of the environment. @default 'environment' */
  readonly environment?: string;
  /** The label with the name of the cluster. @default 'cluster_name' */
  readonly cluster?: string;
  /** The label that a component is enabled by, with `{component}` for its name, `-` written as `_`. @default 'enable_{component}' */
  readonly enable?: string;
  /** The label with the release of a group, with `{group}` for its name. @default '{group}Release' */
  readonly release?: string;
  /** The label that says whether the cluster has an Argo CD of its own, deployed by its hub. @default 'use_remote_argo' */
  readonly remoteArgo?: string;
  /** The label that says whether that Argo CD deploys a group, with `{group}` for its name, `-` written as `_`. @default 'enable_remote_{group}' */
  readonly remoteGroup?: string;
}

/** What `fleet.ts` says of a fleet of hubs and spokes, besides its tenants. */
export interface HubFleetSettings extends CommonSettings {
  /** That this is a fleet of hubs and spokes. */
  readonly topology: 'hub-and-spoke';
  /** The namespace of Argo CD, on hubs and on spokes that have one of their own. @default 'argocd' */
  readonly platformNamespace?: string;
  /** How labels are called, where a fleet has names for them already. @default - the names that each of them says */
  readonly labelNames?: LabelNames;
  /** Values that look like a secret and are none: who says it and its keys, and why: `{ 'grafana.values.auth.token': 'the name of a file' }`. @default - none */
  readonly notSecret?: { readonly [path: string]: string };
}

/** What any member may say of itself, and any layer of members. */
export interface ClusterLayer {
  /** Labels of the cluster secret, besides those that are computed. @default - none */
  readonly labels?: Layered<Texts>;
  /** Annotations of the cluster secret. @default - none */
  readonly annotations?: Layered<Texts>;
  /** Credentials of Git repositories and registries by name, for the Argo CD of hubs and distributed spokes. @default - none: all are public */
  readonly repositories?: { readonly [name: string]: Layered<RepositoryLayer> } | ((target: Target) => { readonly [name: string]: RepositoryConfig });
  /** Where the secret manager is, for hubs and distributed spokes, which need it. @default - nowhere */
  readonly secretStore?: Layered<SecretStoreLayer>;
}

/** A layer of what members are, apart from groups and components. */
export interface MemberLayer extends ClusterLayer {
  /** Who deploys to a spoke: its hub, or an Argo CD of its own for the groups that it manages. A hub deploys to itself. @default 'centralized' */
  readonly model?: OfTarget<'centralized' | 'distributed'>;
  /** The groups that a distributed spoke's own Argo CD deploys; the hub deploys the others. @default [] */
  readonly manages?: OfTarget<readonly string[]>;
}

/** Who a part of a fleet belongs to. */
export interface Ownership {
  /** What it is for, in a line. @default - none */
  readonly description?: string;
  /** Mail addresses or team names of those who answer for it. @default [] */
  readonly owners?: readonly string[];
}

/** Permanent layers by the dimension paths where they sit, or at `*`. */
export type ByPathOrAll<Layer> = { readonly [P in DimensionPath | '*']?: OfTarget<Layer> };

/** The layers of one part of a fleet. */
export interface Layers<Layer> extends Ownership {
  /** Permanent layers by dimension path; `*` is the layer of all tenants, above the system's and below every tenant's. @default - none */
  readonly overrides?: ByPathOrAll<Layer>;
  /** Temporary layers by name; within one path they apply in name order. @default - none */
  readonly patches?: { readonly [name: string]: PatchConfig<Layer> };
}

/** What members have in common, layer by layer: `config/members/settings.ts`. */
export interface MemberSettingsConfig extends MemberLayer, Layers<MemberLayer> {}

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
  /** Sources besides the chart or path. @default - those of the release or the component */
  readonly extraSources?: Layered<readonly Source[]>;
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

/** A layer of a group. */
export interface GroupLayer {
  /** The release that members get. @default 'default' */
  readonly release?: OfTarget<string>;
}

/** What a cluster says besides its place. Everything but its secret is the layer of the cluster. */
export interface ClusterConfig extends ClusterLayer {
  /** The name or ARN of its secret in the secret manager; it holds `server`, `config` and, optionally, a map of `annotations`. */
  readonly secret: string;
  /** The cluster's layer of groups, by their names. @default - none */
  readonly groups?: { readonly [group: string]: GroupLayer };
  /** The cluster's layer of components, by their names. @default - none */
  readonly components?: { readonly [component: string]: ComponentLayer };
}

/** Where a cluster is. */
export interface ClusterPlace {
  /** The tenant that it belongs to. */
  readonly tenant: TenantName;
  /** The environment of the tenant that it belongs to. */
  readonly environment: string;
}

/** What hubs and spokes have in common. */
export interface FleetMemberConfig extends ClusterPlace, ClusterConfig, MemberLayer {}

/** A cluster whose Argo CD manages others, and itself: `config/hubs/{hub}.ts`. */
export interface HubConfig extends ClusterPlace, ClusterConfig {}

/** A fleet member: `config/spokes/…/{spoke}.ts`. */
export interface SpokeConfig extends FleetMemberConfig {
  /** The name of its hub. */
  readonly hub: string;
}

/** How Helm renders a component's chart; values have a place of their own. */
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
  /** Sources besides the chart or path; none may have the `ref` `values`, which is ours. @default - none */
  readonly extraSources?: readonly Source[];
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
  /** How its Applications are called, before `-{cluster}`. @default - the component's name */
  readonly applicationName?: string;
  /** Values that look like a secret and are none, by their path in the component (`values.auth.token`), each with the reason. @default - none */
  readonly notSecret?: { readonly [path: string]: string };
  /** Findings that are none, as their messages call them (`value-key values.webhok`), each with the reason. @default - none */
  readonly silence?: Silence;
  /** Texts in its values that somebody else than Argo CD fills in, though they look like it: by their path, each with the reason. @default - none */
  readonly notTemplate?: { readonly [path: string]: string };
}

/** What the components of a group have in common: `config/{group}/defaults.ts`. */
export interface GroupConfig extends Ownership {
  /** The chart or Git repository of its components. @default - the fleet's own */
  readonly repoURL?: string;
  /** The namespace of its components. @default - each component says its own; in the bootstrap group, the platform namespace */
  readonly namespace?: string;
  /** How the Applications of its components are synchronised; without `retry`, what is automated is tried until it succeeds. @default - `{ automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] }` */
  readonly syncPolicy?: ApplicationSpec['syncPolicy'];
  /** Makes it the one group that hubs deploy to whatever has an Argo CD of its own: says which of its components are Argo CD and External Secrets. @default - it is a group like any other */
  readonly bootstrap?: BootstrapComponents;
}

/** The components of the bootstrap group that everything else needs. */
export interface BootstrapComponents {
  /** The name of the component that is Argo CD. */
  readonly argoCD: string;
  /** The name of the component that is External Secrets. */
  readonly externalSecrets: string;
}

/** What a release says of a component otherwise than the component does: its version, or more. */
export type Pin = string | PinFields;

/** What a release says of a component. */
export interface PinFields extends ComponentFields {
  /** Values of its chart, above those of the component and below those that layers of members say. @default - none */
  readonly values?: Values;
}

/** A named set of versions. */
export interface ReleaseConfig {
  /** What it is for, in a line. @default - none */
  readonly description?: string;
  /** The version of every component that has none of its own. @default - each component says its own */
  readonly version?: string;
  /** What it pins of components, by their names: a version, or more. @default - nothing */
  readonly components?: { readonly [component: string]: Pin };
}

/** The releases of a group, and which one members get: `config/{group}/releases.ts`. */
export interface ReleasesConfig extends GroupLayer, Layers<GroupLayer> {
  /** The releases by name; the one called `default` is what members get where no layer says otherwise. */
  readonly releases: { readonly [release: string]: ReleaseConfig };
}

/** The settings and tenants of a fleet of hubs and spokes, checked by the compiler. */
export type CheckedHubFleet<F> = HubFleetSettings & CheckedLevels<F, ListedHubDimensions>;

/**
 * A fleet of hubs and spokes as data: `config/fleet.ts` exports what this returns. The order of tenants, and of
 * environments in them, is the rollout sequence; clusters are files below `config/hubs/` and `config/spokes/`.
 *
 * @returns its argument, with its names kept as literal types
 */
export function defineHubFleet<const F extends HubFleetSettings>(fleet: Literally<F, CheckedHubFleet<F>>): F {
  return fleet as F;
}

/** A tenant of the registered fleet. */
export type TenantName = DimensionPath extends infer P ? (P extends `${string}/${string}` ? never : P) : never;
