import type { ConfigFile } from '../../layers/config-files';
import type { Finding } from '../../layers/consequences';
import { describe } from '../../layers/plain-data';
import { appShape, appsShape, rootShape, sharedKeys } from '../../layers/shape/app-shape';
import type { AnyMap } from '../../layers/shape/read';
import { type Part, readFields } from '../../layers/shape/read-fields';
import { without } from '../../layers/shape/shape';
import { nearest, suggestion } from '../../layers/text/nearest';
import type { FleetAppConfig, FleetAppsConfig, MemberConfig, RootConfig } from '../tree/config/app-config';
import { isExport, isUsableName } from './read-export';

const rootKeys: readonly string[] = Object.keys(rootShape);
const appKinds: readonly string[] = appShape.kind.words;
const memberKinds = appKinds.filter((kind) => kind !== 'RootApplicationSet');
const memberShape = without(appShape, 'overrides', 'patches');

/** What an app's file exports, with everything left out that has the wrong shape. */
export function readApp({ file, content }: ConfigFile, problems: Finding[]): FleetAppConfig | FleetAppsConfig | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, 'an app: { source, destination, … }, or { apps: { … } }', problems)) return undefined;
  if ('apps' in content) return readApps(content, part, problems);
  const app = readKind(content, part, appKinds, problems);
  if (app.kind === 'RootApplicationSet') return readRoot(app, part, problems);
  // Its fields are checked with all layers.
  return readFields(app, appShape, { ...part, noun: 'the app', isOpen: true }, problems) as FleetAppConfig;
}

function readApps(content: AnyMap, part: Part, problems: Finding[]): FleetAppsConfig | undefined {
  const { apps, ...group } = readFields(content, appsShape, { ...part, noun: 'the file' }, problems);
  if (!apps) return undefined;
  const members = Object.entries(apps).flatMap(([name, member]) => {
    const read = readMember(name, member, { file: part.file, place: ['apps', name] }, problems);
    return read ? [[name, read] as const] : [];
  });
  return { ...group, apps: Object.fromEntries(members) } as FleetAppsConfig;
}

function readMember(name: string, member: unknown, part: Part, problems: Finding[]): MemberConfig | undefined {
  if (!isUsableName(name, part, problems)) return undefined;
  if (!isExport(member, part, 'an app: { source, destination, … }', problems)) return undefined;
  for (const key of sharedKeys) {
    if (!(key in member)) continue;
    problems.push({
      code: 'unknown-key',
      message: `'${key}' stands in one of several apps`,
      file: part.file,
      place: [...part.place, key],
      hint: `apps of one file share them: move it beside 'apps', as a map by the app's name`,
    });
  }
  const { overrides, patches, apps, ...rest } = member;
  const app = readKind(rest, part, memberKinds, problems);
  return readFields(app, memberShape, { ...part, noun: 'the app', isOpen: true }, problems) as MemberConfig;
}

function readRoot(content: AnyMap, part: Part, problems: Finding[]): RootConfig | undefined {
  const root = readFields(content, { ...appShape, ...rootShape }, { ...part, noun: 'a root', isOpen: true }, problems);
  if (root.clusterType === undefined) return undefined;
  // With another word there would be another root.
  if (root.applications === undefined && typeof content.applications === 'string') return undefined;
  for (const [key, value] of Object.entries(root.inject ?? {})) {
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
  return root as RootConfig;
}

/** The content with a kind that it can have, and without what another kind would say. */
function readKind(content: AnyMap, part: Part, kinds: readonly string[], problems: Finding[]): AnyMap {
  const { kind, ...rest } = content;
  if (kind === undefined || kinds.includes(kind as string)) {
    const misplaced = kind === 'RootApplicationSet' ? undefined : rootKeys.find((key) => key in content);
    const isIdle = kind === 'AppProject' && content.workloads !== undefined;
    if (misplaced !== undefined) {
      const hint = "write `kind: 'RootApplicationSet'`, or remove it";
      problems.push({ code: 'unknown-key', message: `'${misplaced}' belongs to a root`, file: part.file, place: [...part.place, misplaced], hint });
    }
    if (isIdle) {
      const hint = 'an AppProject deploys nothing: write them in an app of their own';
      problems.push({ code: 'unknown-key', message: "'workloads' belongs to an Application", file: part.file, place: [...part.place, 'workloads'], hint });
    }
    if (misplaced === undefined && !isIdle) return content;
    return Object.fromEntries(
      Object.entries(content).filter(([key]) => (misplaced === undefined || !rootKeys.includes(key)) && !(isIdle && key === 'workloads')),
    );
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
  // Its fields are those of the kind that was meant.
  const meant = typeof kind === 'string' ? nearest(kind, kinds) : undefined;
  return meant === undefined ? rest : { ...rest, kind: meant };
}
