import type { Finding } from '../../../layers/consequences';
import { applicationNameLengths } from './components/application-name-lengths';
import { applicationNames } from './components/application-names';
import { chartOrPath } from './components/chart-or-path';
import { chartRepositories } from './components/chart-repositories';
import { componentNames } from './components/component-names';
import { componentNamespaces } from './components/component-namespaces';
import { componentSchema } from './components/component-schema';
import { componentSelectors } from './components/component-selectors';
import { componentVersions } from './components/component-versions';
import { duplicateComponents } from './components/duplicate-components';
import { missingMetadata } from './components/missing-metadata';
import { ownCharts } from './components/own-charts';
import { ownLabels } from './components/own-labels';
import { pinnedCharts } from './components/pinned-charts';
import { unmatchedSelectors } from './components/unmatched-selectors';
import { saidFields } from './fields/field-rules';
import { plainFields } from './fields/plain-fields';
import { fleetHome } from './fleet/fleet-home';
import { labelLengths } from './fleet/label-lengths';
import { labelMeanings } from './fleet/label-meanings';
import { labelPatterns } from './fleet/label-patterns';
import { memberPaths } from './fleet/member-paths';
import { missingTenants } from './fleet/missing-tenants';
import { tenantNames } from './fleet/tenant-names';
import { bootstrapGroups } from './groups/bootstrap-groups';
import { bootstrapNames } from './groups/bootstrap-names';
import { bootstrapNamespaces } from './groups/bootstrap-namespaces';
import { disabledBootstrap } from './groups/disabled-bootstrap';
import { emptyGroups } from './groups/empty-groups';
import { groupNames } from './groups/group-names';
import { invertedReleases } from './groups/inverted-releases';
import { missingBootstrap } from './groups/missing-bootstrap';
import { missingGroups } from './groups/missing-groups';
import { releasesOfMembers } from './groups/releases-of-members';
import { unknownPins } from './groups/unknown-pins';
import { unusedReleases } from './groups/unused-releases';
import { unusedVersions } from './groups/unused-versions';
import type { HubRule, HubSubject } from './hub-rule';
import { contradictedTypes } from './members/contradicted-types';
import { duplicateLayers } from './members/duplicate-layers';
import { duplicateMembers } from './members/duplicate-members';
import { layersOfUnknown } from './members/layers-of-unknown';
import { memberNames } from './members/member-names';
import { missingHubs } from './members/missing-hubs';
import { missingSecretStores } from './members/missing-secret-stores';
import { missingSecrets } from './members/missing-secrets';
import { modelConflicts } from './members/model-conflicts';
import { sharedSecrets } from './members/shared-secrets';
import { spokeHubs } from './members/spoke-hubs';
import { unknownStores } from './members/unknown-stores';
import { unreadCredentials } from './members/unread-credentials';
import { unusedStores } from './members/unused-stores';
import { componentCycles } from './order/component-cycles';
import { missingNeeded } from './order/missing-needed';
import { neededComponents } from './order/needed-components';
import { settingsOfMembers } from './settings/member-settings-rules';
import { layersOfComponents } from './values/component-layer-rules';
import { helmFilesOfComponents } from './values/helm-files';
import { secretFields } from './values/secret-fields';
import { secretLayers } from './values/secret-layers';
import { unusedReasons } from './values/unused-reasons';

/**
 * When a rule looks: at everything that is said, once it was resolved; at what it comes to, where nothing of it is wrong; at
 * reasons, once everything was looked at that may have one.
 */
type Moment = 'resolved' | 'sound' | 'rendered';

interface Row {
  readonly rule: HubRule;
  readonly when: Moment;
}

/** The one list of what is looked for in fleets of hubs and spokes, besides what is in all: a new rule is a file beside these and a row here. */
export const hubRules: readonly Row[] = [
  { rule: fleetHome, when: 'resolved' },
  { rule: missingTenants, when: 'resolved' },
  { rule: tenantNames, when: 'resolved' },
  { rule: missingHubs, when: 'resolved' },
  { rule: memberNames, when: 'resolved' },
  { rule: duplicateMembers, when: 'resolved' },
  { rule: missingSecrets, when: 'resolved' },
  { rule: spokeHubs, when: 'resolved' },
  { rule: missingGroups, when: 'resolved' },
  { rule: groupNames, when: 'resolved' },
  { rule: emptyGroups, when: 'resolved' },
  { rule: bootstrapNames, when: 'resolved' },
  { rule: bootstrapGroups, when: 'resolved' },
  { rule: componentNames, when: 'resolved' },
  { rule: applicationNames, when: 'resolved' },
  { rule: duplicateComponents, when: 'resolved' },
  { rule: labelPatterns, when: 'resolved' },
  { rule: labelMeanings, when: 'resolved' },
  { rule: labelLengths, when: 'resolved' },
  { rule: duplicateLayers, when: 'resolved' },
  { rule: layersOfUnknown, when: 'resolved' },
  { rule: memberPaths, when: 'resolved' },
  { rule: settingsOfMembers, when: 'resolved' },
  { rule: modelConflicts, when: 'resolved' },
  { rule: unknownPins, when: 'resolved' },
  { rule: unusedVersions, when: 'resolved' },
  { rule: componentSelectors, when: 'resolved' },
  { rule: chartOrPath, when: 'resolved' },
  { rule: chartRepositories, when: 'resolved' },
  { rule: componentNamespaces, when: 'resolved' },
  { rule: pinnedCharts, when: 'resolved' },
  { rule: componentVersions, when: 'resolved' },
  { rule: neededComponents, when: 'resolved' },
  { rule: componentCycles, when: 'resolved' },
  // What members get comes before layers that apply nowhere: it names the target.
  { rule: releasesOfMembers, when: 'resolved' },
  { rule: layersOfComponents, when: 'resolved' },
  { rule: plainFields, when: 'resolved' },
  { rule: saidFields, when: 'resolved' },
  { rule: componentSchema, when: 'resolved' },
  { rule: helmFilesOfComponents, when: 'resolved' },
  { rule: ownCharts, when: 'resolved' },
  { rule: ownLabels, when: 'resolved' },
  { rule: contradictedTypes, when: 'resolved' },
  { rule: unreadCredentials, when: 'resolved' },
  { rule: secretFields, when: 'resolved' },
  { rule: secretLayers, when: 'resolved' },
  { rule: sharedSecrets, when: 'resolved' },
  { rule: missingSecretStores, when: 'resolved' },
  { rule: unknownStores, when: 'resolved' },
  { rule: bootstrapNamespaces, when: 'resolved' },
  { rule: missingBootstrap, when: 'resolved' },
  { rule: disabledBootstrap, when: 'resolved' },
  { rule: applicationNameLengths, when: 'resolved' },
  { rule: missingNeeded, when: 'sound' },
  { rule: unmatchedSelectors, when: 'sound' },
  { rule: missingMetadata, when: 'sound' },
  { rule: invertedReleases, when: 'sound' },
  { rule: unusedReleases, when: 'sound' },
  { rule: unusedStores, when: 'sound' },
  { rule: unusedReasons, when: 'rendered' },
];

/** Everything that the rules of one moment find in a fleet of hubs and spokes. */
export function* hubProblems(hub: HubSubject, moment: Moment): Generator<Finding> {
  for (const { rule, when } of hubRules) if (when === moment) yield* rule(hub);
}
