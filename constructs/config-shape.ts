import type { ConfigFile } from '../layers/config-files';
import { parseDuration } from '../layers/duration';
import type { Promotion } from '../layers/hierarchy';
import { defaultDimensions, singular } from '../layers/hierarchy';
import { suggestion } from '../layers/nearest';
import { describe, isMap } from '../layers/plain-data';
import type { Problem } from '../layers/problem';
import type { ClusterTypeConfig } from './app-config';
import { rootKeys } from './fleet-app';
import { type AnyMap, checkKeys, checkPatches, isExport, isUsableName, type Part, type Shape, withoutWrong } from './shape';

const settings: Shape = {
  repository: 'string',
  revision: 'string',
  path: 'string',
  labelPrefix: 'string',
  adopted: 'boolean',
  promotionLevel: 'string',
  dimensions: 'list',
};
const clusterTypeShape: Shape = { description: 'string', paths: 'strings', applications: 'layer', applicationSets: 'layer', customize: 'function' };
const appShape: Shape = { description: 'string', owners: 'strings', overrides: 'map of layers', patches: 'map of patches', workloads: 'function' };
const rootShape: Shape = { clusterType: 'string', applications: 'string', inject: 'map' };
const groupShape: Shape = { description: 'string', owners: 'strings', overrides: 'map of layers', patches: 'map of patches', apps: 'map' };
const appKinds = ['Application', 'ApplicationSet', 'RootApplicationSet'];

/** What `fleet.ts` exports, its settings checked; the levels of the hierarchy are checked node by node. */
export function checkFleet({ file, content }: ConfigFile, problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, 'what `defineFleet({ … })` returns', problems)) return undefined;
  const usable = withoutWrong(content, settings, part, problems);
  if (content.repository === undefined) {
    problems.push({
      code: 'missing-field',
      message: "the fleet needs 'repository'",
      file,
      place: [],
      expected: 'the Git repository of dist/, as Argo CD reaches it',
    });
  }
  const dimensions = dimensionsOf(content, part, problems);
  if (!dimensions) return undefined;
  checkKeys(content, [...Object.keys(settings), dimensions[0] ?? ''], part, problems);
  // What cannot be used is left out, so that everything else is still looked at.
  return { repository: '', ...usable };
}

/** The outermost dimension's plural first; `undefined` where they cannot be used. */
function dimensionsOf(content: AnyMap, part: Part, problems: Problem[]): readonly string[] | undefined {
  const { dimensions } = content;
  if (dimensions === undefined) return defaultDimensions.map(({ plural }) => plural);
  if (!Array.isArray(dimensions)) return undefined;
  const plurals = dimensions.map((dimension) => (isMap(dimension) ? dimension.plural : dimension));
  const isReadable = plurals.every((plural) => typeof plural === 'string' && singular(plural) !== '');
  const isTold = dimensions.every((dimension) => !isMap(dimension) || typeof dimension.singular === 'string');
  if (plurals.length > 0 && isReadable && isTold) return plurals as readonly string[];
  problems.push({
    code: 'invalid-dimension',
    message: 'the dimensions cannot be read',
    file: part.file,
    place: ['dimensions'],
    expected: "at least one word in the plural, such as ['environments', 'sectors', 'regions']",
    found: dimensions.length === 0 ? 'an empty list' : describe(dimensions.find((dimension) => typeof dimension !== 'string')),
  });
  return undefined;
}

/** A node of the hierarchy. @param next the plural of the dimension below it; absent at the innermost */
export function checkNode(
  item: unknown,
  next: string | undefined,
  part: Part,
  problems: Problem[],
): (AnyMap & { readonly name: string; readonly promotion?: Promotion; readonly soak?: string }) | undefined {
  // A plain name has nothing below it; where more levels follow, that is reported where empty nodes are.
  if (typeof item === 'string') return isUsableName(item, part, problems) ? { name: item } : undefined;
  const expected = next === undefined ? 'a name, or { name, promotion }' : `{ name, promotion, ${next} }`;
  if (!isMap(item) || typeof item.name !== 'string') {
    problems.push({
      code: 'config-shape',
      message: 'a node of the hierarchy cannot be read',
      ...part,
      expected,
      found: isMap(item) ? 'a map without a name' : describe(item),
    });
    return undefined;
  }
  if (!isUsableName(item.name, part, problems)) return undefined;
  checkKeys(item, ['name', 'promotion', 'soak', ...(next === undefined ? [] : [next])], part, problems);
  if (item.promotion !== undefined && item.promotion !== 'manual' && item.promotion !== 'automated') {
    problems.push({
      code: 'wrong-type',
      message: `the gate of '${item.name}' cannot be read`,
      file: part.file,
      place: [...part.place, 'promotion'],
      expected: "'manual' or 'automated'",
      found: describe(item.promotion),
    });
  }
  if (item.soak !== undefined && (typeof item.soak !== 'string' || parseDuration(item.soak) === undefined)) {
    problems.push({
      code: 'wrong-type',
      message: `the soak time of '${item.name}' cannot be read`,
      file: part.file,
      place: [...part.place, 'soak'],
      expected: "a duration such as '24h', '90m' or '7d'",
      found: describe(item.soak),
    });
    return { ...item, soak: undefined } as never;
  }
  return item as AnyMap & { readonly name: string; readonly promotion?: Promotion; readonly soak?: string };
}

/** What `defaults.ts` exports. */
export function checkClusterType({ file, content }: ConfigFile, problems: Problem[]): ClusterTypeConfig | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, '{ applications, applicationSets, paths }', problems)) return undefined;
  checkKeys(content, Object.keys(clusterTypeShape), part, problems);
  return withoutWrong(content, clusterTypeShape, part, problems);
}

/** What an app's file exports, with everything left out that has the wrong shape. */
export function checkApp({ file, content }: ConfigFile, problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, 'an app: { source, destination, … }, or { apps: { … } }', problems)) return undefined;
  if ('apps' in content) {
    checkKeys(content, Object.keys(groupShape), part, problems);
    const group = withoutWrong(content, groupShape, part, problems);
    if (!isMap(group.apps)) return undefined;
    const apps = Object.entries(group.apps).flatMap(([name, member]) => {
      const memberPart = { file, place: ['apps', name] };
      if (!isUsableName(name, memberPart, problems)) return [];
      if (!isExport(member, memberPart, 'an app: { source, destination, … }', problems)) return [];
      for (const key of ['overrides', 'patches', 'apps']) {
        if (!(key in member)) continue;
        problems.push({
          code: 'unknown-key',
          message: `'${key}' stands in one of several apps`,
          file,
          place: [...memberPart.place, key],
          hint: `apps of one file share them: move it beside 'apps', as a map by the app's name`,
        });
      }
      const { overrides, patches, apps: _, ...rest } = member;
      const checked = checkKind(rest, memberPart, ['Application', 'ApplicationSet'], problems);
      return [[name, withoutWrong(checked, appShape, memberPart, problems)]];
    });
    return { ...group, patches: checkPatches(group.patches, part, problems), apps: Object.fromEntries(apps) };
  }
  const checked = checkKind(content, part, appKinds, problems);
  const isRoot = checked.kind === 'RootApplicationSet';
  const app = withoutWrong(checked, isRoot ? { ...appShape, ...rootShape } : appShape, part, problems);
  if (isRoot && !checkRoot(app, part, problems)) return undefined;
  return { ...app, ...(app.patches === undefined ? {} : { patches: checkPatches(app.patches, part, problems) }) };
}

function checkRoot(app: AnyMap, part: Part, problems: Problem[]): boolean {
  if (app.clusterType === undefined) {
    problems.push({ code: 'missing-field', message: "a root needs 'clusterType'", ...part, expected: 'the name of the cluster type that it deploys' });
    return false;
  }
  if (app.applications !== undefined && app.applications !== 'cluster' && app.applications !== 'controlPlane') {
    problems.push({
      code: 'wrong-type',
      message: 'where the Applications live cannot be read',
      file: part.file,
      place: [...part.place, 'applications'],
      expected: "'cluster' or 'controlPlane'",
      found: describe(app.applications),
    });
    return false;
  }
  const inject = Object.entries((app.inject ?? {}) as AnyMap);
  for (const [key, value] of inject) {
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && typeof value === 'string') continue;
    problems.push({
      code: 'wrong-type',
      message: `'${key}' cannot be injected`,
      file: part.file,
      place: [...part.place, 'inject', key],
      expected: 'a key of letters, digits and underscores, and a Go template expression as a string',
      found: describe(value),
    });
  }
  return true;
}

function checkKind(content: AnyMap, part: Part, kinds: readonly string[], problems: Problem[]): AnyMap {
  const { kind, ...rest } = content;
  if (kind === undefined || kinds.includes(kind as string)) {
    const misplaced = kind === 'RootApplicationSet' ? undefined : rootKeys.find((key) => key in content);
    if (misplaced === undefined) return content;
    problems.push({
      code: 'unknown-key',
      message: `'${misplaced}' belongs to a root`,
      file: part.file,
      place: [...part.place, misplaced],
      hint: "write `kind: 'RootApplicationSet'`, or remove it",
    });
    return Object.fromEntries(Object.entries(content).filter(([key]) => !rootKeys.includes(key)));
  }
  problems.push({
    code: 'config-shape',
    message: 'the kind of the app is not known',
    file: part.file,
    place: [...part.place, 'kind'],
    expected: kinds.join(', '),
    found: describe(kind),
    hint: typeof kind === 'string' ? suggestion(kind, kinds, 'kinds') : undefined,
  });
  return rest;
}
