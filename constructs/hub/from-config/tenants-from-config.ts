import type { ConfigFile } from '../../../layers/config-files';
import type { Finding } from '../../../layers/consequences';
import { describe } from '../../../layers/plain-data';
import type { AnyMap } from '../../../layers/shape/read';
import { type ReadNode, readNode } from '../../from-config/read-node';
import type { DimensionNode } from '../../tree/dimension-node';
import { Environment } from '../../tree/environment';
import { setOrigin } from '../../tree/origin';
import type { HubTree } from '../tree/hub-tree';
import { noTenants, Tenant } from '../tree/tenant';

/** The nodes of environments by the names of tenants and their own, in sequence. */
export type Tenants = ReadonlyMap<string, ReadonlyMap<string, DimensionNode>>;

/** Declares what `fleet.ts` lists. */
export function declareTenants(fleet: HubTree, file: ConfigFile, problems: Finding[]): Tenants {
  const tenants = new Map<string, ReadonlyMap<string, DimensionNode>>();
  const content = file.content as AnyMap;
  const before = problems.length;
  if (content.tenants === undefined || (Array.isArray(content.tenants) && content.tenants.length === 0)) {
    const at = content.tenants === undefined ? [] : ['tenants'];
    problems.push({ code: 'empty-hierarchy', message: noTenants.message, file: file.file, place: at, expected: noTenants.expected });
  } else if (!Array.isArray(content.tenants)) {
    // That was reported with the other settings.
    fleet.addUnread('tenants', '');
  }
  for (const [tenant, at] of nodesOf(content, 'tenants', 'environments', [], file, problems)) {
    const scope = setOrigin(new Tenant(fleet, tenant.name, tenant), file, at);
    const environments = new Map<string, DimensionNode>();
    for (const [environment, place] of nodesOf(tenant, 'environments', undefined, at, file, problems)) {
      environments.set(environment.name, setOrigin(new Environment(scope, environment.name, environment), file, place));
    }
    tenants.set(tenant.name, environments);
  }
  if (problems.length > before) fleet.addUnread('tenants', '');
  return tenants;
}

/** The nodes that a list holds, with their places; each name once. */
function nodesOf(
  parent: AnyMap,
  key: 'tenants' | 'environments',
  next: string | undefined,
  place: readonly string[],
  { file }: ConfigFile,
  problems: Finding[],
): readonly (readonly [ReadNode, readonly string[]])[] {
  const list = parent[key];
  const here = [...place, key];
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    if (key === 'environments') {
      problems.push({ code: 'config-shape', message: `'${key}' has the wrong type`, file, place: here, expected: 'a list', found: describe(list) });
    }
    return [];
  }
  const names = new Set<string>();
  return list.flatMap((item, index) => {
    const at = [...here, String(index)];
    const node = readNode(item, next, { file, place: at }, problems);
    if (!node) return [];
    if (!names.has(node.name)) {
      names.add(node.name);
      return [[node, at] as const];
    }
    problems.push({
      code: 'duplicate-name',
      message: `the ${key.slice(0, -1)} '${node.name}' stands there twice`,
      file,
      place: at,
      hint: 'merge the two, or rename one',
    });
    return [];
  });
}
