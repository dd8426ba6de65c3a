import type { ConfigFile } from '../../layers/config-files';
import type { Problem } from '../../layers/problem';
import { type AnyMap, checkKeys, checkPatches, isExport, type Part, type Shape, withoutWrong } from '../shape';
import { componentFieldKeys } from './component';
import { settingKeys } from './member';

const layers: Shape = { description: 'string', owners: 'strings', overrides: 'map of layers', patches: 'map of patches' };
const fleetShape: Shape = {
  topology: 'string',
  repository: 'string',
  revision: 'string',
  path: 'string',
  labelPrefix: 'string',
  promotionLevel: 'string',
  platformNamespace: 'string',
  labelNames: 'map',
  notSecret: 'map',
  tenants: 'list',
};
const memberShape: Shape = { tenant: 'string', environment: 'string', secret: 'string', groups: 'map of layers', components: 'map of layers' };
const groupShape: Shape = { description: 'string', owners: 'strings', repoURL: 'string', namespace: 'string', syncPolicy: 'map', bootstrap: 'map' };
const componentShape: Shape = {
  ...layers,
  repoURL: 'string',
  chart: 'string',
  path: 'string',
  version: 'string',
  namespace: 'string',
  syncPolicy: 'map',
  ignoreDifferences: 'list',
  extraSources: 'list',
  helm: 'map',
  project: 'string',
  selector: 'map',
  applicationName: 'string',
};

/** What `fleet.ts` exports, without the tenants. */
export function checkHubSettings({ file, content }: ConfigFile, problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, 'what `defineHubFleet({ … })` returns', problems)) return undefined;
  checkKeys(content, Object.keys(fleetShape), part, problems);
  const { topology: _, tenants: __, ...usable } = withoutWrong(content, fleetShape, part, problems);
  if (content.repository === undefined) {
    problems.push({
      code: 'missing-field',
      message: "the fleet needs 'repository'",
      file,
      place: [],
      expected: 'the Git repository of dist/, as Argo CD reaches it',
    });
  }
  const { labelNames = {}, notSecret = {} } = usable;
  checkKeys(labelNames as AnyMap, labelKeys, { file, place: ['labelNames'] }, problems);
  const names = stringsOnly(labelNames as AnyMap, { file, place: ['labelNames'] }, problems);
  return { repository: '', ...usable, labelNames: names, notSecret: stringsOnly(notSecret as AnyMap, { file, place: ['notSecret'] }, problems) };
}

const labelKeys = ['member', 'tenant', 'environment', 'enable', 'release', 'remoteArgo', 'remoteGroup'];

function stringsOnly(map: AnyMap, part: Part, problems: Problem[]): AnyMap {
  return withoutWrong(map, Object.fromEntries(Object.keys(map).map((key) => [key, 'string'])), part, problems);
}

/** What a file of a hub or a spoke exports; its layers are checked with all others. */
export function checkMember({ file, content }: ConfigFile, kind: 'hub' | 'spoke', problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, `a ${kind}: { tenant, environment, secret, … }`, problems)) return undefined;
  const settings = kind === 'hub' ? settingKeys.filter((key) => key !== 'model' && key !== 'manages') : settingKeys;
  const shape: Shape = kind === 'hub' ? memberShape : { ...memberShape, hub: 'string' };
  checkKeys(content, [...Object.keys(shape), ...settings], part, problems);
  const member = withoutWrong(content, shape, part, problems);
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
  return checkLayered(content, layers, settingKeys, part, problems);
}

/** What a group's `defaults.ts` exports. */
export function checkGroup({ file, content }: ConfigFile, problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, '{ namespace, syncPolicy, bootstrap }', problems)) return undefined;
  checkKeys(content, Object.keys(groupShape), part, problems);
  const group = withoutWrong(content, groupShape, part, problems);
  if (group.bootstrap === undefined) return group;
  const shape: Shape = { argoCD: 'string', externalSecrets: 'string' };
  const here = { file, place: ['bootstrap'] };
  checkKeys(group.bootstrap as AnyMap, Object.keys(shape), here, problems);
  const bootstrap = withoutWrong(group.bootstrap as AnyMap, shape, here, problems);
  const missing = Object.keys(shape).filter((key) => (group.bootstrap as AnyMap)[key] === undefined);
  for (const key of missing) {
    problems.push({ code: 'missing-field', message: `the bootstrap group needs '${key}'`, ...here, expected: 'the name of the component that it is' });
  }
  return { ...group, bootstrap: Object.keys(bootstrap).length === 2 ? bootstrap : undefined };
}

/** What a group's `releases.ts` exports. */
export function checkReleases({ file, content }: ConfigFile, problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, '{ releases: { default: { … } }, release }', problems)) return undefined;
  const config = checkLayered(content, { ...layers, releases: 'map' }, ['release'], part, problems);
  if (config.releases === undefined) {
    if (content.releases === undefined) {
      problems.push({ code: 'missing-field', message: "the file needs 'releases'", ...part, expected: 'a map of releases by name: { default: { … } }' });
    }
    return { ...config, releases: { default: {} } };
  }
  const releases = config.releases as AnyMap;
  const shapes = withoutWrong(releases, Object.fromEntries(Object.keys(releases).map((name) => [name, 'map'])), { file, place: ['releases'] }, problems);
  return {
    ...config,
    releases: Object.fromEntries(Object.entries(shapes).map(([name, release]) => [name, checkRelease(release as AnyMap, name, file, problems)])),
  };
}

function checkRelease(release: AnyMap, name: string, file: string, problems: Problem[]): AnyMap {
  const part = { file, place: ['releases', name] };
  if (!releaseName.test(name)) {
    problems.push({
      code: 'invalid-name',
      message: `'${name}' cannot name a release: it is the value of a label`,
      ...part,
      expected: "at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit",
    });
  }
  const shape: Shape = { description: 'string', version: 'string', components: 'map' };
  checkKeys(release, Object.keys(shape), part, problems);
  const usable = withoutWrong(release, shape, part, problems);
  const pins = Object.entries((usable.components ?? {}) as AnyMap).flatMap(([component, pin]) => {
    const here = { file, place: [...part.place, 'components', component] };
    if (typeof pin === 'string') return [[component, pin]];
    if (!isExport(pin, here, 'a version, or { version, chart, namespace, … }', problems)) return [];
    checkKeys(pin, componentFieldKeys, here, problems);
    const fields = Object.fromEntries(Object.entries(componentShape).filter(([key]) => (componentFieldKeys as readonly string[]).includes(key)));
    return [[component, withoutWrong(pin, fields, here, problems)]];
  });
  return { ...usable, components: Object.fromEntries(pins) };
}

/** The value of a label: kubernetes.io/docs/concepts/overview/working-with-objects/labels. */
const releaseName = /^(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** What a component's file exports. */
export function checkComponent({ file, content }: ConfigFile, problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, 'a component: { repoURL, chart, version, … }', problems)) return undefined;
  return checkLayered(content, componentShape, ['enabled', 'values'], part, problems);
}

/** A file with a layer of its own at the top, and overrides and patches. */
function checkLayered(content: AnyMap, shape: Shape, layered: readonly string[], part: Part, problems: Problem[]): AnyMap {
  checkKeys(content, [...Object.keys(shape), ...layered], part, problems);
  const usable = withoutWrong(content, shape, part, problems);
  return { ...usable, ...(usable.patches === undefined ? {} : { patches: checkPatches(usable.patches, part, problems) }) };
}
