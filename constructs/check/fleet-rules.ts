import type { Problem } from '../../layers/problem';
import { appNames } from './cluster-types/app-names';
import { clusterTypeNames } from './cluster-types/cluster-type-names';
import { clusterTypePaths } from './cluster-types/cluster-type-paths';
import { duplicateApps } from './cluster-types/duplicate-apps';
import { duplicateRoots } from './cluster-types/duplicate-roots';
import { emptyClusterTypes } from './cluster-types/empty-cluster-types';
import { projectPlaces } from './cluster-types/project-places';
import { rootTargets } from './cluster-types/root-targets';
import type { FleetRule, FleetSubject } from './fleet-rule';
import { emptyHierarchy } from './hierarchy/empty-hierarchy';
import { nodeBudgets } from './hierarchy/node-budgets';
import { nodeDepths } from './hierarchy/node-depths';
import { nodeEvidence } from './hierarchy/node-evidence';
import { nodeNames } from './hierarchy/node-names';
import { nodeWaves } from './hierarchy/node-waves';
import { sequenceOrders } from './hierarchy/sequence-orders';
import { siblingFolders } from './hierarchy/sibling-folders';
import { unevenWaves } from './hierarchy/uneven-waves';
import { emptyPatches } from './layers/empty-patches';
import { groupChanges } from './layers/group-changes';
import { layerPaths } from './layers/layer-paths';
import { layerSecrets } from './layers/layer-secrets';
import { layerValues } from './layers/layer-values';
import { patchNames } from './layers/patch-names';
import { pathsWithoutTarget } from './layers/paths-without-target';
import { secondAnswers } from './layers/second-answers';
import { sharedLayers } from './layers/shared-layers';
import { unusedSilences } from './layers/unused-silences';
import { rolloutGaps } from './rollouts/rollout-gaps';
import { rolloutInversions } from './rollouts/rollout-inversions';
import { dimensionNames } from './settings/dimension-names';
import { exemptionNames } from './settings/exemption-names';
import { labelPrefixes } from './settings/label-prefixes';
import { outputPaths } from './settings/output-paths';
import { ownValidations } from './settings/own-validations';
import { promotionLevels } from './settings/promotion-levels';
import { readProblems } from './settings/read-problems';
import { repositoryPlaceholders } from './settings/repository-placeholders';
import { repositorySecrets } from './settings/repository-secrets';
import { supportedVersions } from './settings/supported-versions';
import { floatingBranches } from './slips/floating-branches';
import { valueKeys } from './slips/value-keys';
import { valueTypes } from './slips/value-types';

/**
 * When a rule looks: at what was declared, before any value is looked at; at the layers, once it is known what the targets
 * are; at everything, once every target was rendered.
 */
type Moment = 'declared' | 'resolved' | 'rendered' | 'opened';

/** Fleets of dimensions and cluster types, and those of hubs and spokes. */
export type Topology = 'dimensions' | 'hub-and-spoke';

interface Row {
  readonly rule: FleetRule;
  readonly when: Moment;
  /** Which fleets may have what it looks for, where it is looked for here. @default - both */
  readonly of?: Topology;
}

/** The one list of what is looked for in fleets as they are declared: a new rule is a file beside these and a row here. */
export const fleetRules: readonly Row[] = [
  { rule: readProblems, when: 'declared' },
  { rule: labelPrefixes, when: 'declared' },
  { rule: supportedVersions, when: 'declared' },
  { rule: outputPaths, when: 'declared' },
  { rule: dimensionNames, when: 'declared' },
  { rule: promotionLevels, when: 'declared' },
  // Tenants, environments and clusters have names and depths of their own.
  { rule: emptyHierarchy, when: 'declared', of: 'dimensions' },
  { rule: nodeNames, when: 'declared', of: 'dimensions' },
  { rule: nodeDepths, when: 'declared', of: 'dimensions' },
  { rule: nodeBudgets, when: 'declared' },
  { rule: nodeWaves, when: 'declared' },
  { rule: nodeEvidence, when: 'declared' },
  { rule: sequenceOrders, when: 'declared' },
  { rule: unevenWaves, when: 'declared' },
  { rule: siblingFolders, when: 'declared' },
  // So have groups and components.
  { rule: emptyClusterTypes, when: 'declared', of: 'dimensions' },
  { rule: clusterTypeNames, when: 'declared', of: 'dimensions' },
  { rule: clusterTypePaths, when: 'declared', of: 'dimensions' },
  { rule: appNames, when: 'declared', of: 'dimensions' },
  { rule: duplicateApps, when: 'declared', of: 'dimensions' },
  { rule: projectPlaces, when: 'declared', of: 'dimensions' },
  { rule: rootTargets, when: 'declared', of: 'dimensions' },
  { rule: duplicateRoots, when: 'declared', of: 'dimensions' },
  // In a fleet of hubs and spokes a layer may wait for its cluster.
  { rule: layerPaths, when: 'declared', of: 'dimensions' },
  { rule: pathsWithoutTarget, when: 'declared', of: 'dimensions' },
  { rule: patchNames, when: 'declared' },
  { rule: emptyPatches, when: 'declared' },
  { rule: groupChanges, when: 'declared' },
  { rule: sharedLayers, when: 'declared' },
  { rule: exemptionNames, when: 'declared' },
  { rule: ownValidations, when: 'declared' },
  { rule: layerValues, when: 'resolved' },
  { rule: repositoryPlaceholders, when: 'resolved' },
  { rule: rolloutGaps, when: 'resolved' },
  { rule: rolloutInversions, when: 'resolved' },
  // Hubs and spokes say more than layers, and look at all of it together.
  { rule: repositorySecrets, when: 'resolved', of: 'dimensions' },
  { rule: layerSecrets, when: 'resolved', of: 'dimensions' },
  { rule: valueKeys, when: 'rendered' },
  { rule: valueTypes, when: 'rendered' },
  { rule: floatingBranches, when: 'rendered' },
  { rule: secondAnswers, when: 'rendered' },
  { rule: unusedSilences, when: 'opened', of: 'dimensions' },
];

/** Everything that the rules of one moment find in a fleet. */
export function* fleetProblems(subject: FleetSubject, when: Moment, topology: Topology): Generator<Problem> {
  for (const row of fleetRules) {
    if (row.when === when && (row.of ?? topology) === topology) yield* row.rule(subject);
  }
}
