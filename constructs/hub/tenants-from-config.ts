import type { ConfigFile } from '../../layers/config-files';
import { describe } from '../../layers/plain-data';
import type { Problem } from '../../layers/problem';
import { checkNode } from '../config-shape';
import type { DimensionNode } from '../dimension-node';
import { Environment } from '../environment';
import { setOrigin } from '../origin';
import type { AnyMap } from '../shape';
import type { HubFleet } from './hub-fleet';
import { Tenant } from './tenant';

/** The nodes of environments by the names of tenants and their own, in sequence. */
export type Tenants = ReadonlyMap<string, ReadonlyMap<string, DimensionNode>>;

/** Of a fleet that is nobody's. */
export const noTenants = { message: 'the fleet has no tenants', expected: 'at least one tenant with an environment' } as const;

type NamedNode = AnyMap & Pick<DimensionNode, 'name' | 'promotion' | 'soak'>;

/** Declares what `fleet.ts` lists. */
export function declareTenants(fleet: HubFleet, file: ConfigFile, problems: Problem[]): Tenants {
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
    const scope = setOrigin(new Tenant(fleet, tenant.name, { promotion: tenant.promotion, soak: tenant.soak }), file, at);
    const environments = new Map<string, DimensionNode>();
    for (const [{ name, promotion, soak }, place] of nodesOf(tenant, 'environments', undefined, at, file, problems)) {
      environments.set(name, setOrigin(new Environment(scope, name, { promotion, soak }), file, place));
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
  problems: Problem[],
): readonly (readonly [NamedNode, readonly string[]])[] {
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
    const node = checkNode(item, next, { file, place: at }, problems);
    if (!node) return [];
    if (!names.has(node.name)) {
      names.add(node.name);
      return [[node as unknown as NamedNode, at] as const];
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
