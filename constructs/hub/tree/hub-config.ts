import type { ApplicationSpec } from '../../../imports/argoproj.io.types.ts';
import type { PatchConfig } from '../../tree/config/app-config';
import type { ListedHubDimensions } from '../../tree/config/dimension-names';
import type { CommonSettings, Literally } from '../../tree/config/fleet-config';
import type { Layered, OfTarget, Texts, Values } from '../../tree/config/layered';
import type { CheckedLevels } from '../../tree/config/levels';
import type { DimensionPath } from '../../tree/config/register';
import type { Target } from '../../tree/config/target';
import type { ComponentFields, ComponentLayer } from './component-config';
import type { RegistrationLayer, RepositoryLayer, SecretStoreLayer } from './credential-layers';
import type { RepositoryConfig } from './repository-config';
import type { ClusterSecretRef } from './secret-ref';

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
  /**
   * What goes first in the rollout: a tenant, with all of its environments, before the next tenant; or an environment, of all tenants,
   * before the next environment. @default 'tenants'
   */
  readonly sequence?: 'tenants' | 'environments';
  /** The namespace of Argo CD, on hubs and on spokes that have one of their own, where they say none. @default 'argocd' */
  readonly platformNamespace?: string;
  /**
   * Where annotations that components need may come from: from anywhere, the map in the secret manager included, which Git
   * knows nothing of; or all from Git and from named keys of the secret manager, so that one that is missing is an error. @default 'anywhere'
   */
  readonly annotations?: 'anywhere' | 'git';
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
  /** What the cluster's entry in the secret manager says, and how it is read. @default - `server`, `config` and the map `annotations`, from `secretStore` of whoever reads it */
  readonly registration?: Layered<RegistrationLayer>;
  /** Credentials of Git repositories and registries by name, for the Argo CD of hubs and distributed spokes. @default - none: all are public */
  readonly repositories?: { readonly [name: string]: Layered<RepositoryLayer> } | ((target: Target) => { readonly [name: string]: RepositoryConfig });
  /** Where the secret manager is, for hubs and distributed spokes, which need it. @default - nowhere */
  readonly secretStore?: Layered<SecretStoreLayer>;
  /** More of them by name, for what names one: another account, region or provider. @default - none */
  readonly secretStores?: Layered<{ readonly [name: string]: Layered<SecretStoreLayer> }>;
  /** The Git repository that what is rendered for the cluster is read from, as whoever deploys to it reaches it: the same files, in a mirror. @default - the fleet's */
  readonly repository?: Layered<string>;
  /** The revision that is read there. @default - the fleet's */
  readonly revision?: Layered<string>;
  /** The folder of rendered output there, from its top. @default - the fleet's */
  readonly path?: Layered<string>;
  /** The namespace of the cluster's Argo CD, for hubs and distributed spokes. @default - the fleet's */
  readonly platformNamespace?: Layered<string>;
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

/** A layer of a group. */
export interface GroupLayer {
  /** The release that members get. @default 'default' */
  readonly release?: OfTarget<string>;
}

/** What a cluster says besides its place. Everything but its secret is the layer of the cluster. */
export interface ClusterConfig extends ClusterLayer {
  /** The name or ARN of its secret in the secret manager, or that and where it is read; it holds `server`, `config` and, optionally, a map of `annotations`, or what `registration` says. */
  readonly secret: string | ClusterSecretRef;
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

/** What the components of a group have in common: `config/{group}/defaults.ts`. */
export interface GroupConfig extends Ownership {
  /** The chart or Git repository of its components. @default - the fleet's own */
  readonly repoURL?: string;
  /** The namespace of its components. @default - each component says its own; in the bootstrap group, the platform namespace of each cluster */
  readonly namespace?: string;
  /** How the Applications of its components are synchronised; without `retry`, what is automated is tried until it succeeds. @default - `{ automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] }` */
  readonly syncPolicy?: ApplicationSpec['syncPolicy'];
  /** Differences between Git and the cluster that do not count. @default - every difference counts */
  readonly ignoreDifferences?: ApplicationSpec['ignoreDifferences'];
  /** Labels of the Applications of its components. @default - none */
  readonly labels?: { readonly [label: string]: string };
  /** Annotations of the Applications of its components. @default - none */
  readonly annotations?: { readonly [annotation: string]: string };
  /** Values of the charts of all its components, the broadest layer of them. @default - none */
  readonly values?: Values;
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
