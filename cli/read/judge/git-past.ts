import { join } from 'node:path';
import { fieldsIn } from '../../../changes/fields-in';
import type { Past, PastContent } from '../../../changes/judge/past';
import { type Item, Side } from '../../../changes/judge/side';
import type { Content, State } from '../../../changes/state';
import { fromHelmText } from '../../../layers/text/from-helm-text';
import { mapStrings } from '../../../layers/text/token';
import { historyOf, type PathCommit } from '../../../store/git/path-history';
import type { Repository } from '../../../store/git/repository';
import { blobsOf } from '../../../store/git/trees';
import { contentOfText, isTemplate } from '../../../store/state/git-state';

/** How far back it is looked: nobody undoes more at once. */
const furthest = 100;

interface PastPlace {
  readonly repository: Repository;
  /** The output folder. */
  readonly folder: string;
  /** The commit right before the change. */
  readonly from: string;
  readonly topology: State['fleet']['topology'];
  /** What a commit recorded; `undefined` where nobody knows. */
  readonly stateAt: (hash: string) => State | undefined;
}

/** What was rendered before a commit, as the first-parent history of what is deployed tells it. */
export function gitPast(place: PastPlace): Past {
  return place.topology === 'dimensions' ? new PastOfFiles(place) : new PastOfStates(place);
}

function troubleOf({ isShallow, isPartial }: Repository): string | undefined {
  if (isShallow) return 'the repository was cloned without its history (in a pipeline, check it out with `fetch-depth: 0`)';
  return isPartial ? 'contents of older commits are not here (clone without `--filter`)' : undefined;
}

/** What a file was from a commit on. */
interface Version {
  readonly time: number;
  /** @default - it was not there */
  readonly id?: string;
}

/** Of a fleet of dimensions: each target has files of its own. */
class PastOfFiles implements Past {
  readonly trouble?: string;
  readonly #place: PastPlace;
  readonly #versions = new Map<string, readonly Version[]>();
  readonly #contents = new Map<string, Content>();
  readonly #known = new Map<string, readonly PastContent[]>();

  constructor(place: PastPlace) {
    this.#place = place;
    const trouble = troubleOf(place.repository);
    if (trouble !== undefined) this.trouble = trouble;
  }

  prepare(asked: readonly { readonly item: Item; readonly target: string }[]): void {
    const { repository, folder, from } = this.#place;
    const items = new Map(asked.map(({ item, target }) => [pathOf(item, target), item]));
    const paths = [...items.keys()].filter((path) => !this.#versions.has(path));
    if (paths.length === 0) return;
    const inside = repository.inside(folder);
    const found = new Map<string, Version[]>(paths.map((path) => [`${inside}/${path}`, []]));
    const { commits } = historyOf(
      repository,
      paths.map((path) => join(folder, path)),
      { from, firstParent: true },
    );
    for (const { commit, changes } of commits) {
      for (const { path, after } of changes) found.get(path)?.push({ time: commit.time, ...(after === undefined ? {} : { id: after }) });
    }
    for (const path of paths) this.#versions.set(path, (found.get(`${inside}/${path}`) ?? []).slice(0, furthest));
    for (const isHelm of [true, false])
      this.#read(
        [...items].flatMap(([path, item]) => (isOfHelm(item) === isHelm ? [path] : [])),
        isHelm,
      );
  }

  contents(item: Item, target: string): readonly PastContent[] {
    const path = pathOf(item, target);
    const found = this.#known.get(path) ?? this.#contentsOf(item, target, path);
    this.#known.set(path, found);
    return found;
  }

  #contentsOf(item: Item, target: string, path: string): readonly PastContent[] {
    this.prepare([{ item, target }]);
    const versions = this.#versions.get(path) ?? [];
    const isHelm = isOfHelm(item);
    const known = versions.map(
      ({ time, id }): PastContent => ({ time, ...(id === undefined ? {} : { fields: fieldsIn(this.#contents.get(`${isHelm} ${id}`) ?? {}, item) }) }),
    );
    // Before its first commit nothing was there; what a shallow clone left out, nobody knows.
    return this.trouble === undefined && versions.length < furthest ? [...known, { time: 0 }] : known;
  }

  /** What files were, all at once. */
  #read(paths: readonly string[], isHelm: boolean): void {
    const ids = paths
      .flatMap((path) => this.#versions.get(path) ?? [])
      .flatMap(({ id }) => (id === undefined || this.#contents.has(`${isHelm} ${id}`) ? [] : [id]));
    for (const [id, bytes] of blobsOf(this.#place.repository, ids)) {
      const content = contentOfText(bytes.toString('utf8'));
      this.#contents.set(`${isHelm} ${id}`, isHelm ? mapStrings(content, fromHelmText) : content);
    }
  }
}

function isOfHelm(item: Item): boolean {
  return isTemplate({ path: pathInTarget(item) });
}

function pathOf(item: Item, target: string): string {
  return `${item.clusterType}/${target}/${pathInTarget(item)}`;
}

function pathInTarget({ app, object }: Item): string {
  return object === undefined ? `templates/${app}.yaml` : `manifests/${app}/${object.replace(/^manifests\//, '')}.yaml`;
}

/** Of a fleet of hubs: what a member gets is said by what its Argo CDs have in common. */
class PastOfStates implements Past {
  readonly trouble?: string;
  readonly #place: PastPlace;
  readonly #sides = new Map<string, Side | undefined>();
  #commits: readonly PathCommit[] | undefined;

  constructor(place: PastPlace) {
    this.#place = place;
    const trouble = troubleOf(place.repository);
    if (trouble !== undefined) this.trouble = trouble;
  }

  prepare(): void {}

  contents(item: Item, target: string): readonly PastContent[] {
    const { repository, folder, from } = this.#place;
    this.#commits ??= historyOf(repository, [folder], { from, firstParent: true }).commits.slice(0, furthest);
    const found: PastContent[] = [];
    let last: string | undefined;
    for (const { commit } of this.#commits) {
      const side = this.#side(commit.hash);
      if (!side) break;
      const files = side.files(item, target);
      const id = files.map((file) => file.id).join() || 'none';
      const [fields] = side.fields(item, [target]).get(target) ?? [];
      // The oldest of those that say the same is the one that began it.
      if (id === last) found.pop();
      found.push({ time: commit.time, ...(fields === undefined ? {} : { fields }) });
      last = id;
    }
    return this.trouble === undefined && this.#commits.length < furthest ? [...found, { time: 0 }] : found;
  }

  #side(hash: string): Side | undefined {
    if (!this.#sides.has(hash)) {
      const state = this.#place.stateAt(hash);
      this.#sides.set(hash, state && new Side(state));
    }
    return this.#sides.get(hash);
  }
}
