import type { Content, State, StateFile, StateRecord } from '../../changes/state';
import type { Law } from '../../layers/law/law';
import type { Plain } from '../../layers/layer';
import { type AppRecord, type FleetRecord, type RecordedPatch, type RecordedValues, RecordReader, recordFolder, recordFormat } from '../../layers/record';
import { fromHelmText } from '../../layers/text/from-helm-text';
import { mapStrings } from '../../layers/text/token';
import type { Repository } from '../git/repository';
import { treeAt } from '../git/trees';
import { readRendered } from '../yaml/read-rendered';
import { Blobs, noOutput } from './blobs';
import { formerRecords } from './former-records';
import { looksLikeHubs, recordsIn, sortTree, type TreeFile } from './output-tree';
import { recordedLaw } from './recorded-law';

/** Rendered output as a commit recorded it, before anybody asks what it means. */
export interface RecordedOutput {
  readonly files: readonly TreeFile[];
  readonly fleet: FleetRecord;
  /** None where a fleet of hubs had none. */
  readonly records: readonly StateRecord[];
  /** What files say, by their ids. */
  readonly blobs: Blobs;
}

/** What is known where a commit recorded no record of its fleet. */
export type FormerFleet = Pick<FleetRecord, 'dimensions' | 'sequence'>;

/**
 * Rendered output as a commit has it, read from objects: the work tree is not looked at.
 *
 * @param folder the output folder
 * @param former for output of versions that recorded no sequence
 * @returns `undefined` where the commit has no such folder
 * @throws FleetError (`no-history`, `no-output`) where it cannot be read, and where a newer version wrote it
 */
export function readOutput(repository: Repository, commit: string, folder: string, former: FormerFleet): RecordedOutput | undefined {
  // Links and submodules were never rendered, and what they lead to is not the commit's.
  const files = [...treeAt(repository, commit, folder)].flatMap(([path, { mode, id }]) => (mode.startsWith('100') ? [{ path, id }] : []));
  if (files.length === 0) return undefined;
  const blobs = new Blobs(repository, files, (path) => `'${folder}/${path}' of ${shortCommit(commit)}`);
  const fleet = fleetRecord(files, blobs, former);
  const records = stateRecords(files, blobs);
  return { files, fleet, records: records.length === 0 && fleet.topology === 'dimensions' ? formerRecords(files, blobs) : records, blobs };
}

/** A commit as messages call it. */
export function shortCommit(commit: string): string {
  return /^[0-9a-f]{40,}$/.test(commit) ? commit.slice(0, 7) : commit;
}

type Unread<T> = { readonly [K in keyof T]?: unknown };

function fleetRecord(files: readonly TreeFile[], blobs: Blobs, former: FormerFleet): FleetRecord {
  const record = files.find(({ path }) => path === `${recordFolder}/fleet.yaml`);
  const {
    format,
    topology,
    dimensions,
    sequence,
    law: written,
  } = (record ? (blobs.document(record.id) ?? {}) : {}) as Unread<FleetRecord> & { readonly format?: unknown };
  if (typeof format === 'number' && format > recordFormat) {
    throw noOutput('the output was rendered by a newer version of cdk8s-fleet', {
      expected: `records of format ${recordFormat}`,
      found: `format ${format}`,
      hint: 'update cdk8s-fleet',
    });
  }
  const law = recordedLaw(written);
  return {
    topology: topology === 'dimensions' || topology === 'hub-and-spoke' ? topology : looksLikeHubs(files) ? 'hub-and-spoke' : 'dimensions',
    dimensions: texts(dimensions) ?? former.dimensions,
    sequence: texts(sequence) ?? former.sequence,
    ...(law === undefined ? {} : { law }),
  };
}

/** The sequence that the record of a fleet holds. @param text of its file; one that a merge left with marks of a conflict has none */
export function sequenceIn(text: string): readonly string[] {
  try {
    return texts((readRendered(text) as Unread<FleetRecord> | null)?.sequence) ?? [];
  } catch {
    return [];
  }
}

/** The law that the record of a fleet holds. @param text of its file @returns `undefined` where it holds none that can be read */
export function lawIn(text: string): Law | undefined {
  try {
    return recordedLaw((readRendered(text) as Unread<FleetRecord> | null)?.law);
  } catch {
    return undefined;
  }
}

function stateRecords(files: readonly TreeFile[], blobs: Blobs): readonly StateRecord[] {
  const records = recordsIn(files);
  const readers = new Map<string, RecordReader>();
  const unread = new Map<string, string>();
  const read = (id: string): RecordReader => {
    // Some look at one app; whoever asks for a second one gets all that is left with it.
    if (readers.size === 1)
      for (const [one, text] of blobs.texts(records.flatMap((record) => (readers.has(record.id) ? [] : [record.id])))) unread.set(one, text);
    const reader = new RecordReader(appRecord(blobs.document(id, unread.get(id))));
    unread.delete(id);
    readers.set(id, reader);
    return reader;
  };
  return records.map(({ clusterType, app, id }) => ({
    clusterType,
    app,
    id,
    read: () => readers.get(id) ?? read(id),
  }));
}

/** What is missing in it, or is something else, sets nothing: a merge may have gone wrong there. */
export function appRecord(document: Plain): AppRecord {
  const { rendered, layers, patches, uninstalls, told } = (document ?? {}) as Unread<AppRecord>;
  return {
    rendered: texts(rendered) ?? [],
    layers: (Array.isArray(layers) ? layers : []).flatMap((one: Unread<AppRecord['layers'][number]> | null) =>
      typeof one?.layer === 'string' ? [{ layer: one.layer, at: texts(one.at) ?? [], fields: texts(one.fields) ?? [] }] : [],
    ),
    ...(Array.isArray(patches)
      ? {
          patches: patches.flatMap((one: Unread<RecordedPatch> | null) =>
            typeof one?.patch === 'string' ? [{ patch: one.patch, at: texts(one.at) ?? [] }] : [],
          ),
        }
      : {}),
    ...(Array.isArray(uninstalls) ? { uninstalls: texts(uninstalls) } : {}),
    ...(Array.isArray(told)
      ? { told: told.map((one: Unread<RecordedValues> | null) => ({ at: texts(one?.at) ?? [], values: texts(one?.values) ?? [] })) }
      : {}),
  };
}

function texts(list: unknown): readonly string[] | undefined {
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : undefined;
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
    for (const [id, document] of blobs.documents(unread.keys())) {
      const content = asContent(document);
      for (const kind of unread.get(id) ?? []) known[kind].set(id, kind === 'evaluated' ? mapStrings(content, fromHelmText) : content);
    }
    return files.map((file) => known[kindOf(file)].get(file.id) as Content);
  };
}

/** Helm reads what lies in `templates/`, and in those of a chart of an app's own; the rest is applied as it is. */
export function isTemplate({ path }: Pick<StateFile, 'path'>): boolean {
  return /^(manifests\/[^/]+\/)?templates\//.test(path);
}

/** What a file says; one that is no map, as one text. */
export function asContent(document: Plain): Content {
  return typeof document === 'object' && document !== null && !Array.isArray(document) ? (document as Content) : { text: document };
}

/** What a rendered file says; one that a merge left with marks of a conflict says nothing. */
export function contentOfText(text: string): Content {
  try {
    return asContent(readRendered(text));
  } catch {
    return {};
  }
}
