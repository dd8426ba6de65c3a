import { type Content, nameIn, type State, type StateFile } from '../../../changes/state';
import { selectedBy } from '../../../constructs/hub/render/deployments';
import { asItsSpokeSees, deployedPath, registeredPath, rootGenerator, rootPath } from '../../../constructs/hub/render/effect';
import { generatedApplication } from '../../../constructs/hub/render/generated-application';
import { defaultLabelNames } from '../../../constructs/hub/tree/labels';
import type { Manifest } from '../../../layers/output';
import { membersName } from '../../../layers/record';
import { blobId } from '../../../store/git/objects';
import { formerHubRecords } from '../../../store/state/former-records';
import { asContent, contentReader, type RecordedOutput } from '../../../store/state/git-state';
import { toYaml } from '../../../store/yaml/yaml-text';
import { type MemberFolder, memberFolders } from './member-folders';

/** The cluster secret that a registration makes, as generators see it. */
interface Registered {
  readonly name: string;
  readonly labels: { readonly [label: string]: string };
}

/** A manifest that stands in no file as it is. */
interface Made {
  readonly id: string;
  readonly content: Content;
}

/**
 * The state of a fleet of hubs and spokes: what each member gets. Every Argo CD is looked at as it would act: its
 * ApplicationSets select among the clusters that are registered with it.
 */
export function stateOfHubOutput(name: string, recorded: RecordedOutput): State {
  const folders = memberFolders(recorded.files);
  const manifests = new Manifests(recorded);
  manifests.read(
    folders.flatMap(({ registered, sets, spokes }) => [...registered.values(), ...sets.map(({ id }) => id), ...(spokes === undefined ? [] : [spokes])]),
  );
  const paths = memberPaths(recorded, folders, manifests);
  const files = new Map<StateFile, Content | undefined>();
  const add = (clusterType: string, member: string, path: string, { id, content }: { readonly id: string; readonly content?: Content }) =>
    files.set({ clusterType, target: paths.get(member) ?? member, path, id }, content);
  const releases = new Map<string, string>();
  for (const { member, bootstrap, registered, sets, spokes } of folders) {
    for (const { path, id } of bootstrap) add(membersName, member, path, { id });
    for (const [cluster, id] of registered) add(membersName, cluster, registeredPath(member, cluster), cluster === member ? { id } : manifests.seenBySpoke(id));
    const clusters = [...registered].map(([cluster, id]) => manifests.registered(cluster, id));
    for (const { name: cluster, labels } of spokes === undefined ? [] : clusters) {
      const root = cluster === member ? undefined : manifests.root(spokes as string, labels);
      if (root) add(membersName, cluster, rootPath(member), root);
    }
    for (const { group, component, id } of sets) {
      for (const { cluster, generator, release } of manifests.selected(id, clusters)) {
        add(group, cluster.name, deployedPath(member, component), manifests.application(id, generator));
        releases.set(`${cluster.name} ${component}`, release);
      }
    }
  }
  for (const { member, values } of folders) {
    for (const { group, component, path, id, release } of values) {
      // Of several, that of the release that the member has is the one that its chart is given.
      if (release === undefined || release === releases.get(`${member} ${component}`)) add(group, member, path, { id });
    }
  }
  const targets = [...paths.values()];
  const groups = new Set([
    membersName,
    ...recorded.records.map(({ clusterType }) => clusterType),
    ...folders.flatMap(({ values, sets }) => [...values, ...sets].map(({ group }) => group)),
  ]);
  const readFiles = contentReader(recorded.blobs, () => false);
  const folderOf = new Map(folders.map((folder) => [folder.member, folder]));
  return {
    name,
    fleet: { ...recorded.fleet, sequence: targets },
    targets: new Map([...groups].sort().map((group) => [group, targets])),
    files: [...files.keys()],
    records: recorded.records.length > 0 ? recorded.records : formerHubRecords(files.keys(), recorded.blobs),
    registration: (deployer, target) => manifests.tryRead(folderOf.get(deployer)?.registered.get(nameIn(target))),
    read: (asked) => {
      const inBlobs = asked.filter((file) => files.get(file) === undefined);
      const contents = new Map(readFiles(inBlobs).map((content, index) => [inBlobs[index], content]));
      return asked.map((file) => files.get(file) ?? (contents.get(file) as Content));
    },
  };
}

/** Manifests of a commit, each distinct one parsed, and each Application generated, once: spokes have equal ones. */
class Manifests {
  readonly #recorded: RecordedOutput;
  readonly #read = new Map<string, Manifest>();
  readonly #labels = new Map<string, Registered['labels']>();
  readonly #seen = new Map<string, Made>();
  readonly #generated = new Map<string, Made>();

  constructor(recorded: RecordedOutput) {
    this.#recorded = recorded;
  }

  read(ids: readonly string[]): void {
    for (const [id, document] of this.#recorded.blobs.documents(new Set(ids))) this.#read.set(id, asContent(document) as Manifest);
  }

  /** One of those that were read. @param id of what may not be there */
  tryRead(id: string | undefined): Manifest | undefined {
    return id === undefined ? undefined : this.#read.get(id);
  }

  registered(name: string, id: string): Registered {
    let labels = this.#labels.get(id);
    if (!labels) {
      const { target } = (this.#manifest(id).spec ?? {}) as { readonly target?: { readonly template?: { readonly metadata?: Partial<Registered> } } };
      if (target?.template?.metadata?.labels === undefined) throw this.#recorded.blobs.refused(id, 'an ExternalSecret that makes a cluster secret with labels');
      labels = target.template.metadata.labels;
      this.#labels.set(id, labels);
    }
    return { name, labels };
  }

  selected(id: string, clusters: readonly Registered[]): ReturnType<typeof selectedBy<Registered>> {
    const manifest = this.#manifest(id);
    if (!isComponentSet(manifest)) throw this.#recorded.blobs.refused(id, 'an ApplicationSet with a cluster generator for each release');
    return selectedBy(manifest, clusters);
  }

  application(id: string, generator: number): Made {
    return this.#made(this.#generated, `${id} ${generator}`, id, (manifest) => generatedApplication(manifest, generator));
  }

  /** The root of a spoke; `undefined` for one that gets none. */
  root(id: string, labels: Registered['labels']): Made | undefined {
    const generator = rootGenerator(this.#manifest(id), labels);
    return generator === undefined ? undefined : this.application(id, generator);
  }

  /** A registration as its spoke sees it: without what is its hub's matter. */
  seenBySpoke(id: string): Made {
    return this.#made(this.#seen, id, id, asItsSpokeSees);
  }

  #made(known: Map<string, Made>, key: string, id: string, make: (manifest: Manifest) => Manifest): Made {
    let made = known.get(key);
    if (!made) {
      const content = make(this.#manifest(id));
      made = { id: blobId(Buffer.from(toYaml(content)), id), content };
      known.set(key, made);
    }
    return made;
  }

  #manifest(id: string): Manifest {
    return this.#read.get(id) as Manifest;
  }
}

function isComponentSet({ spec }: Manifest): boolean {
  const { generators, template } = (spec ?? {}) as {
    readonly generators?: unknown;
    readonly template?: { readonly metadata?: unknown; readonly spec?: unknown };
  };
  const isGenerator = (one: { readonly clusters?: { readonly selector?: unknown; readonly values?: { readonly release?: unknown } } } | null) =>
    isMap(one?.clusters?.selector) && typeof one?.clusters?.values?.release === 'string';
  return Array.isArray(generators) && generators.every(isGenerator) && isMap(template?.metadata) && isMap(template?.spec);
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The paths of members by their names, in sequence. Those of which no sequence tells, as their registrations say: by the
 * labels that fleets use who name none of their own.
 */
function memberPaths({ fleet }: RecordedOutput, folders: readonly MemberFolder[], manifests: Manifests): ReadonlyMap<string, string> {
  const paths = new Map(fleet.sequence.map((path) => [nameIn(path), path]));
  const there = new Map<string, string>();
  for (const { member, registered } of folders) {
    if (!there.has(member)) there.set(member, paths.get(member) ?? member);
    for (const [name, id] of registered) {
      const { [defaultLabelNames.tenant]: tenant, [defaultLabelNames.environment]: environment } = manifests.registered(name, id).labels;
      const told = tenant === undefined || environment === undefined ? name : `${tenant}/${environment}/${name}`;
      there.set(name, paths.get(name) ?? told);
    }
  }
  const others = [...there].filter(([name]) => !paths.has(name)).sort(([, a], [, b]) => (a < b ? -1 : 1));
  return new Map([...paths, ...others]);
}
