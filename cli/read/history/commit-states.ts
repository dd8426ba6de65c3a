import type { Content, State, StateFile, StateRecord } from '../../../changes/state';
import { getOr } from '../../../layers/get-or';
import { RecordReader, recordFolder } from '../../../layers/record';
import { fromHelmText } from '../../../layers/text/from-helm-text';
import { mapStrings } from '../../../layers/text/token';
import type { CommitInfo } from '../../../store/git/commit-info';
import { readObjects } from '../../../store/git/objects';
import type { Repository } from '../../../store/git/repository';
import { blobsOf } from '../../../store/git/trees';
import { appRecord, contentOfText, isTemplate } from '../../../store/state/git-state';
import { readRendered } from '../../../store/yaml/read-rendered';
import type { ChangedFiles, TargetChange } from './changed-files';
import type { TargetsThen } from './targets-then';

/** A commit with the files that it changed. */
export interface FilesOfCommit {
  readonly commit: CommitInfo;
  readonly changed: ChangedFiles;
}

/** Of a commit that adds or removes more files, they are read where somebody asks what they say: of targets that come or go as a whole nobody does. */
export const atOnce = { files: 1000 };

/** The states before and after commits, of the files alone that these changed. */
export class CommitStates {
  readonly #repository: Repository;
  readonly #contents = new Map<string, Content>();
  /** What files say that nobody has asked for yet, by their ids. */
  #blobs = new Map<string, Buffer>();
  readonly #records = new Map<string, RecordReader>();
  #texts: ReadonlyMap<string, string> = new Map();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** Reads what the states of some commits need, in two calls of Git: before any of them is asked for. */
  load(commits: readonly FilesOfCommit[]): void {
    this.#blobs = new Map(this.#read(commits.flatMap(({ changed }) => keysToRead(changed.files))));
    const names = [...new Set(commits.flatMap((one) => [...sidesOf(one).flatMap((side) => recordNames(one, side)), ...otherNames(one)]))];
    const texts = readObjects(this.#repository.git, names);
    this.#texts = new Map(names.flatMap((name, at) => (texts[at] === undefined ? [] : [[name, texts[at].toString('utf8')] as const])));
  }

  /** @param side `after` the commit, or of which parent @param targets all of them, for what stands for many */
  state(one: FilesOfCommit, side: CommitSide, targets: TargetsThen): State {
    const files = one.changed.files.flatMap((file): readonly StateFile[] => {
      const id = this.#keyAt(one, side, file);
      const { clusterType, target, path } = file;
      return id === undefined || !isEffective(path) ? [] : [{ clusterType, target, path, id }];
    });
    const records = appsIn(one.changed).flatMap(({ clusterType, app }): readonly StateRecord[] => {
      const text = this.#texts.get(recordName(one, side, `${clusterType}/${app}`) ?? '');
      return text === undefined ? [] : [{ clusterType, app, id: '', read: () => this.#record(text) }];
    });
    return {
      name: String(side),
      fleet: { topology: 'dimensions', dimensions: [], sequence: [] },
      targets: targets.lists,
      files,
      records,
      read: (asked) => {
        this.#readMore(asked, files);
        return asked.map(({ id: key, path }) => getOr(this.#contents, key, () => contentIn(this.#blobs.get(idIn(key))?.toString('utf8') ?? '', { path })));
      },
    };
  }

  /** Reads what was not read before, with all of the same targets: whoever asks for one of these asks for others. */
  #readMore(asked: readonly StateFile[], files: readonly StateFile[]): void {
    const unread = asked.filter(({ id }) => !this.#contents.has(id) && !this.#blobs.has(idIn(id)));
    if (unread.length === 0) return;
    const places = new Set(unread.map(({ clusterType, target }) => `${clusterType} ${target}`));
    const beside = files.filter(({ clusterType, target, id }) => places.has(`${clusterType} ${target}`) && !this.#blobs.has(idIn(id)));
    for (const [id, bytes] of this.#read([...unread, ...beside].map(({ id }) => id))) this.#blobs.set(id, bytes);
  }

  /** What files say whose contents are not known yet. */
  #read(keys: readonly string[]): Iterable<readonly [string, Buffer]> {
    return blobsOf(this.#repository, new Set(keys.filter((key) => !this.#contents.has(key)).map(idIn)));
  }

  /** Under which key the content of a file is known; `undefined` where it is not there. */
  #keyAt(one: FilesOfCommit, side: CommitSide, file: TargetChange): string | undefined {
    if (side === 'after' || side === 0) {
      const id = side === 'after' ? file.after : file.before;
      return id === undefined ? undefined : keyOf(file, id);
    }
    const name = otherName(one, side, file);
    const text = this.#texts.get(name);
    if (text === undefined) return undefined;
    const key = keyOf(file, name);
    getOr(this.#contents, key, () => contentIn(text, file));
    return key;
  }

  #record(text: string): RecordReader {
    const known = this.#records.get(text) ?? new RecordReader(recordIn(text));
    this.#records.set(text, known);
    return known;
  }
}

/** Of files that a commit changed both sides are compared. */
function keysToRead(files: readonly TargetChange[]): readonly string[] {
  const isAlone = ({ before, after }: TargetChange) => before === undefined || after === undefined;
  const read = files.filter(isAlone).length > atOnce.files ? files.filter((file) => !isAlone(file)) : files;
  return read.flatMap((file) => [file.before, file.after].flatMap((id) => (id === undefined ? [] : [keyOf(file, id)])));
}

function contentIn(text: string, file: Pick<TargetChange, 'path'>): Content {
  const document = contentOfText(text);
  return isTemplate(file) ? mapStrings(document, fromHelmText) : document;
}

/** One file may be read in two ways. */
function keyOf(file: TargetChange, id: string): string {
  return `${isTemplate(file) ? 't' : 'm'}${id}`;
}

function idIn(key: string): string {
  return key.slice(1);
}

/** A chart within `manifests/` is no object, nor is what it checks. */
function isEffective(path: string): boolean {
  return path.endsWith('.yaml') && path !== 'Chart.yaml' && !path.endsWith('/Chart.yaml');
}

function appsIn({ files }: ChangedFiles): readonly { readonly clusterType: string; readonly app: string }[] {
  const found = new Map<string, { readonly clusterType: string; readonly app: string }>();
  for (const { clusterType, path } of files) {
    const [, own, app = own] = /^(?:templates\/([^/]+)\.yaml|manifests\/([^/]+)\/)/.exec(path) ?? [];
    if (app !== undefined) found.set(`${clusterType}/${app}`, { clusterType, app });
  }
  return [...found.values()];
}

/** A commit itself, or which of its parents. */
type CommitSide = 'after' | number;

function sidesOf({ commit }: FilesOfCommit): readonly CommitSide[] {
  return ['after', ...commit.parents.keys()];
}

/** The files of the other parents of a merge: Git tells what changed of the first one. */
function otherNames(one: FilesOfCommit): readonly string[] {
  return sidesOf(one).flatMap((side) => (side === 'after' || side === 0 ? [] : one.changed.files.map((file) => otherName(one, side, file))));
}

function otherName({ commit, changed }: FilesOfCommit, parent: number, { clusterType, target, path }: TargetChange): string {
  const { after: folder } = changed.folders;
  return `${commit.parents[parent]}:${folder === '' ? '' : `${folder}/`}${clusterType}/${target}/${path}`;
}

function recordNames(one: FilesOfCommit, side: CommitSide): readonly string[] {
  return appsIn(one.changed).flatMap(({ clusterType, app }) => recordName(one, side, `${clusterType}/${app}`) ?? []);
}

function recordName({ commit, changed }: FilesOfCommit, side: CommitSide, app: string): string | undefined {
  const hash = side === 'after' ? commit.hash : commit.parents[side];
  const folder = side === 0 ? changed.folders.before : changed.folders.after;
  return hash === undefined ? undefined : `${hash}:${folder === '' ? '' : `${folder}/`}${recordFolder}/${app}.yaml`;
}

function recordIn(text: string): ReturnType<typeof appRecord> {
  try {
    return appRecord(readRendered(text));
  } catch {
    return appRecord(null);
  }
}
