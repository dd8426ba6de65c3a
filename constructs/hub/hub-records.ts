import type { OutputFile } from '../../layers/output';
import { collapser } from '../../layers/path-set';
import { AppRecorder, membersName } from '../../layers/record';
import { fleetRecordFile, patchPlaces, recordFile } from '../synthesis/record-files';
import type { Deployment } from './render/deployments';
import { settingsIn } from './resolve/resolve-members';
import type { ResolvedHub } from './resolve/resolved-hub';

/** Which members a fleet has, and where what each gets of a component, of a group's releases and of the settings comes from. */
export function* hubRecords({ model, groups, members }: ResolvedHub, deployments: readonly Deployment[]): Generator<OutputFile> {
  const collapse = collapser(model.hierarchy.targets.map(({ path }) => path));
  const placesOf = patchPlaces(model.hierarchy);
  yield fleetRecordFile('hub-and-spoke', model);
  const settings = new AppRecorder();
  for (const { member } of members) settings.add(member.path, member.settings.values, true);
  const settingsApp = settingsIn(model);
  yield recordFile(membersName, settingsApp.construct.name, settings.record(collapse), placesOf(settingsApp));
  const deployed = new Set(deployments.map(({ set, member }) => `${set.group.name}/${set.component.name}/${member.path}`));
  for (const group of groups) {
    const releases = new AppRecorder();
    for (const { member, releaseLayers } of members) {
      const layers = releaseLayers.get(group.name);
      if (layers) releases.add(member.path, layers.values, true);
    }
    yield recordFile(group.name, group.releasesApp.construct.name, releases.record(collapse), placesOf(group.releasesApp));
    for (const { name, app } of group.components) {
      const component = new AppRecorder();
      for (const { member, components } of members) {
        const at = components.get(name);
        if (at) component.add(member.path, at.layers.values, deployed.has(`${group.name}/${name}/${member.path}`), at.variant?.isUninstalled);
      }
      yield recordFile(group.name, name, component.record(collapse), placesOf(app));
    }
  }
}
