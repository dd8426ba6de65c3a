import type { ClusterTypeFiles, ConfigFile } from '../../../layers/config-files';
import { type Finding, unread } from '../../../layers/consequences';
import { isMap } from '../../../layers/plain-data';
import { compare } from '../../../layers/problem';
import { suggestion } from '../../../layers/text/nearest';
import { isUsableName, readWithPlaces } from '../../from-config/read-export';
import { setOrigin } from '../../tree/origin';
import type { HubTree } from '../tree/hub-tree';
import { Hub, type HubProps, Spoke, type SpokeProps } from '../tree/member';
import { readMember } from './read-member';
import type { Tenants } from './tenants-from-config';

/** The folders that hold members, and what each holds. */
export const memberFolders = { hubs: 'hub', spokes: 'spoke' } as const;

type Folder = keyof typeof memberFolders;

/** Whether a file says what only clusters say. */
export function isMemberFile({ content }: ConfigFile): boolean {
  return isMap(content) && 'tenant' in content && ('environment' in content || 'secret' in content);
}

/** Declares hubs and spokes, whichever folder comes first: within an environment, clusters follow one another by name. */
export function declareMembers(fleet: HubTree, folders: readonly ClusterTypeFiles[], tenants: Tenants, problems: Finding[]): void {
  const files = folders.flatMap(({ name, defaults, apps }) => {
    if (!(name in memberFolders)) return [];
    return [...(defaults ? [defaults] : []), ...apps].map((file) => ({ folder: name as Folder, file }));
  });
  const seen = new Map<string, string>();
  for (const { folder, file } of files.sort((a, b) => compare(a.file.name, b.file.name) || compare(a.file.file, b.file.file))) {
    const twin = seen.get(file.name.toLowerCase());
    if (twin === undefined) {
      seen.set(file.name.toLowerCase(), file.file);
      if (!readWithPlaces(file, problems, (found) => declareMember(folder, file, tenants, found))) fleet.addUnread(folder, file.name);
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
function declareMember(folder: Folder, file: ConfigFile, tenants: Tenants, problems: Finding[]): boolean {
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
  const config = readMember(file, kind, problems);
  if (!config || !isUsableName(file.name, { file: file.file, place: [] }, problems)) return false;
  const { tenant, environment, ...props } = config;
  if (tenant === undefined || environment === undefined) return false;
  const node = tenants.get(tenant)?.get(environment);
  if (!node) {
    problems.push(unknownPlace(file, tenants, tenant, environment));
    return false;
  }
  const member = kind === 'hub' ? new Hub(node, file.name, props as HubProps) : new Spoke(node, file.name, props as SpokeProps);
  setOrigin(member, file);
  return true;
}

function unknownPlace({ file }: ConfigFile, tenants: Tenants, tenant: string, environment: string): Finding {
  const follows = [unread('tenants')];
  const environments = tenants.get(tenant);
  if (!environments) {
    const hint = suggestion(tenant, tenants.keys(), 'tenants');
    return { code: 'unknown-path', message: `the fleet has no tenant '${tenant}'`, file, place: ['tenant'], hint, follows };
  }
  return {
    code: 'unknown-path',
    message: `the tenant '${tenant}' has no environment '${environment}'`,
    file,
    place: ['environment'],
    hint: suggestion(environment, environments.keys(), 'environments'),
    follows,
  };
}
