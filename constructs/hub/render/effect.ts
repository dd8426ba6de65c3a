import type { Plain } from '../../../layers/layer';
import { type Manifest, memberPath } from '../../../layers/output';
import { type LabelSelector, matches } from '../resolve/selector';
import { spokesName } from '../tree/root-names';

/** The file of an Application in what a member gets: whose Argo CD makes it, and of which component. */
export function deployedPath(deployer: string, component: string): string {
  return `${deployer}/${component}.yaml`;
}

/** The file of a registration in what a member gets: a distributed spoke has one in its hub's Argo CD, and one in its own. */
export function registeredPath(owner: string, member: string): string {
  return `${owner}/${memberPath('registration', { name: member })}`;
}

/**
 * Which store a hub reads from where nothing else is said is the hub's matter, and seen there: its spokes get nothing else of
 * it. One that is said by its name stands beside what is read from it. So is the namespace of its Argo CD.
 */
export function asItsSpokeSees(registration: Manifest): Manifest {
  const { secretStoreRef: _, ...spec } = registration.spec as { readonly [key: string]: Plain };
  const { namespace: __, ...metadata } = registration.metadata;
  return { ...registration, metadata, spec };
}

/** The file of the root in what a distributed spoke gets of its hub. */
export function rootPath(hub: string): string {
  return `${hub}/${memberPath('spokes', { name: spokesName })}`;
}

/**
 * Which generator of the ApplicationSet of roots makes that of a spoke, by its place among them.
 *
 * @param labels of the spoke's cluster secret
 * @returns `undefined` for a spoke that none selects
 */
export function rootGenerator(set: Manifest, labels: { readonly [label: string]: string }): number | undefined {
  const { generators = [], template } = (set.spec ?? {}) as {
    readonly generators?: readonly { readonly clusters?: { readonly selector?: LabelSelector } }[];
    readonly template?: { readonly metadata?: unknown; readonly spec?: unknown };
  };
  const selecting = generators.findIndex(({ clusters }) => clusters !== undefined && matches(clusters.selector ?? {}, labels));
  return selecting < 0 || !template?.metadata || !template.spec ? undefined : selecting;
}
