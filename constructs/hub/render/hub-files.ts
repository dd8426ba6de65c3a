import { getOr } from '../../../layers/get-or';
import { type Manifest, memberPath, type OutputFile, type OutputFolder, type RenderedPlace } from '../../../layers/output';
import { compare } from '../../../layers/problem';
import { membersName } from '../../../layers/record';
import { type Origin, originOf } from '../../tree/origin';
import { secretStoreManifest, secretStoreRef } from '../external-secrets/secret-store';
import type { ComponentAt } from '../resolve/component-values';
import { storesRead } from '../resolve/credentials/stores-read';
import type { ComponentModel, GroupModel } from '../resolve/group-model';
import type { MemberModel } from '../resolve/member-model';
import { type RepositoryUse, repositoryTypeOf, repositoryUses } from '../resolve/repository-type';
import type { ResolvedMember } from '../resolve/resolved-hub';
import type { HubTree } from '../tree/hub-tree';
import type { RepositoryConfig } from '../tree/repository-config';
import { spokesName } from '../tree/root-names';
import type { SecretStoreConfig, SecretStoreRef } from '../tree/secret-store-config';
import { folderOf, valuesPath } from './application-set';
import type { ArgoCD, Deployment } from './deployments';
import { asItsSpokeSees, deployedPath, registeredPath, rootGenerator, rootPath } from './effect';
import { generatedApplication } from './generated-application';
import { registrationManifest } from './registration';
import { repositoryManifests, tokenGeneratorKind } from './repositories';
import { rootApplication, spokesApplicationSet } from './root-applications';

type ManifestFile = Extract<OutputFile, { kind: 'manifest' }>;

/** The files of a fleet of hubs and spokes: a folder for each member, and the same by what each member gets. */
export class HubFiles {
  readonly #fleet: HubTree;
  readonly #groups: readonly GroupModel[];
  readonly #resolved: ReadonlyMap<string, ResolvedMember>;
  readonly #argoCDs: ReadonlyMap<string, ArgoCD>;
  readonly #deployments = new Map<string, Deployment[]>();
  /** By the Argo CD that they are registered with. */
  readonly #registered = new Map<MemberModel, Map<MemberModel, ManifestFile>>();
  readonly #generated = new WeakMap<Manifest, Map<number, Manifest>>();
  readonly #uses: readonly RepositoryUse[];
  /** By their hubs. */
  readonly #spokesSets = new Map<ArgoCD, Manifest>();

  constructor(
    fleet: HubTree,
    groups: readonly GroupModel[],
    resolved: readonly ResolvedMember[],
    argoCDs: readonly ArgoCD[],
    deployments: readonly Deployment[],
  ) {
    this.#fleet = fleet;
    this.#groups = groups;
    this.#uses = repositoryUses({ fleet, groups, members: resolved });
    this.#resolved = new Map(resolved.map((one) => [one.member.path, one]));
    this.#argoCDs = new Map(argoCDs.map((one) => [one.owner.name, one]));
    for (const deployment of deployments) {
      const key = `${deployment.set.group.name}/${deployment.member.path}`;
      const known = this.#deployments.get(key);
      if (known) known.push(deployment);
      else this.#deployments.set(key, [deployment]);
    }
  }

  /** Everything that is written, hubs first. */
  *folders(): Generator<OutputFolder> {
    const all = [...this.#resolved.values()];
    for (const kind of ['hub', 'spoke'] as const) {
      for (const one of all) {
        if (one.member.kind !== kind) continue;
        const { name } = one.member;
        yield { path: `${folderOf[kind]}/${name}`, files: [...this.#bootstrap(one), ...this.#argoCD(one), ...noteOf(one), ...this.#valuesInReleases(one)] };
      }
    }
  }

  /** Where what is written for whom: whatever lies in a hub's folder its Argo CD applies, for every cluster that it deploys to. */
  places(): readonly RenderedPlace[] {
    return [...this.#resolved.values()].map(({ member: { name, kind, path } }) => {
      const clusters = this.#argoCDs.get(name)?.clusters ?? [];
      return { folder: `${folderOf[kind]}/${name}`, reaches: [...new Set([path, ...clusters.map(({ member }) => member.path)])] };
    });
  }

  /** Every distinct manifest, with the place that it is made of. */
  *manifests(): Generator<{ readonly manifest: Manifest; readonly origin: Origin }> {
    const seen = new Set<Manifest>();
    for (const one of this.#resolved.values()) {
      for (const { document } of [...this.#bootstrap(one), ...this.#members(one)]) yield { manifest: document, origin: originOf(one.member.construct) };
      for (const { component, manifest } of this.#argoCDs.get(one.member.name)?.sets ?? []) {
        if (!seen.has(manifest)) yield { manifest, origin: originOf(component.construct) };
        seen.add(manifest);
      }
    }
  }

  /**
   * What a member gets of a group, or of the member settings: the Applications that Argo CD makes for it, the values of
   * their charts, and how it is registered. A step of a rollout is judged by this, for ApplicationSets are everybody's.
   */
  effects(group: string, path: string): OutputFolder {
    const one = this.#resolved.get(path);
    const folder = { path: `${group}/${path}`, files: [] };
    if (!one) return folder;
    if (group === membersName) return { ...folder, files: [...this.#bootstrap(one), ...this.#registrations(one), ...this.#root(one)] };
    const applications = (this.#deployments.get(`${group}/${path}`) ?? []).map(
      (deployment): OutputFile => ({
        kind: 'manifest',
        path: deployedPath(deployment.argoCD.owner.name, deployment.set.component.name),
        document: this.#application(deployment),
      }),
    );
    const values = this.#values(one).filter((file) => file.path.startsWith(`values/${group}/`));
    return { ...folder, files: [...applications, ...values] };
  }

  /** The root that its hub gives to a distributed spoke. */
  #root({ member, labels }: ResolvedMember): readonly ManifestFile[] {
    const hub = this.#resolved.get(this.#argoCDs.get(member.hub)?.owner.path ?? '');
    const set = member.kind === 'spoke' && hub ? this.#spokes(hub) : undefined;
    const generator = set && rootGenerator(set, labels);
    return generator === undefined ? [] : [file(rootPath(member.hub), generatedApplication(set as Manifest, generator))];
  }

  /** How a member is registered, wherever that is. */
  #registrations(one: ResolvedMember): readonly ManifestFile[] {
    const { member } = one;
    const own = this.#argoCDs.get(member.name);
    const argoCDs = [this.#argoCDs.get(member.hub), member.kind === 'spoke' ? own : undefined].filter((argoCD) => argoCD !== undefined);
    return argoCDs.map((argoCD) => {
      const { document } = this.#registration(argoCD, one);
      return file(registeredPath(argoCD.owner.name, member.name), argoCD.owner === member ? document : asItsSpokeSees(document));
    });
  }

  /** The template, as the generator that selects the member fills it in; what it fills in of the member itself stays the same. */
  #application({ set, generator }: Deployment): Manifest {
    const known = this.#generated.get(set.manifest) ?? new Map<number, Manifest>();
    this.#generated.set(set.manifest, known);
    let made = known.get(generator);
    if (!made) {
      made = generatedApplication(set.manifest, generator);
      known.set(generator, made);
    }
    return made;
  }

  /** What a cluster with an Argo CD starts with: credentials of repositories, and the root. */
  #bootstrap({ member }: ResolvedMember): readonly ManifestFile[] {
    if (!this.#argoCDs.has(member.name)) return [];
    const { platformNamespace: namespace } = member.home;
    const folder = `${folderOf[member.kind]}/${member.name}`;
    const stores = this.#stores(member);
    const repositories = Object.entries(member.repositories).sort(([a], [b]) => compare(a, b));
    const root = rootApplication(
      member.home,
      member.kind === 'hub' ? [`${folder}/bootstrap`, `${folder}/argocd`] : [`${folder}/argocd`],
      member.kind === 'spoke',
    );
    return [
      file(memberPath('root'), root),
      ...stores.flatMap(({ name, config }) => {
        const manifest = secretStoreManifest(config, namespace, name);
        return manifest ? [file(name === undefined ? memberPath('store') : memberPath('namedStore', { name }), manifest)] : [];
      }),
      ...repositories.flatMap(([name, repository]) =>
        this.#repository(name, repository, member).map((manifest) =>
          file(memberPath('repository', { name: manifest.kind === tokenGeneratorKind ? `${name}-token` : name }), manifest),
        ),
      ),
    ];
  }

  /**
   * The stores of a cluster's Argo CD, the one without a name first. A spoke has those that it reads. A hub has all of its own:
   * which of them it reads is said by its spokes too, and what a layer says of a spoke changes nothing that the hub has.
   */
  #stores(owner: MemberModel): readonly { readonly name: string | undefined; readonly config: SecretStoreConfig }[] {
    const read = new Set(storesRead(owner, [owner]).map(({ store }) => store));
    const named = Object.entries(owner.secretStores).sort(([a], [b]) => compare(a, b));
    return [
      ...(owner.secretStore ? [{ name: undefined, config: owner.secretStore }] : []),
      ...named.flatMap(([name, config]) => (owner.kind === 'hub' || read.has(name) ? [{ name, config }] : [])),
    ];
  }

  #repository(name: string, config: RepositoryConfig, owner: MemberModel): readonly Manifest[] {
    const storeOf = (store: string | undefined) => storeRefOf(owner, store);
    return repositoryManifests(name, config, repositoryTypeOf(config, this.#uses), storeOf, owner.home.platformNamespace);
  }

  /** What a cluster's own Argo CD applies: registrations and ApplicationSets. */
  #argoCD(one: ResolvedMember): readonly ManifestFile[] {
    const argoCD = this.#argoCDs.get(one.member.name);
    if (!argoCD) return [];
    return [
      ...this.#members(one),
      ...argoCD.sets.map(({ group, component, manifest }) => file(memberPath('component', { group: group.name, name: component.name }), manifest)),
    ];
  }

  #members(one: ResolvedMember): readonly ManifestFile[] {
    const { member } = one;
    const argoCD = this.#argoCDs.get(member.name);
    if (!argoCD) return [];
    const registered = argoCD.clusters.map((cluster) => this.#registration(argoCD, this.#resolved.get(cluster.member.path) as ResolvedMember));
    const spokes = this.#spokes(one);
    return [...registered, ...(spokes ? [file(memberPath('spokes', { name: spokesName }), spokes)] : [])];
  }

  /** The ApplicationSet that gives distributed spokes their roots, where a hub has any. */
  #spokes({ member }: ResolvedMember): Manifest | undefined {
    const argoCD = this.#argoCDs.get(member.name);
    if (argoCD?.side !== 'hub' || !argoCD.clusters.some((cluster) => cluster.member.model === 'distributed')) return undefined;
    const { owner, clusters } = argoCD;
    const spokes = () => clusters.flatMap((cluster) => (cluster.member.kind === 'spoke' ? [this.#resolved.get(cluster.member.path) as ResolvedMember] : []));
    return getOr(this.#spokesSets, argoCD, () => spokesApplicationSet(this.#fleet, owner.home.platformNamespace, spokes()));
  }

  #registration({ owner }: ArgoCD, { member, labels }: ResolvedMember): ManifestFile {
    const known = this.#registered.get(owner) ?? new Map<MemberModel, ManifestFile>();
    this.#registered.set(owner, known);
    const made = known.get(member);
    if (made) return made;
    const manifest = registrationManifest({
      cluster: member.name,
      secret: member.secretRef,
      labels,
      annotations: member.annotations,
      store: storeRefOf(owner, member.secretRef.store),
      namespace: owner.home.platformNamespace,
      isLocal: owner.name === member.name,
    });
    const registration = file(memberPath('registration', { name: member.name }), manifest);
    known.set(member, registration);
    return registration;
  }

  /** A file of values for every chart that the member gets, and no other. */
  #values(one: ResolvedMember): readonly OutputFile[] {
    return this.#charts(one).map(({ group, component, at }) => valuesFile(valuesPath(group.name, component.name), at.values));
  }

  /** The same as it is written: whichever release a cluster secret is labelled with at the moment finds the values of that release. */
  #valuesInReleases(one: ResolvedMember): readonly OutputFile[] {
    return this.#charts(one).flatMap(({ group, component, at }) =>
      at.valuesIn
        ? [...at.valuesIn].map(([release, values]) => valuesFile(valuesPath(group.name, component.name, release), values))
        : [valuesFile(valuesPath(group.name, component.name), at.values)],
    );
  }

  #charts({ member, components }: ResolvedMember): readonly { readonly group: GroupModel; readonly component: ComponentModel; readonly at: ComponentAt }[] {
    return this.#groups.flatMap((group) =>
      (this.#deployments.get(`${group.name}/${member.path}`) ?? []).flatMap(({ set: { component } }) => {
        const at = components.get(component.name);
        return component.isChart && at ? [{ group, component, at }] : [];
      }),
    );
  }
}

function valuesFile(path: string, values: ComponentAt['values']): OutputFile {
  return { kind: 'helm-values', path, values };
}

/**
 * An Argo CD that a spoke had before goes on with what it last read where its folder is gone: it prunes only what is there no
 * more. So the folder stays, without a manifest in it, and says why.
 */
function noteOf({ member }: ResolvedMember): readonly OutputFile[] {
  if (member.kind === 'hub' || member.model === 'distributed') return [];
  const text = `${member.hub} deploys to this cluster. An Argo CD that still reads this folder has nothing to deploy, and lets go of what it had.\n`;
  return [{ kind: 'note', path: memberPath('note'), text }];
}

/** How the Argo CD of a cluster refers to one of its stores, each of which there is. */
function storeRefOf({ secretStore, secretStores }: MemberModel, store: string | undefined): SecretStoreRef {
  return secretStoreRef((store === undefined ? secretStore : secretStores[store]) as SecretStoreConfig, store);
}

function file(path: string, document: Manifest): ManifestFile {
  return { kind: 'manifest', path, document };
}
