import type { Problem } from '../../../layers/problem';
import { originOf } from '../../tree/origin';
import type { ComponentModel, GroupModel } from '../resolve/group-model';
import { isOwnDeployer } from '../resolve/group-model';
import type { MemberModel } from '../resolve/member-model';
import type { ResolvedHub } from '../resolve/resolved-hub';
import type { Variant } from '../resolve/variants/variant';
import { rootName } from '../tree/root-names';
import type { ArgoCD, Deployment } from './deployments';
import { deploymentsOf } from './deployments';

/** What every member shall get, and from whom. */
export function* wantedDeployments({ groups, members }: ResolvedHub): Generator<Wanted> {
  for (const { member, components, releases } of members) {
    for (const group of groups) {
      const deployer = isOwnDeployer(group, member) ? member.name : member.hub;
      const release = releases.get(group.name) as string;
      for (const component of group.components) {
        const at = components.get(component.name);
        if (at?.isEnabled) yield { member, group, component, deployer, release, variant: at.variant };
      }
    }
  }
}

/** What is wanted: a component at a member, from one Argo CD, in one release. */
export interface Wanted {
  readonly member: MemberModel;
  readonly group: GroupModel;
  readonly component: ComponentModel;
  readonly deployer: string;
  readonly release: string;
  readonly variant: Variant | undefined;
}

/**
 * Proves that every Argo CD will do what is wanted: each component that a member shall get comes from exactly one Argo CD
 * in the right release, and nothing else is deployed; and no two Applications of an Argo CD have one name.
 */
export function proveDeployments(
  argoCDs: readonly ArgoCD[],
  wanted: Iterable<Wanted>,
): { readonly deployments: readonly Deployment[]; readonly problems: readonly Problem[] } {
  const deployments = [...deploymentsOf(argoCDs)];
  const problems: Problem[] = [];
  const made = new Map<MemberModel, Map<ComponentModel, Deployment[]>>();
  const names = new Map<ArgoCD, Map<string, Deployment | 'root'>>();
  const twins = new Map<string, Twins>();
  for (const deployment of deployments) {
    const { argoCD, member, set, name } = deployment;
    const own = made.get(member) ?? new Map<ComponentModel, Deployment[]>();
    made.set(member, own);
    const known = own.get(set.component);
    if (known) known.push(deployment);
    else own.set(set.component, [deployment]);
    const taken = names.get(argoCD) ?? new Map<string, Deployment | 'root'>(rootsOf(argoCD).map((root) => [root, 'root']));
    names.set(argoCD, taken);
    const twin = taken.get(name);
    if (twin === 'root' || (twin && twin.set !== set)) {
      const key = `${set.component.name} ${twin === 'root' ? '' : twin.set.component.name}`;
      const other = twins.get(key);
      twins.set(key, other ? { ...other, count: other.count + 1 } : { twin, deployment, count: 1 });
    }
    taken.set(name, deployment);
  }
  for (const one of twins.values()) problems.push(nameTwice(one));
  for (const { member, group, component, deployer, release, variant } of wanted) {
    const found = made.get(member)?.get(component) ?? [];
    made.get(member)?.delete(component);
    const [only] = found;
    const isRight = only?.argoCD.owner.name === deployer && only.release === release && variantBy(only)?.key === variant?.key;
    if (isRight && found.length === 1) continue;
    problems.push({
      code: 'deployment',
      message: `'${component.name}' is ${found.length === 0 ? 'enabled at a member and deployed by nobody' : found.length > 1 ? 'deployed twice' : 'deployed otherwise than it should be'}`,
      ...originOf(component.construct),
      app: component.name,
      target: `${group.name}/${member.path}`,
      expected: `exactly one Argo CD: that of ${deployer}, in the release '${release}'`,
      found: found.length === 0 ? 'none' : found.map((one) => `that of ${one.argoCD.owner.name}, in the release '${one.release}'`).join(' and '),
    });
  }
  for (const [stray] of [...made.values()].flatMap((own) => [...own.values()])) {
    if (!stray) continue;
    problems.push({
      code: 'deployment',
      message: `'${stray.set.component.name}' is deployed to a member that does not want it`,
      ...originOf(stray.set.component.construct),
      app: stray.set.component.name,
      target: `${stray.set.group.name}/${stray.member.path}`,
      found: `the Argo CD of ${stray.argoCD.owner.name} selects it in the release '${stray.release}'`,
    });
  }
  return { deployments, problems };
}

/** The variant that the generator of a deployment is of. */
function variantBy({ set: { variants }, generator }: Deployment): Variant | undefined {
  return variants[generator % variants.length]?.variant;
}

/** Two components, or one and the roots of spokes, whose Applications get one name. */
interface Twins {
  readonly twin: Deployment | 'root';
  readonly deployment: Deployment;
  /** How many names. */
  readonly count: number;
}

/** The Applications that bring distributed spokes their roots. */
function rootsOf({ side, clusters }: ArgoCD): readonly string[] {
  return side === 'hub' ? clusters.flatMap(({ member }) => (member.model === 'distributed' ? [`${rootName}-${member.name}`] : [])) : [];
}

function nameTwice({ twin, deployment: { argoCD, member, name, set }, count }: Twins): Problem {
  const other = twin === 'root' ? `the root of ${member.name}` : `'${twin.set.component.name}' at ${twin.member.name}`;
  return {
    code: 'duplicate-name',
    message: `two Applications would be called '${name}' in the Argo CD of ${argoCD.owner.name}`,
    ...originOf(set.component.construct),
    app: set.component.name,
    target: `${set.group.name}/${member.path}`,
    targets: count,
    found: `${other} and '${set.component.name}' at ${member.name}`,
    hint: twin === 'root' ? 'give the component another `applicationName`' : 'give one of the components another `applicationName`',
  };
}
