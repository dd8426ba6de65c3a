import type { ClusterTypeFiles, ConfigFile } from '../../layers/config-files';
import { suggestion } from '../../layers/nearest';
import { isMap } from '../../layers/plain-data';
import { compare, type Problem } from '../../layers/problem';
import { setOrigin } from '../origin';
import { type AnyMap, isUsableName, looked } from '../shape';
import type { HubFleet } from './hub-fleet';
import { Hub, type HubProps, Spoke, type SpokeProps } from './member';
import { checkMember } from './member-shape';
import type { Tenants } from './tenants-from-config';
import { isMisspelt } from './value-problem';

/** The folders that hold members, and what each holds. */
export const memberFolders = { hubs: 'hub', spokes: 'spoke' } as const;

type Folder = keyof typeof memberFolders;

/** Whether a file says what only clusters say. */
export function isMemberFile({ content }: ConfigFile): boolean {
  return isMap(content) && 'tenant' in content && ('environment' in content || 'secret' in content);
}

/** Declares hubs and spokes, whichever folder comes first: within an environment, clusters follow one another by name. */
export function declareMembers(fleet: HubFleet, folders: readonly ClusterTypeFiles[], tenants: Tenants, problems: Problem[]): void {
  const files = folders.flatMap(({ name, defaults, apps }) => {
    if (!(name in memberFolders)) return [];
    return [...(defaults ? [defaults] : []), ...apps].map((file) => ({ folder: name as Folder, file }));
  });
  const seen = new Map<string, string>();
  for (const { folder, file } of files.sort((a, b) => compare(a.file.name, b.file.name) || compare(a.file.file, b.file.file))) {
    const twin = seen.get(file.name.toLowerCase());
    if (twin === undefined) {
      seen.set(file.name.toLowerCase(), file.file);
      if (!looked(file, problems, (found) => declareMember(fleet, folder, file, tenants, found))) fleet.addUnread(folder, file.name);
      continue;
    }
    fleet.addUnread(folder, file.name);
    problems.push({
      code: 'duplicate-name',
      message: `two clusters are called '${file.name}'`,
      file: file.file,
      place: [],
      found: `another one in ${twin}`,
      hint: 'Applications and folders are called after their cluster: rename or remove one of the two',
    });
  }
}

/** @returns whether there is a construct of it now */
function declareMember(fleet: HubFleet, folder: Folder, file: ConfigFile, tenants: Tenants, problems: Problem[]): boolean {
  const kind = memberFolders[folder];
  const { content } = file;
  if (isMap(content) && !('tenant' in content) && ('chart' in content || 'repoURL' in content)) {
    problems.push({
      code: 'config-misplaced',
      message: `'${file.name}' is a component, and no ${kind}`,
      file: file.file,
      place: [],
      expected: 'a file in the folder of its group, such as addons',
    });
    return false;
  }
  const config = checkMember(file, kind, problems);
  if (!config || !isUsableName(file.name, { file: file.file, place: [] }, problems)) return false;
  const { tenant, environment, ...props } = config;
  for (const key of ['tenant', 'environment']) {
    if ((content as AnyMap)[key] !== undefined || isMisspelt(problems, [key])) continue;
    problems.push({
      code: 'missing-field',
      message: `the cluster '${file.name}' needs '${key}'`,
      file: file.file,
      place: [],
      expected: 'one that fleet.ts lists',
    });
  }
  if (typeof tenant !== 'string' || typeof environment !== 'string') return false;
  const node = tenants.get(tenant)?.get(environment);
  if (!node) {
    if (!fleet.isUnread('tenants')) problems.push(unknownPlace(file, tenants, tenant, environment));
    return false;
  }
  const member = kind === 'hub' ? new Hub(node, file.name, props as unknown as HubProps) : new Spoke(node, file.name, props as unknown as SpokeProps);
  setOrigin(member, file);
  return true;
}

function unknownPlace({ file }: ConfigFile, tenants: Tenants, tenant: string, environment: string): Problem {
  const environments = tenants.get(tenant);
  if (!environments) {
    const hint = suggestion(tenant, tenants.keys(), 'tenants');
    return { code: 'unknown-path', message: `the fleet has no tenant '${tenant}'`, file, place: ['tenant'], hint };
  }
  return {
    code: 'unknown-path',
    message: `the tenant '${tenant}' has no environment '${environment}'`,
    file,
    place: ['environment'],
    hint: suggestion(environment, environments.keys(), 'environments'),
  };
}
