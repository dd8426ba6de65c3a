import type { Content, State, StateFile, StateRecord } from '../../changes/state';
import { type AppRecord, type FleetRecord, RecordReader, recordFolder } from '../../layers/record';
import { fromHelmText } from '../../layers/text/from-helm-text';
import { mapStrings } from '../../layers/text/token';
import type { Repository } from '../git/repository';
import { blobsOf, treeAt } from '../git/trees';
import { readRendered } from '../yaml/read-rendered';
import { looksLikeHubs, recordsIn, sortTree, type TreeFile } from './output-tree';

/** Rendered output as a commit recorded it, before anybody asks what it means. */
export interface RecordedOutput {
  readonly files: readonly TreeFile[];
  readonly fleet: FleetRecord;
  readonly records: readonly StateRecord[];
  /** What files say, by their ids. */
  readonly blobs: Blobs;
}

/** What is known where a commit recorded no record of its fleet. */
export type FormerFleet = Pick<FleetRecord, 'dimensions' | 'sequence'>;

/** Contents of one repository. */
export class Blobs {
  readonly #repository: Repository;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** @throws FleetError (`no-history`) where it is not here */
  text(id: string): string {
    const [[, bytes]] = [...blobsOf(this.#repository, [id])] as [readonly [string, Buffer]];
    return bytes.toString('utf8');
  }

  /** Each once, as they come: no more of them are in memory than need be. @throws FleetError (`no-history`) where one is not here */
  *texts(ids: Iterable<string>): Generator<readonly [id: string, text: string]> {
    for (const [id, bytes] of blobsOf(this.#repository, ids)) yield [id, bytes.toString('utf8')];
  }
}

/**
 * Rendered output as a commit has it, read from objects: the work tree is not looked at.
 *
 * @param folder the output folder
 * @param former for output of versions that recorded no sequence
 * @returns `undefined` where the commit has no such folder
 */
export function readOutput(repository: Repository, commit: string, folder: string, former: FormerFleet): RecordedOutput | undefined {
  const files = [...treeAt(repository, commit, folder)].map(([path, { id }]) => ({ path, id }));
  if (files.length === 0) return undefined;
  const blobs = new Blobs(repository);
  return { files, fleet: fleetRecord(files, blobs, former), records: stateRecords(files, blobs), blobs };
}

function fleetRecord(files: readonly TreeFile[], blobs: Blobs, former: FormerFleet): FleetRecord {
  const record = files.find(({ path }) => path === `${recordFolder}/fleet.yaml`);
  const read = record && (readRendered(blobs.text(record.id)) as Partial<FleetRecord> | null);
  const topology = read?.topology ?? (looksLikeHubs(files) ? 'hub-and-spoke' : 'dimensions');
  return { topology, dimensions: read?.dimensions ?? former.dimensions, sequence: read?.sequence ?? former.sequence };
}

function stateRecords(files: readonly TreeFile[], blobs: Blobs): readonly StateRecord[] {
  return recordsIn(files).map(({ clusterType, app, id }) => {
    let reader: RecordReader | undefined;
    return {
      clusterType,
      app,
      id,
      read: () => {
        reader ??= new RecordReader(recordOf(blobs.text(id)));
        return reader;
      },
    };
  });
}

/** What is missing in it sets nothing: a merge may have gone wrong there. */
function recordOf(text: string): AppRecord {
  const { rendered, layers } = (readRendered(text) ?? {}) as Partial<AppRecord>;
  return { rendered: rendered ?? [], layers: (layers ?? []).map(({ layer, at, fields }) => ({ layer, at: at ?? [], fields: fields ?? [] })) };
}

/** The state of a fleet of dimensions. */
export function stateOfOutput(name: string, { files, fleet, records, blobs }: RecordedOutput): State {
  const sorted = sortTree(files, fleet);
  return { name, fleet, targets: sorted.targets, files: sorted.files, records, read: contentReader(blobs, isTemplate) };
}

/** Reads what files say, each distinct one once. @param isHelm whether Helm evaluates a file */
export function contentReader(blobs: Blobs, isHelm: (file: StateFile) => boolean): State['read'] {
  const known = { applied: new Map<string, Content>(), evaluated: new Map<string, Content>() };
  const kindOf = (file: StateFile) => (isHelm(file) ? 'evaluated' : 'applied');
  return (files) => {
    const unread = new Map<string, Set<keyof typeof known>>();
    for (const file of files) {
      const kind = kindOf(file);
      if (known[kind].has(file.id)) continue;
      const kinds = unread.get(file.id);
      if (kinds) kinds.add(kind);
      else unread.set(file.id, new Set([kind]));
    }
    for (const [id, text] of blobs.texts(unread.keys())) {
      for (const kind of unread.get(id) ?? []) known[kind].set(id, kind === 'evaluated' ? mapStrings(contentOf(text), fromHelmText) : contentOf(text));
    }
    return files.map((file) => known[kindOf(file)].get(file.id) as Content);
  };
}

/** Helm reads what lies in `templates/`, and in those of a chart of an app's own; the rest is applied as it is. */
function isTemplate({ path }: StateFile): boolean {
  return /^(manifests\/[^/]+\/)?templates\//.test(path);
}

export function contentOf(text: string): Content {
  const document = readRendered(text);
  return typeof document === 'object' && document !== null && !Array.isArray(document) ? (document as Content) : { text: document };
}
