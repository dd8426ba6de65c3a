import type { ClusterTypeFiles, ConfigFile } from '../../layers/config-files';
import { nearest } from '../../layers/nearest';
import { compare, type Problem } from '../../layers/problem';
import { setLayerOrigins } from '../declare-layers';
import { setOrigin } from '../origin';
import { isUsableName, looked } from '../shape';
import { Component, type ComponentProps } from './component';
import { ComponentGroup, type ComponentGroupProps, releasesName } from './component-group';
import { checkComponent, checkGroup, checkReleases } from './group-shape';
import type { ReleasesConfig } from './hub-config';
import type { HubFleet } from './hub-fleet';
import { membersName, settingsName } from './member-settings';
import { isMemberFile, memberFolders } from './members-from-config';

/** Declares a group, its releases and its components. */
export function declareGroup(fleet: HubFleet, files: ClusterTypeFiles, problems: Problem[]): void {
  if (isMisnamed(fleet, files, problems)) return;
  const { name, folder, defaults: file } = files;
  const defaults = file ? looked(file, problems, (found) => checkGroup(file, found)) : {};
  if (!defaults) fleet.addUnread(name, 'defaults');
  const [releasesFile] = files.apps.filter((app) => app.name === releasesName).sort((a, b) => a.file.length - b.file.length);
  const releases = releasesFile && looked(releasesFile, problems, (found) => checkReleases(releasesFile, found));
  if (releasesFile && !releases) fleet.addUnread(name, releasesName);
  const props = { ...defaults, releases: releases as ReleasesConfig | undefined } as ComponentGroupProps;
  const group = setOrigin(new ComponentGroup(fleet, name, props), file ?? { file: folder });
  setLayerOrigins(setOrigin(group.releases, releasesFile ?? { file: folder }));
  const seen = new Map<string, string>(releasesFile ? [[releasesName, releasesFile.file]] : []);
  for (const app of [...files.apps].sort((a, b) => compare(a.file, b.file))) {
    if (app === releasesFile) continue;
    const twin = seen.get(app.name);
    seen.set(app.name, twin ?? app.file);
    if (twin !== undefined) {
      problems.push({
        code: 'duplicate-name',
        message: `the group '${name}' has two files called '${app.name}'`,
        file: app.file,
        place: [],
        found: `another one in ${twin}`,
        hint: 'rename or remove one of them',
      });
    } else if (!looked(app, problems, (found) => declareComponent(group, app, found))) fleet.addUnread(name, app.name);
  }
}

/** @returns whether there is a construct of it now */
function declareComponent(group: ComponentGroup, file: ConfigFile, problems: Problem[]): boolean {
  const part = { file: file.file, place: [] };
  if (isMemberFile(file)) {
    problems.push({
      code: 'config-misplaced',
      message: `'${file.name}' is a cluster, and no component of ${group.name}`,
      ...part,
      expected: 'a file in the folder hubs or spokes',
    });
    return false;
  }
  const config = checkComponent(file, problems);
  if (!config || !isUsableName(file.name, part, problems)) return false;
  setLayerOrigins(setOrigin(new Component(group, file.name, config as unknown as ComponentProps), file));
  return true;
}

/** A folder that is called nearly like one of ours and holds what that would hold is one mistake, and not one for each of its files. */
function isMisnamed(fleet: HubFleet, { name, folder, defaults, apps }: ClusterTypeFiles, problems: Problem[]): boolean {
  const near = nearest(name, [...Object.keys(memberFolders), membersName]);
  const files = [...(defaults ? [defaults] : []), ...apps];
  const isOurs = near === membersName ? files.every((file) => file.name === settingsName) : files.every(isMemberFile);
  if (near === undefined || files.length === 0 || !isOurs) return false;
  problems.push({
    code: 'config-misplaced',
    message: `the folder '${name}' would be a group of components`,
    file: folder,
    place: [],
    expected: `${Object.keys(memberFolders).join(', ')} or ${membersName}, for what lies in it`,
    hint: `did you mean '${near}'?`,
  });
  for (const file of files) fleet.addUnread(near, file.name);
  return true;
}
