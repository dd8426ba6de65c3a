import type { ConfigFile, ConfigFiles } from '../../layers/config-files';
import { nearest } from '../../layers/nearest';
import { FleetError, type Problem } from '../../layers/problem';
import { setLayerOrigins } from '../declare-layers';
import { setOrigin } from '../origin';
import { looked } from '../shape';
import { declareGroup } from './groups-from-config';
import type { MemberSettingsConfig } from './hub-config';
import { HubFleet, type HubFleetProps } from './hub-fleet';
import { checkHubSettings } from './hub-shape';
import { membersName, settingsName } from './member-settings';
import { checkSettingsFile } from './member-shape';
import { declareMembers, memberFolders } from './members-from-config';
import { declareTenants } from './tenants-from-config';

/**
 * Declares the constructs that configuration files of a fleet of hubs and spokes stand for.
 *
 * @throws FleetError where `fleet.ts` says too little to build a fleet on
 */
export function hubFleetFromConfig(config: ConfigFiles): HubFleet {
  const problems: Problem[] = [...config.problems];
  const file = config.fleet as ConfigFile;
  const settings = looked(file, problems, (found) => checkHubSettings(file, found));
  if (!settings) throw new FleetError(problems);
  const settingsFile = memberSettings(config, problems);
  const own = settingsFile && looked(settingsFile, problems, (found) => checkSettingsFile(settingsFile, found));
  const fleet = setOrigin(new HubFleet({ ...settings, settings: own as MemberSettingsConfig | undefined } as unknown as HubFleetProps), file);
  // What nobody says would stand in a file that is not there yet.
  setLayerOrigins(setOrigin(fleet.settings, settingsFile ?? { file: `${config.folder}/${membersName}/${settingsName}.ts` }));
  const isMissing = !settingsFile && !config.clusterTypes.some(({ name }) => name === membersName);
  if (!own && !isMissing) fleet.addUnread(membersName, settingsName);
  for (const { name, unread = [] } of config.clusterTypes) for (const one of unread) fleet.addUnread(name, one);
  const tenants = looked(file, problems, (found) => declareTenants(fleet, file, found));
  declareMembers(fleet, config.clusterTypes, tenants, problems);
  for (const folder of config.clusterTypes) {
    if (folder.name !== membersName && !(folder.name in memberFolders)) declareGroup(fleet, folder, problems);
  }
  fleet.addProblems(problems);
  return fleet;
}

function memberSettings({ clusterTypes }: ConfigFiles, problems: Problem[]): ConfigFile | undefined {
  const folder = clusterTypes.find(({ name }) => name === membersName);
  const files = folder ? [...(folder.defaults ? [folder.defaults] : []), ...folder.apps] : [];
  const settings = files.find(({ name }) => name === settingsName);
  for (const { file, name } of files) {
    if (file === settings?.file) continue;
    problems.push({
      code: 'config-misplaced',
      message: name === settingsName ? 'a second file of member settings' : `'${name}' is no file of the member settings`,
      file,
      expected: `${membersName}/${settingsName}.ts and no other; clusters are files in hubs and spokes`,
      ...(settings || nearest(settingsName, [name]) === undefined ? {} : { hint: `did you mean '${settingsName}'? rename it` }),
    });
  }
  return settings;
}
