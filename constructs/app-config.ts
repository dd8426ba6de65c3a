import type { Chart } from 'cdk8s';
import type { ApplicationSetSpec, ApplicationSpec } from '../imports/argoproj.io.types';
import type { Plain } from '../layers/layer';
import type { Layered, LayeredMap, OfTarget, Values } from './layered';
import type { DimensionPath } from './register';
import type { Target } from './target';
import type { TargetChart } from './target-chart';

/** What of a manifest's metadata is configured; its name is the app's. */
export interface MetadataFields {
  /** The namespace of the Application itself, Argo CD's own. @default - the namespace that the chart is deployed to */
  readonly namespace?: Layered<string>;
  readonly labels?: Layered<Record<string, string>>;
  readonly annotations?: Layered<Record<string, string>>;
  readonly finalizers?: Layered<string[]>;
}

/** What any layer of any app may say. */
export interface LayeredFields extends MetadataFields {
  /** Where it is false the app renders no file. @default true */
  readonly enabled?: OfTarget<boolean>;
  /** What an app's `workloads` function receives; layered like everything else, rendered nowhere. */
  readonly values?: Values;
}

/** A layer of an Application: any part of its spec, with field names as Argo CD spells them. */
export type ApplicationFields = LayeredFields & LayeredMap<ApplicationSpec>;

/** A layer of an ApplicationSet: any part of its spec. */
export type ApplicationSetFields = LayeredFields & LayeredMap<ApplicationSetSpec>;

/** A temporary, named layer that rolls out along the sequence. */
export interface PatchConfig<Fields> {
  /** What it is for, in a line. */
  readonly description?: string;
  /** The dimension paths where it sits: none twice, none below another. */
  readonly rolledOutTo: readonly DimensionPath[];
  readonly change: Fields | ((target: Target) => Fields);
}

/** Who an app belongs to, and its layers. */
export interface AppSettings<Fields> {
  readonly description?: string;
  /** Mail addresses or team names. */
  readonly owners?: readonly string[];
  /**
   * Values that look like a secret and are none, by their path in the app (`source.helm.valuesObject.auth.token`; in an
   * object of `workloads`, `Secret/web.stringData.url`), each with the reason, which `fleet check` reports.
   */
  readonly notSecret?: { readonly [path: string]: string };
  /** Permanent layers by dimension path. */
  readonly overrides?: { readonly [P in DimensionPath]?: Fields | ((target: Target) => Fields) };
  /** Temporary layers by name; within one path they apply in name order. */
  readonly patches?: { readonly [name: string]: PatchConfig<Fields> };
}

/** An app whose manifests are written in TypeScript. */
export interface WorkloadFields {
  /**
   * Declares the app's manifests for a target, with cdk8s, cdk8s-plus or any construct. They are rendered to
   * `manifests/{app}/`, and the Application points there.
   *
   * @param chart  the scope for the app's constructs
   * @param target where it is rendered
   * @param values the app's `values`, all layers merged: how a patch reaches into the manifests
   */
  readonly workloads?: (chart: Chart, target: Target, values: { readonly [key: string]: Plain }) => void;
}

/** An Application: its base, its layers, and whom it belongs to. */
export interface ApplicationConfig extends AppSettings<ApplicationFields>, WorkloadFields, ApplicationFields {
  /** @default 'Application' */
  readonly kind?: 'Application';
}

/** An ApplicationSet: its base, its layers, and whom it belongs to. */
export interface ApplicationSetConfig extends AppSettings<ApplicationSetFields>, ApplicationSetFields {
  readonly kind: 'ApplicationSet';
}

/** Where the Applications of a cluster type live. */
export type ApplicationPlacement = 'cluster' | 'controlPlane';

/** The ApplicationSet that deploys a cluster type: one per cluster type. */
export interface RootConfig extends AppSettings<ApplicationSetFields>, ApplicationSetFields {
  readonly kind: 'RootApplicationSet';
  /** The cluster type that it deploys. */
  readonly clusterType: string;
  /**
   * Where the deployed Applications live: in each cluster's own Argo CD, named after the app; or in the Argo CD that
   * runs the root (`controlPlane`), named `{app}-{cluster}`, with the cluster as destination.
   * @default 'cluster'
   */
  readonly applications?: ApplicationPlacement;
  /** More values for `.Values.cluster`, as Go template expressions of the cluster generator: `{ vpcId: '{{ index .metadata.labels "vpc" }}' }`. */
  readonly inject?: { readonly [key: string]: string };
}

/** One app: an Application, an ApplicationSet, or the root ApplicationSet of a cluster type. */
export type FleetAppConfig = ApplicationConfig | ApplicationSetConfig | RootConfig;

type FieldsOf<App> = App extends { readonly kind: 'ApplicationSet' | 'RootApplicationSet' } ? ApplicationSetFields : ApplicationFields;

/** One member of a file with several apps; overrides and patches stand beside `apps`, for all of them. */
export type MemberConfig = Omit<ApplicationConfig, 'overrides' | 'patches'> | Omit<ApplicationSetConfig, 'overrides' | 'patches'>;

/** Several apps that share overrides and patches and roll out as one. */
export interface FleetAppsConfig<Apps extends Readonly<Record<string, MemberConfig>> = Readonly<Record<string, MemberConfig>>>
  extends AppSettings<{ readonly [Name in keyof Apps]?: FieldsOf<Apps[Name]> }> {
  readonly apps: Apps;
}

/** Several apps in one file: a misspelt app name in an override or a patch is a compile error. */
export function defineApps<const Apps extends Readonly<Record<string, MemberConfig>>>(config: FleetAppsConfig<Apps>): FleetAppsConfig<Apps> {
  return config;
}

/** `config/{cluster type}/defaults.ts`: the cluster type itself. */
export interface ClusterTypeConfig {
  readonly description?: string;
  /** Where it is rendered: everything at or below these dimension paths. @default - every complete path */
  readonly paths?: readonly DimensionPath[];
  /** The broadest layer of every Application. */
  readonly applications?: ApplicationFields;
  /** The broadest layer of every ApplicationSet, roots included. */
  readonly applicationSets?: ApplicationSetFields;
  /** Values that look like a secret and are none in any app of the cluster type, by their path in the app, each with the reason. */
  readonly notSecret?: { readonly [path: string]: string };
  /**
   * Has a say in every target's chart after the apps were added to it: add constructs, `ApiObject.addJsonPatch`,
   * `node.addValidation`. It costs the targets the fast path, so prefer a layer where one can say the same.
   */
  readonly customize?: (chart: TargetChart) => void;
}
