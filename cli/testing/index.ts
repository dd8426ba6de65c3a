/** The public API of `cdk8s-fleet/testing`: a fleet as its owners' tests see it. */

export type { MemberView, Problem } from '../../constructs';
export { FleetError } from '../../layers/problem';
export { Difference, differences } from './differences';
export type { AnyManifest, Application, ApplicationSet, AppManifest, AppProject, ObjectMetadata } from './manifests';
export { readFleet } from './read-fleet';
export { DeployedApp, TestedApp, TestedFleet } from './tested-fleet';
export { type TestedFile, TestedTarget } from './tested-target';
export { isPrerelease } from './versions';
