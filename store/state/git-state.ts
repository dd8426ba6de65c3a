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

/** Contents of one repository, each read once. */
export class Blobs {
  readonly #repository: Repository;
  readonly #texts = new Map<string, string>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** @returns one for each id. @throws FleetError (`no-history`) where one is not here */
  texts(ids: readonly string[]): readonly string[] {
    const unknown = new Set(ids.filter((id) => !this.#texts.has(id)));
    if (unknown.size > 0) for (const [id, bytes] of blobsOf(this.#repository, unknown)) this.#texts.set(id, bytes.toString('utf8'));
    return ids.map((id) => this.#texts.get(id) as string);
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
  const [text] = record ? blobs.texts([record.id]) : [];
  const read = text === undefined ? undefined : (readRendered(text) as Partial<FleetRecord> | null);
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
        reader ??= new RecordReader(recordOf(blobs.texts([id])[0] as string));
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
  const contents = new Map<string, Content>();
  return {
    name,
    fleet,
    targets: sorted.targets,
    files: sorted.files,
    records,
    read: (asked) => {
      const texts = blobs.texts(asked.map(({ id }) => id));
      return asked.map((file, index) => {
        const known = contents.get(file.id);
        if (known) return known;
        const made = contentOf(file, texts[index] as string);
        contents.set(file.id, made);
        return made;
      });
    },
  };
}

/** Helm reads what lies in `templates/`; the rest is applied as it is. */
export function contentOf({ path }: Pick<StateFile, 'path'>, text: string): Content {
  const document = readRendered(text);
  const content = typeof document === 'object' && document !== null && !Array.isArray(document) ? (document as Content) : { text: document };
  return /(^|\/)templates\//.test(path) ? mapStrings(content, fromHelmText) : content;
}
