import type { Chart } from 'cdk8s';
import type { ApplicationSetSpecLayer, ApplicationSpecLayer, AppProjectSpecLayer } from '../../../imports/argoproj.io.layers.ts';
import type { Plain } from '../../../layers/layer';
import type { SilencedCode } from '../../../layers/silenced';
import type { TargetChart } from '../target-chart';
import type { Layered, OfTarget, Texts, Values } from './layered';
import type { DimensionPath } from './register';
import type { Target } from './target';

/** What of a manifest's metadata is configured; its name is the app's. */
export interface MetadataFields {
  /** The namespace of the manifest itself, Argo CD's own. @default - the namespace that the chart is deployed to */
  readonly namespace?: Layered<string>;
  /** Labels of the manifest itself. @default - none */
  readonly labels?: Layered<Texts>;
  /** Annotations of the manifest itself. @default - none */
  readonly annotations?: Layered<Texts>;
  /** Finalizers of the manifest itself; Argo CD's own deletes what an Application deployed along with it. @default - none */
  readonly finalizers?: Layered<readonly OfTarget<string>[]>;
}

/** What any layer of any app may say. */
export interface LayeredFields extends MetadataFields {
  /** Whether the app is rendered; where it is false there is no file of it. @default true */
  readonly enabled?: OfTarget<boolean>;
  /** What the app's `workloads` function receives; layered like everything else, rendered nowhere. @default - none */
  readonly values?: Values;
}

/** What a layer of what is deployed may say. */
interface OrderFields {
  /**
   * Apps of the same cluster type that it needs: at a target where one of these is healthy only later, Argo CD applies it
   * later. It renders `argocd.argoproj.io/sync-wave`, unless the app says a wave itself.
   * @default - nothing
   */
  readonly after?: Layered<readonly OfTarget<string>[]>;
}

/** What a layer of an Application says of the charts that it is made of, where they are opened. */
interface HydrationFields {
  /**
   * Whether the objects of the app's Helm charts are rendered to `manifests/{app}/`. The Application points there then, and
   * is the same one otherwise. @default false
   */
  readonly hydrate?: OfTarget<boolean>;
  /** The version of Kubernetes that charts are told where they are rendered: `1.33`. @default - what Helm takes */
  readonly kubernetes?: Layered<string>;
  /** Kinds that charts are told to be there: `monitoring.coreos.com/v1/ServiceMonitor`. @default - those of Kubernetes */
  readonly apiVersions?: Layered<readonly OfTarget<string>[]>;
}

/** A layer of an Application: any part of its spec, with field names as Argo CD spells them. */
export interface ApplicationFields<V = Values> extends LayeredFields, OrderFields, HydrationFields, ApplicationSpecLayer<V> {}

/** What an ApplicationSet says in `template.spec` only. By it the two kinds are told apart where `kind` is not written. */
interface NoApplication {
  /** Of an Application only: nobody knows here what an ApplicationSet generates. */
  readonly hydrate?: undefined;
  /** Of an Application only: an ApplicationSet says it in `template.spec`. */
  readonly project?: undefined;
  /** Of an Application only: an ApplicationSet says it in `template.spec`. */
  readonly source?: undefined;
  /** Of an Application only: an ApplicationSet says it in `template.spec`. */
  readonly sources?: undefined;
}

/** An AppProject deploys nothing: it says what Applications may. */
interface NoDeployment {
  /** An AppProject needs nothing, and is there before the Applications that name it. */
  readonly after?: undefined;
  /** Of an Application only: an AppProject is a project. */
  readonly project?: undefined;
  /** Of an Application only: an AppProject says in `sourceRepos` where its Applications may come from. */
  readonly source?: undefined;
  /** Of an Application only: an AppProject says in `sourceRepos` where its Applications may come from. */
  readonly sources?: undefined;
}

/** An ApplicationSet deploys what its generators and template say. */
interface NoWorkloads {
  /** Of an Application only: an ApplicationSet has no manifests of its own. */
  readonly workloads?: undefined;
}

/** A layer of an ApplicationSet: any part of its spec. */
export interface ApplicationSetFields<V = Values> extends LayeredFields, OrderFields, ApplicationSetSpecLayer<V>, NoApplication {}

/** A layer of an AppProject: any part of its spec. Its lists `roles`, `destinations` and `syncWindows` may be maps, of which a layer says a part. */
export interface AppProjectFields extends LayeredFields, AppProjectSpecLayer, NoDeployment {}

/** A temporary, named layer that rolls out along the sequence. */
export interface PatchConfig<Fields> {
  /** What it is for, in a line. @default - none */
  readonly description?: string;
  /** The dimension paths where it sits: none twice, none below another. */
  readonly rolledOutTo: readonly DimensionPath[];
  /** What it changes, in every target at or below its paths. */
  readonly change: OfTarget<Fields>;
}

/** Who an app belongs to, and what is no mistake in it. */
export interface AppFacts {
  /** What the app is for, in a line. @default - none */
  readonly description?: string;
  /** Mail addresses or team names of those who answer for it. @default [] */
  readonly owners?: readonly string[];
  /**
   * Values that look like a secret and are none, by their path in the app (`source.helm.valuesObject.auth.token`; in an
   * object of `workloads`, `Secret/web.stringData.url`), each with the reason, which `fleet check` reports.
   * @default - none
   */
  readonly notSecret?: { readonly [path: string]: string };
  /** Findings that are none, as their messages call them (`value-key source.helm.valuesObject.webhok`), each with the reason, which `fleet check` reports. @default - none */
  readonly silence?: Silence;
}

/** Findings by code and by what they are about, each with the reason why it is none. */
export type Silence = { readonly [finding: `${SilencedCode} ${string}`]: string };

/** Permanent layers by the dimension paths where they sit. */
export type ByPath<Layer> = { readonly [P in DimensionPath]?: OfTarget<Layer> };

/** Layers by their places. */
export interface AppLayers<Fields> {
  /** Permanent layers by dimension path. @default - none */
  readonly overrides?: ByPath<Fields>;
  /** Temporary layers by name; within one path they apply in name order. @default - none */
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
   * @default - the manifests are where `source` says
   */
  readonly workloads?: (chart: Chart, target: Target, values: { readonly [key: string]: Plain }) => void;
}

/** An Application that may share its layers with other apps. */
export interface ApplicationMember<V = Values> extends AppFacts, WorkloadFields, ApplicationFields<V> {
  /** What the app is rendered as. @default 'Application' */
  readonly kind?: 'Application';
}

/** An Application: its base, its layers, and whom it belongs to. */
export interface ApplicationConfig<V = Values> extends ApplicationMember<V>, AppLayers<ApplicationFields<V>> {}

/** An ApplicationSet that may share its layers with other apps. */
export interface ApplicationSetMember<V = Values> extends AppFacts, NoWorkloads, ApplicationSetFields<V> {
  /** What the app is rendered as. */
  readonly kind: 'ApplicationSet';
}

/** An ApplicationSet: its base, its layers, and whom it belongs to. */
export interface ApplicationSetConfig<V = Values> extends ApplicationSetMember<V>, AppLayers<ApplicationSetFields<V>> {}

/** An AppProject that may share its layers with the apps that it is for. */
export interface AppProjectMember extends AppFacts, NoWorkloads, AppProjectFields {
  /** What the app is rendered as. */
  readonly kind: 'AppProject';
  /** What the project is for, in a line, which Argo CD shows. @default - none */
  readonly description?: string;
}

/** An AppProject of Argo CD: what the Applications that name it may deploy, where and when. Its base, its layers, and whom it belongs to. */
export interface AppProjectConfig extends AppProjectMember, AppLayers<AppProjectFields> {}

/** Where the Applications of a cluster type live. */
export type ApplicationPlacement = 'cluster' | 'controlPlane';

/** The root's settings, and any field of an ApplicationSet on top of what is generated. */
export interface RootSettings extends AppFacts, NoWorkloads, ApplicationSetFields, AppLayers<ApplicationSetFields> {
  /** The cluster type that it deploys. */
  readonly clusterType: string;
  /**
   * Where the deployed Applications live: in each cluster's own Argo CD, named after the app; or in the Argo CD that
   * runs the root (`controlPlane`), named `{app}-{cluster}`, with the cluster as destination.
   * @default 'cluster'
   */
  readonly applications?: 'cluster' | 'controlPlane';
  /** More values for `.Values.cluster`, as Go template expressions of the cluster generator: `{ vpcId: '{{ index .metadata.labels "vpc" }}' }`. @default - those of the tokens that apps use */
  readonly inject?: { readonly [key: string]: string };
}

/** The ApplicationSet that deploys a cluster type: one per cluster type. */
export interface RootConfig extends RootSettings {
  /** What the app is rendered as: an ApplicationSet that is generated. */
  readonly kind: 'RootApplicationSet';
}

/**
 * The compiler words its errors for the kind that an app's fields tell. Where they tell none, it takes the last, by name or
 * as written in the union, and that is to be `ApplicationConfig`: hence these names. Nothing is an `AppOfNoKind`: it says
 * neither `overrides` nor `patches`, so that the compiler looks for the kind before it looks into these.
 */
interface AppOfNoKind extends NoApplication, NoWorkloads {
  readonly kind: never;
}
interface AppSetConfig<V> extends ApplicationSetConfig<V> {}
interface AppRootConfig extends RootConfig {}

/** Any of the four. */
export type AnyAppConfig = ApplicationConfig | ApplicationSetConfig | AppProjectConfig | RootConfig;

/**
 * One app, for `satisfies`: an Application, an ApplicationSet, an AppProject, or the root ApplicationSet of a cluster type. With the type
 * that `fleet import` writes of a chart, the values are those of the chart: `FleetAppConfig<CertManagerValues>`.
 */
export type FleetAppConfig<V = Values> = AppOfNoKind | AppProjectConfig | AppRootConfig | AppSetConfig<V> | ApplicationConfig<V>;

type FieldsOf<App> = App extends { readonly kind: 'ApplicationSet' | 'RootApplicationSet' }
  ? ApplicationSetFields
  : App extends { readonly kind: 'AppProject' }
    ? AppProjectFields
    : ApplicationFields<ValuesOf<App>>;

declare const chartValues: unique symbol;

/** One member of a file with several apps whose values are those of a chart: `defineApps<{ 'cert-manager': ChartApp<CertManagerValues> }>({ … })`. */
export interface ChartApp<V> extends ApplicationMember<V> {
  /** Known to the compiler alone. */
  readonly [chartValues]?: V;
}

/** What is known of the values of a member's chart. */
type ValuesOf<App> = App extends { readonly [chartValues]?: infer V } ? (unknown extends V ? Values : V) : Values;

/** One member of a file with several apps; overrides and patches stand beside `apps`, for all of them. */
export type MemberConfig = AppProjectMember | ApplicationSetMember | ApplicationMember;

/** Several apps that share overrides and patches and roll out as one. */
export interface FleetAppsConfig<Apps extends Readonly<Record<string, MemberConfig>> = Readonly<Record<string, MemberConfig>>>
  extends AppFacts,
    AppLayers<{ readonly [Name in keyof Apps]?: FieldsOf<Apps[Name]> }> {
  /** The apps by name. */
  readonly apps: Apps;
}

/** Several apps in one file: a misspelt app name in an override or a patch is a compile error. */
export function defineApps<const Apps extends Readonly<Record<string, MemberConfig>>>(config: FleetAppsConfig<Apps>): FleetAppsConfig<Apps> {
  return config;
}

/** A cluster type, and what its apps have in common: `config/{cluster type}/defaults.ts`. */
export interface ClusterTypeConfig {
  /** What the clusters are for, in a line. @default - none */
  readonly description?: string;
  /** Where it is rendered: everything at or below these dimension paths. @default - every complete path */
  readonly paths?: readonly DimensionPath[];
  /** The broadest layer of every Application. @default - none */
  readonly applications?: ApplicationFields;
  /** The broadest layer of every ApplicationSet, roots included. @default - none */
  readonly applicationSets?: ApplicationSetFields;
  /** The broadest layer of every AppProject. @default - none */
  readonly appProjects?: AppProjectFields;
  /** Values that look like a secret and are none in any app of the cluster type, by their path in the app, each with the reason. @default - none */
  readonly notSecret?: { readonly [path: string]: string };
  /** Findings that are none in any app of the cluster type, as their messages call them, each with the reason. @default - none */
  readonly silence?: Silence;
  /**
   * Has a say in every target's chart after the apps were added to it: add constructs, `ApiObject.addJsonPatch`,
   * `node.addValidation`. It costs the targets the fast path, so prefer a layer where one can say the same.
   * @default - none
   */
  readonly customize?: (chart: TargetChart) => void;
}
