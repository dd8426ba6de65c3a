import type { ConfigFile, ConfigFiles } from '../../../layers/config-files';
import type { Finding } from '../../../layers/consequences';
import { FleetError } from '../../../layers/problem';
import { membersName, settingsName } from '../../../layers/record';
import { nearest } from '../../../layers/text/nearest';
import { declareExemptions } from '../../from-config/exemptions-from-config';
import { readWithPlaces } from '../../from-config/read-export';
import { declareRules } from '../../from-config/rules-from-config';
import { setLayerOrigins } from '../../tree/declare-layers';
import { setOrigin } from '../../tree/origin';
import type { HubFleetProps, HubTree } from '../tree/hub-tree';
import { declareGroup } from './groups-from-config';
import { declareMembers, memberFolders } from './members-from-config';
import { readHubFleet } from './read-hub-fleet';
import { readMemberSettings } from './read-member';
import { declareTenants } from './tenants-from-config';

/**
 * Declares the constructs that configuration files of a fleet of hubs and spokes stand for.
 *
 * @param config with its contents read
 * @param create makes the root of the tree
 * @throws FleetError where `fleet.ts` says too little to build a fleet on
 */
export function hubTreeFromConfig<Tree extends HubTree>(config: ConfigFiles, create: (props: HubFleetProps) => Tree): Tree {
  const problems: Finding[] = [...config.problems];
  const file = config.fleet as ConfigFile;
  const settings = readWithPlaces(file, problems, (found) => readHubFleet(file, found));
  if (!settings) throw new FleetError(problems);
  const settingsFile = memberSettings(config, problems);
  const own = settingsFile && readWithPlaces(settingsFile, problems, (found) => readMemberSettings(settingsFile, found));
  const fleet = setOrigin(create({ ...settings, settings: own }), file);
  // What nobody says would stand in a file that is not there yet.
  setLayerOrigins(setOrigin(fleet.settings, settingsFile ?? { file: `${config.folder}/${membersName}/${settingsName}.ts` }));
  const isMissing = !settingsFile && !config.clusterTypes.some(({ name }) => name === membersName);
  if (!own && !isMissing) fleet.addUnread(membersName, settingsName);
  for (const { name, unread = [] } of config.clusterTypes) for (const one of unread) fleet.addUnread(name, one);
  const tenants = readWithPlaces(file, problems, (found) => declareTenants(fleet, file, found));
  declareMembers(fleet, config.clusterTypes, tenants, problems);
  for (const folder of config.clusterTypes) {
    if (folder.name !== membersName && !(folder.name in memberFolders)) declareGroup(fleet, folder, problems);
  }
  declareExemptions(fleet, config, problems);
  declareRules(fleet, config, problems);
  fleet.addProblems(problems);
  return fleet;
}

function memberSettings({ clusterTypes }: ConfigFiles, problems: Finding[]): ConfigFile | undefined {
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
