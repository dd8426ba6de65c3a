/** The public API of cdk8s-fleet. */

export type { ClusterTypeFiles, ConfigFile, ConfigFiles } from '../layers/config-files';
export { type Dimension, defaultDimensions, type Promotion } from '../layers/hierarchy';
export { type Plain, type Unset, unset } from '../layers/layer';
export type { Manifest, OutputFile, OutputFolder } from '../layers/output';
export { FleetError, type Problem, type ProblemCode } from '../layers/problem';
export { countText, type Paint, problemsText } from '../layers/problem-text';
export * from './app-config';
export { type Bootstrap, type BootstrapOptions, bootstrapOf } from './bootstrap';
export { type ClusterToken, cluster } from './cluster';
export { ClusterType, type ClusterTypeProps } from './cluster-type';
export { DimensionNode, type DimensionNodeProps } from './dimension-node';
export { Environment } from './environment';
export { Fleet, type FleetProps } from './fleet';
export { type AppKind, FleetApp, type FleetAppProps } from './fleet-app';
export { FleetAppGroup } from './fleet-app-group';
export { type CheckedFleet, defineFleet, type FleetSettings, type LeafConfig, type PathsOf } from './fleet-config';
export { fleetFromConfig } from './from-config';
export type { Layered, OfTarget, Value, Values } from './layered';
export { type Change, Override } from './override';
export { Patch, type PatchProps } from './patch';
export { Region } from './region';
export type { DimensionName, DimensionPath, Register } from './register';
export { RootApplicationSet, type RootApplicationSetProps } from './root-application-set';
export { Sector } from './sector';
export type { FleetOutput } from './synthesis/synthesis';
export type { Target } from './target';
export { TargetChart } from './target-chart';
