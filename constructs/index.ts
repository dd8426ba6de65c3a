/** The public API of cdk8s-fleet: what configuration, code and tests of a fleet name. Types of their parts come along with them. */

// Configuration.

export type { Answer, ArgoCDOptions, ArgoCDServer, CommandOptions, Evidence, EvidenceStep, EvidenceTarget, PrometheusOptions } from '../layers/law/evidence';
export type { RuleChange, RuleConfig, RuleFinding } from '../layers/law/own-rule';
export { type Unset, unset } from '../layers/layer';
export type { ComponentConfig, ComponentLayer } from './hub/tree/component-config';
export type { GroupConfig, GroupLayer, HubConfig, MemberLayer, MemberSettingsConfig, ReleasesConfig, SpokeConfig, TenantName } from './hub/tree/hub-config';
export { defineHubFleet } from './hub/tree/hub-config';
export { type ClusterToken, cluster } from './tree/cluster';
export type {
  ApplicationConfig,
  ApplicationFields,
  ApplicationSetConfig,
  ApplicationSetFields,
  AppProjectConfig,
  AppProjectFields,
  ChartApp,
  ClusterTypeConfig,
  FleetAppConfig,
  FleetAppsConfig,
  PatchConfig,
  RootConfig,
} from './tree/config/app-config';
export { defineApps } from './tree/config/app-config';
export type { PathsOf } from './tree/config/dimension-names';
export { argoCD, command, prometheus } from './tree/config/evidence';
export { defineExemptions, type ExemptionConfig } from './tree/config/exemptions';
export { defineFleet } from './tree/config/fleet-config';
export type { BySource, ChartPart, ChartValue, ChartValues, Layered, OfTarget, Value, Values } from './tree/config/layered';
export type { DimensionName, DimensionPath, Register } from './tree/config/register';
export { defineRule, defineRules } from './tree/config/rules';
export type { Target } from './tree/config/target';

// The same as constructs.

export { Fleet } from './fleet';
export { HubFleet } from './hub/hub-fleet';
export { Component, type ComponentProps } from './hub/tree/component';
export { ComponentGroup, type ComponentGroupProps } from './hub/tree/component-group';
export type { HubFleetProps } from './hub/tree/hub-tree';
export { Hub, type HubProps, Spoke, type SpokeProps } from './hub/tree/member';
export { MemberSettings } from './hub/tree/member-settings';
export { Tenant } from './hub/tree/tenant';
export { ClusterType, type ClusterTypeProps } from './tree/cluster-type';
export { DimensionNode, type DimensionNodeProps } from './tree/dimension-node';
export { Environment } from './tree/environment';
export { FleetApp, type FleetAppProps } from './tree/fleet-app';
export { FleetAppGroup } from './tree/fleet-app-group';
export type { FleetProps } from './tree/fleet-tree';
export { Override } from './tree/override';
export { Patch, type PatchProps } from './tree/patch';
export { Region } from './tree/region';
export { RootApplicationSet, type RootApplicationSetProps } from './tree/root-application-set';
export { Sector } from './tree/sector';
export { TargetChart } from './tree/target-chart';

// Rendering, and what it finds.

export type { ConfigFiles } from '../layers/config-files';
export { type Node, tryFindNode } from '../layers/node';
export type { Manifest, OutputFile, OutputFolder } from '../layers/output';
export { FleetError, type Problem } from '../layers/problem';
export type { ProblemCode } from '../layers/problem-codes';
export { countText, type Paint, problemsText } from '../layers/text/problem-text';
export { showTokens } from '../layers/text/token';
export { bootstrapOf } from './bootstrap';
export { type AnyFleet, fleetFromConfig } from './fleet-from-config';
export { fleetValuesOf } from './fleet-values-of';
export { hubBootstrapOf } from './hub/hub-bootstrap';
export { registrationOf } from './registration';
export type { ChartUse, NamedChart } from './resolve/chart-uses';
export type { AppValues, FleetValues } from './resolve/fleet-values';
export type { PatchView } from './resolve/patch-view';
export type { FleetOutput } from './synthesis/fleet-output';
export type { MemberView } from './synthesis/member-view';
