import type { ApplicationSetSpec, ApplicationSpec } from '../../imports/argoproj.io.types';
import type { PatchConfig } from '../app-config';
import type { CheckedLevels, FleetSettings, ListedHubDimensions, NoOther } from '../fleet-config';
import type { Layered, OfTarget, Values } from '../layered';
import type { DimensionPath } from '../register';
import type { Target } from '../target';
import type { RepositoryConfig } from './repositories';
import type { SecretStoreConfig } from './secret-store';

/** Who deploys to a spoke: its hub, or, group by group, an Argo CD of its own. */
export type Model = 'centralized' | 'distributed';

/** How the labels are called that everything follows from. */
export interface LabelNames {
  /** `hub` or `spoke`. @default 'fleet_member' */
  readonly member?: string;
  /** @default 'tenant' */
  readonly tenant?: string;
  /** @default 'environment' */
  readonly environment?: string;
  /** With `{component}` for the component's name, `-` written as `_`. @default 'enable_{component}' */
  readonly enable?: string;
  /** With `{group}` for the group's name. @default '{group}Release' */
  readonly release?: string;
  /** Whether the cluster has an Argo CD of its own, deployed by its hub. @default 'use_remote_argo' */
  readonly remoteArgo?: string;
  /** Whether that Argo CD deploys the group; with `{group}`, `-` written as `_`. @default 'enable_remote_{group}' */
  readonly remoteGroup?: string;
}

/** What `fleet.ts` says of a fleet of hubs and spokes, besides its tenants. */
export interface HubFleetSettings extends Omit<FleetSettings, 'dimensions' | 'adopted'> {
  readonly topology: 'hub-and-spoke';
  /** The namespace of Argo CD, on hubs and on spokes that have one of their own. @default 'argocd' */
  readonly platformNamespace?: string;
  readonly labelNames?: LabelNames;
  /** Values that look like a secret and are none: who says it and its keys, and why. `{ 'grafana.values.auth.token': 'the name of a file' }` */
  readonly notSecret?: { readonly [path: string]: string };
}

/** A layer of what members are, apart from groups and components. */
export interface MemberLayer {
  /** Labels of the cluster secret, besides those that are computed. */
  readonly labels?: Layered<Record<string, string>>;
  /** Annotations of the cluster secret. */
  readonly annotations?: Layered<Record<string, string>>;
  /** Who deploys. A hub deploys to itself. @default 'centralized' */
  readonly model?: OfTarget<Model>;
  /** The groups that a distributed spoke's own Argo CD deploys; the hub deploys the others. @default [] */
  readonly manages?: OfTarget<readonly string[]>;
  /** Credentials of Git repositories and registries by name, for the Argo CD of hubs and distributed spokes. */
  readonly repositories?: { readonly [name: string]: Layered<RepositoryConfig> } | ((target: Target) => { readonly [name: string]: RepositoryConfig });
  /** Where the secret manager is. Hubs and distributed spokes need it. */
  readonly secretStore?: Layered<SecretStoreConfig>;
}

/** The layers of one part of a fleet. */
export interface Layers<Layer> {
  readonly description?: string;
  /** Mail addresses or team names. */
  readonly owners?: readonly string[];
  /** Permanent layers by dimension path; `*` is the layer of all tenants, above the system's and below every tenant's. */
  readonly overrides?: { readonly [P in DimensionPath | '*']?: Layer | ((target: Target) => Layer) };
  /** Temporary layers by name; within one path they apply in name order. */
  readonly patches?: { readonly [name: string]: PatchConfig<Layer> };
}

/** `config/members/settings.ts`: what members have in common, layer by layer. */
export interface MemberSettingsConfig extends MemberLayer, Layers<MemberLayer> {}

/** A layer of a component: the rest of it belongs to the component and its releases. */
export interface ComponentLayer {
  /** Whether members get it. @default false; in the bootstrap group, true where an Argo CD runs */
  readonly enabled?: OfTarget<boolean>;
  /** The values of its Helm chart. */
  readonly values?: Values;
}

/** A layer of a group. */
export interface GroupLayer {
  /** The release that members get. @default 'default' */
  readonly release?: OfTarget<string>;
}

/** What hubs and spokes have in common. Everything but who and where it is is the layer of the cluster. */
export interface FleetMemberConfig extends MemberLayer {
  readonly tenant: TenantName;
  readonly environment: string;
  /** The name or ARN of its secret in the secret manager; it holds `server`, `config` and, optionally, a map of `annotations`. */
  readonly secret: string;
  /** The cluster's layer of groups. */
  readonly groups?: { readonly [group: string]: GroupLayer };
  /** The cluster's layer of components. */
  readonly components?: { readonly [component: string]: ComponentLayer };
}

/** `config/hubs/{hub}.ts`: a cluster whose Argo CD manages others, and itself. */
export interface HubConfig extends Omit<FleetMemberConfig, 'model' | 'manages'> {}

/** `config/spokes/…/{spoke}.ts`: a fleet member. */
export interface SpokeConfig extends FleetMemberConfig {
  /** The name of its hub. */
  readonly hub: string;
}

type Source = NonNullable<ApplicationSpec['sources']>[number];

/** What a component is everywhere; a release may say it otherwise. */
export interface ComponentFields {
  /** The chart repository, or the Git repository of `path`. @default - the fleet's own */
  readonly repoURL?: string;
  /** A chart of a chart repository. */
  readonly chart?: string;
  /** A folder of a Git repository: a chart where the component has `values`, else plain manifests or a Kustomization. */
  readonly path?: string;
  /** The chart's version, or the Git revision. @default - the release's; for a path in the fleet's own repository, the fleet's revision */
  readonly version?: string;
  /** @default - the group's; in the bootstrap group, the platform namespace */
  readonly namespace?: string;
  /** @default - the group's, or `{ automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] }` */
  readonly syncPolicy?: ApplicationSpec['syncPolicy'];
  readonly ignoreDifferences?: ApplicationSpec['ignoreDifferences'];
  /** Sources besides the chart or path; none may have the `ref` `values`, which is ours. */
  readonly extraSources?: readonly Source[];
  /** How Helm renders the chart; values have a place of their own. */
  readonly helm?: Omit<NonNullable<Source['helm']>, 'values' | 'valuesObject' | 'valueFiles' | 'ignoreMissingValueFiles'>;
}

/** `config/{group}/…/{component}.ts`. */
export interface ComponentConfig extends ComponentFields, ComponentLayer, Layers<ComponentLayer> {
  /** The Argo CD project of its Applications. @default 'default' */
  readonly project?: string;
  /** Only members with these labels get it, however it is enabled; labels that follow from groups and components are none of them. */
  readonly selector?: NonNullable<NonNullable<NonNullable<ApplicationSetSpec['generators']>[number]['clusters']>['selector']>;
  /** How its Applications are called, before `-{cluster}`. @default - the component's name */
  readonly applicationName?: string;
  /** Values that look like a secret and are none, by their path in the component (`values.auth.token`), each with the reason. */
  readonly notSecret?: { readonly [path: string]: string };
  /** Texts in its values that look as if Argo CD filled them in, and that are for somebody else to fill in: by their path, each with the reason. */
  readonly notTemplate?: { readonly [path: string]: string };
}

/** `config/{group}/defaults.ts`. */
export interface GroupConfig extends Pick<ComponentFields, 'repoURL' | 'namespace' | 'syncPolicy'> {
  readonly description?: string;
  readonly owners?: readonly string[];
  /**
   * Makes it the group that hubs deploy to whatever has an Argo CD of its own: the names of its components that are Argo
   * CD and External Secrets. One group of a fleet may be that.
   */
  readonly bootstrap?: { readonly argoCD: string; readonly externalSecrets: string };
}

/** What a release says of a component otherwise than the component does: its version, or more. */
export type Pin = string | ComponentFields;

/** A named set of versions. */
export interface ReleaseConfig {
  readonly description?: string;
  /** The version of every component that has none of its own. */
  readonly version?: string;
  /** By component. */
  readonly components?: { readonly [component: string]: Pin };
}

/** `config/{group}/releases.ts`: the group's releases, and which one members get. */
export interface ReleasesConfig extends GroupLayer, Layers<GroupLayer> {
  readonly releases: { readonly [release: string]: ReleaseConfig };
}

/** The settings and tenants of a fleet of hubs and spokes, checked by the compiler. */
export type CheckedHubFleet<F> = HubFleetSettings & CheckedLevels<F, ListedHubDimensions> & NoOther<F, keyof HubFleetSettings | 'tenants'>;

/**
 * A fleet of hubs and spokes as data: `config/fleet.ts` exports what this returns. The order of tenants, and of
 * environments in them, is the rollout sequence; clusters are files below `config/hubs/` and `config/spokes/`.
 *
 * @returns its argument, with its names kept as literal types
 */
export function defineHubFleet<const F extends HubFleetSettings>(fleet: F & CheckedHubFleet<F>): F {
  return fleet;
}

/** A tenant of the registered fleet. */
export type TenantName = DimensionPath extends infer P ? (P extends `${string}/${string}` ? never : P) : never;
