import type { WrapperComponent } from './components';
import { usual } from './hoist';
import type { Instance } from './instances';
import { type Membership, mostFrequent, type WrapperMember } from './members';
import type { Place } from './use-of';
import { compact, type Data } from './values';

/** Where whoever deploys to a cluster reads what is rendered for it, and where the cluster's own Argo CD is. */
export interface Home extends Place {
  readonly path: string;
  readonly platformNamespace: string;
}

/** The homes of a fleet's clusters. */
export class Homes {
  /** Of most clusters. */
  readonly fleet: Home;
  readonly #homes: ReadonlyMap<WrapperMember, Home>;

  constructor({ members, repository, revision }: Membership, instances: readonly Instance[], components: readonly WrapperComponent[]) {
    const uses = components.flatMap((component) => component.uses);
    const said = members.map((member) => {
      const home = usual(uses.filter((use) => use.member === member).map((use) => use.home));
      const namespace = mostFrequent(instances.flatMap((one) => (one.argoCD === member.name ? [one.namespace] : [])));
      return { member, home, path: member.below === undefined ? 'dist' : `${member.below}/dist`, namespace };
    });
    this.fleet = {
      repository: mostFrequent(said.flatMap(({ home }) => home?.repository || [])) ?? repository,
      revision: mostFrequent(said.flatMap(({ home }) => home?.revision || [])) ?? revision,
      path: mostFrequent(said.map(({ path }) => path)) ?? 'dist',
      platformNamespace: mostFrequent(said.flatMap(({ namespace }) => namespace ?? [])) ?? 'argocd',
    };
    this.#homes = new Map(
      said.map(({ member, home, path, namespace }) => [member, { ...this.fleet, ...home, path, ...compact({ platformNamespace: namespace }) }]),
    );
  }

  of(member: WrapperMember): Home {
    return this.#homes.get(member) ?? this.fleet;
  }

  /** What a cluster has to say, since the fleet says otherwise. */
  own(member: WrapperMember): Data {
    const home = this.of(member);
    return compact(Object.fromEntries((Object.keys(home) as (keyof Home)[]).map((key) => [key, home[key] === this.fleet[key] ? undefined : home[key]])));
  }
}
