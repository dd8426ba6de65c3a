import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';

/** The file of an Application in what a member gets: whose Argo CD makes it, and of which component. */
export function deployedPath(deployer: string, component: string): string {
  return `${deployer}/${component}.yaml`;
}

/** The file of a registration in what a member gets: a distributed spoke has one in its hub's Argo CD, and one in its own. */
export function registeredPath(owner: string, member: string): string {
  return `${owner}/argocd/members/${member}.yaml`;
}

/** Which store a hub reads from is the hub's matter, and seen there: its spokes get nothing else of it. */
export function asItsSpokeSees(registration: Manifest): Manifest {
  const { secretStoreRef: _, ...spec } = registration.spec as { readonly [key: string]: Plain };
  return { ...registration, spec };
}
