import { getOr } from '../../layers/get-or';
import type { WrapperComponent } from './components';
import { unknownIn } from './go-template';
import { mostFrequent, usual } from './hoist';
import type { Instance } from './instances';
import type { Membership, WrapperMember } from './members';
import type { Place } from './use-of';
import { compact, type Data } from './values';

/** Where whoever deploys to a cluster reads what is rendered for it, and where the cluster's own Argo CD is. */
export interface Home extends Place {
  readonly path: string;
  readonly platformNamespace: string;
}

function known(text: string): string | undefined {
  return text === '' || unknownIn(text) !== undefined ? undefined : text;
}

/** The homes of a fleet's clusters. */
export class Homes {
  /** Of most clusters. */
  readonly fleet: Home;
  readonly #homes: ReadonlyMap<WrapperMember, Home>;

  constructor({ members, repository, revision }: Membership, instances: readonly Instance[], components: readonly WrapperComponent[]) {
    const places = new Map<WrapperMember, Place[]>();
    for (const { member, home } of components.flatMap(({ uses }) => uses)) getOr(places, member, () => []).push(home);
    const said = members.map((member) => {
      const { repository = '', revision = '' } = usual(places.get(member) ?? []) ?? {};
      // What Git does not know is what it is for most.
      const home = compact({ repository: known(repository), revision: known(revision) }) as Partial<Place>;
      const namespace = mostFrequent(instances.flatMap((one) => (one.argoCD === member.name ? [one.namespace] : [])));
      return { member, home, path: member.below === undefined ? 'dist' : `${member.below}/dist`, namespace };
    });
    this.fleet = {
      repository: mostFrequent(said.flatMap(({ home }) => home.repository ?? [])) ?? repository,
      revision: mostFrequent(said.flatMap(({ home }) => home.revision ?? [])) ?? revision,
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
