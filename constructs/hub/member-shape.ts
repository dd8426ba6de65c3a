import type { ConfigFile } from '../../layers/config-files';
import type { Problem } from '../../layers/problem';
import { type AnyMap, checkKeys, checkPatches, isExport, type Part, type Shape, withoutWrong } from '../shape';
import { settingKeys } from './member';

/** What every file with layers may have. */
export const layersShape: Shape = { description: 'string', owners: 'strings', overrides: 'map of layers', patches: 'map of patches' };
const memberShape: Shape = { tenant: 'string', environment: 'string', secret: 'string', groups: 'map', components: 'map' };

/** What only spokes say, and why hubs do not. */
const ofSpokes: Readonly<Record<string, string>> = {
  hub: 'a hub is its own; the file of a spoke belongs into the folder spokes',
  model: 'a hub deploys to itself',
  manages: 'a hub deploys all groups to itself',
};

/** What a file of a hub or a spoke exports; its layers are checked with all others. */
export function checkMember({ file, content }: ConfigFile, kind: 'hub' | 'spoke', problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, `a ${kind}: { tenant, environment, secret, … }`, problems)) return undefined;
  const shape: Shape = kind === 'hub' ? memberShape : { ...memberShape, hub: 'string' };
  checkKeys(content, [...Object.keys(shape), ...settingKeys, ...Object.keys(ofSpokes)], part, problems);
  const strange = kind === 'hub' ? Object.keys(ofSpokes).filter((key) => content[key] !== undefined) : [];
  for (const key of strange) {
    problems.push({ code: 'unknown-key', message: `'${key}' is no setting of a hub`, file, place: [key], hint: ofSpokes[key] });
  }
  const member = withoutWrong(Object.fromEntries(Object.entries(content).filter(([key]) => !strange.includes(key))), shape, part, problems);
  const layersOf = (key: 'groups' | 'components'): AnyMap => {
    const map = (member[key] ?? {}) as AnyMap;
    return withoutWrong(map, Object.fromEntries(Object.keys(map).map((name) => [name, 'layer'])), { file, place: [key] }, problems);
  };
  return { ...member, groups: layersOf('groups'), components: layersOf('components') };
}

/** What `members/settings.ts` exports. */
export function checkSettingsFile({ file, content }: ConfigFile, problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, '{ labels, annotations, model, … }', problems)) return undefined;
  return checkLayered(content, layersShape, settingKeys, part, problems);
}

/** A file with a layer of its own at the top, and overrides and patches. @returns what is known of it */
export function checkLayered(content: AnyMap, shape: Shape, layered: readonly string[], part: Part, problems: Problem[]): AnyMap {
  const known = [...Object.keys(shape), ...layered];
  checkKeys(content, known, part, problems);
  const usable = Object.fromEntries(Object.entries(withoutWrong(content, shape, part, problems)).filter(([key]) => known.includes(key)));
  return { ...usable, ...(usable.patches === undefined ? {} : { patches: checkPatches(usable.patches, part, problems) }) };
}
