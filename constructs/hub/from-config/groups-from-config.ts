import type { ClusterTypeFiles, ConfigFile } from '../../../layers/config-files';
import type { Finding } from '../../../layers/consequences';
import { compare } from '../../../layers/problem';
import { membersName, releasesName, settingsName } from '../../../layers/record';
import { nearest } from '../../../layers/text/nearest';
import { isUsableName, readWithPlaces } from '../../from-config/read-export';
import { setLayerOrigins } from '../../tree/declare-layers';
import { setOrigin } from '../../tree/origin';
import { Component } from '../tree/component';
import { ComponentGroup } from '../tree/component-group';
import type { HubTree } from '../tree/hub-tree';
import { isMemberFile, memberFolders } from './members-from-config';
import { readComponent, readGroup, readReleases } from './read-group';

/** Declares a group, its releases and its components. */
export function declareGroup(fleet: HubTree, files: ClusterTypeFiles, problems: Finding[]): void {
  if (isMisnamed(fleet, files, problems)) return;
  const { name, folder, defaults: file } = files;
  const defaults = file ? readWithPlaces(file, problems, (found) => readGroup(file, found)) : {};
  if (!defaults) fleet.addUnread(name, 'defaults');
  const [releasesFile] = files.apps.filter((app) => app.name === releasesName).sort((a, b) => a.file.length - b.file.length);
  const releases = releasesFile && readWithPlaces(releasesFile, problems, (found) => readReleases(releasesFile, found));
  if (releasesFile && !releases) fleet.addUnread(name, releasesName);
  const group = setOrigin(new ComponentGroup(fleet, name, { ...defaults, releases }), file ?? { file: folder });
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
    } else if (!readWithPlaces(app, problems, (found) => declareComponent(group, app, found))) fleet.addUnread(name, app.name);
  }
}

/** @returns whether there is a construct of it now */
function declareComponent(group: ComponentGroup, file: ConfigFile, problems: Finding[]): boolean {
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
  const config = readComponent(file, problems);
  if (!config || !isUsableName(file.name, part, problems)) return false;
  setLayerOrigins(setOrigin(new Component(group, file.name, config), file));
  return true;
}

/** A folder that is called nearly like one of ours and holds what that would hold is one mistake, and not one for each of its files. */
function isMisnamed(fleet: HubTree, { name, folder, defaults, apps }: ClusterTypeFiles, problems: Finding[]): boolean {
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
