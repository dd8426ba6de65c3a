import type { Finding } from '../../../../layers/consequences';
import type { Branch } from '../../../../layers/node';
import { membersName } from '../../../../layers/record';
import type { Resolved } from '../../../../layers/resolver';
import { layersAnywhere } from '../../../resolve/layers-anywhere';
import { settingsIn } from '../../resolve/resolve-members';
import type { HubTree } from '../../tree/hub-tree';
import type { HubSubject } from '../hub-rule';
import { valueProblem } from '../value-problem';
import { deploymentModels } from './deployment-models';
import { groupsOfSpokes } from './groups-of-spokes';
import { handwrittenLabels } from './handwritten-labels';
import { homeSettings } from './home-settings';
import { labelTexts } from './label-texts';
import { registrationNames, registrationSettings } from './registration-settings';
import { repositorySettings } from './repository-settings';
import { secretStoreSettings } from './secret-store-settings';
import { settingNames } from './setting-names';
import type { SettingRule } from './setting-rule';
import { settingTemplates } from './setting-templates';
import { settingTypes } from './setting-types';

/** What may be wrong with a layer of settings, whatever other layers say. */
const rulesOfLayers: readonly SettingRule[] = [
  settingNames,
  settingTypes,
  labelTexts,
  handwrittenLabels,
  deploymentModels,
  groupsOfSpokes,
  settingTemplates,
  registrationNames,
  homeSettings,
];

/** What several layers may say together: the parts of it need not be complete. */
const rulesOfAll: readonly SettingRule[] = [repositorySettings, secretStoreSettings, registrationSettings];

/** What is wrong with the settings of members, all layers merged, and with layers wherever they may apply one day: a patch that sits nowhere is one of them. */
export function* settingsOfMembers({ fleet, declared, members }: HubSubject): Generator<Finding> {
  // Members with the same layers have the same settings, and the same mistakes.
  const known = new Map<Resolved, readonly Finding[]>();
  for (const { member } of members) {
    const { settings, path } = member;
    const findings = known.get(settings) ?? findingsOnAll(fleet, settings);
    known.set(settings, findings);
    for (const finding of findings) yield { ...finding, target: `${membersName}/${path}` };
  }
  for (const layer of layersAnywhere(settingsIn(declared))) {
    if (layer.isStatic) yield* findingsOf(fleet, layer.at({ path: '' }).values, rulesOfLayers);
  }
}

function findingsOnAll(fleet: HubTree, { values, problems }: Resolved): readonly Finding[] {
  // What a function that threw would have said is missing: that is one mistake.
  const rules = problems.length > 0 ? rulesOfLayers : [...rulesOfLayers, ...rulesOfAll];
  return [...problems, ...findingsOf(fleet, values, rules)];
}

function findingsOf(fleet: HubTree, values: Branch, rules: readonly SettingRule[]): readonly Finding[] {
  return rules.flatMap((rule) =>
    [...rule({ fleet, values })].map(({ path, code, message, ...rest }) => valueProblem(fleet.settings, values, path, code, message, rest)),
  );
}
