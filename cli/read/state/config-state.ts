import { type Content, nameIn, type State, type StateFile, type StateRecord } from '../../../changes/state';
import type { FleetOutput, OutputFile } from '../../../constructs';
import { registeredPath } from '../../../constructs/hub/render/effect';
import { getOr } from '../../../layers/get-or';
import { type FleetRecord, membersName, RecordReader } from '../../../layers/record';
import { mapStrings, showTokens } from '../../../layers/text/token';
import { blobId } from '../../../store/git/objects';
import { fileText } from '../../../store/output/output-text';

type EffectiveFile = Exclude<OutputFile, { kind: 'chart' | 'record' | 'fleet-record' | 'note' }>;

export interface ConfigStateOptions {
  /** What to call it. @default 'the configuration' */
  readonly name?: string;
  /** An id of the repository: those of the state are of the same kind, so that equal files are told without being read. @default - SHA-1 */
  readonly like?: string;
  /** Whether it has the files of a target. @default - those of all */
  readonly isAsked?: (clusterType: string, target: string) => boolean;
  /** Whether it has a file of a target that it has the files of. @default - all */
  readonly hasFile?: (clusterType: string, target: string, path: string) => boolean;
}

/** What the configuration renders now. */
export function configState(
  output: FleetOutput,
  { name = 'the configuration', like = '', isAsked = () => true, hasFile = () => true }: ConfigStateOptions = {},
): State {
  const ids = new IdsOfFiles(like);
  const sources = new Map<StateFile, EffectiveFile>();
  for (const clusterType of output.clusterTypes) {
    for (const { path: target } of output.targetsOf(clusterType)) {
      if (!isAsked(clusterType, target)) continue;
      for (const file of output.folder(clusterType, target).files) {
        if (isEffective(file) && hasFile(clusterType, target, file.path)) sources.set({ clusterType, target, path: file.path, id: ids.of(file) }, file);
      }
    }
  }
  const { fleet, records } = recordsOf(output, ids);
  const clusterTypes = [...output.clusterTypes].sort().filter((clusterType) => output.targetsOf(clusterType).length > 0);
  return {
    name,
    fleet,
    targets: new Map(clusterTypes.map((clusterType) => [clusterType, output.targetsOf(clusterType).map(({ path }) => path)])),
    files: [...sources.keys()],
    records,
    ...(output.hasMembers ? { registration: registrationsOf(output) } : {}),
    read: (files) => files.map((file) => contentOf(sources.get(file) as EffectiveFile)),
  };
}

/** What registers clusters, each looked up where it is asked for. */
function registrationsOf(output: FleetOutput): NonNullable<State['registration']> {
  const known = new Map<string, readonly OutputFile[]>();
  return (deployer, target) => {
    const path = registeredPath(deployer, nameIn(target));
    const file = getOr(known, target, () => output.folder(membersName, target).files).find((one) => one.path === path);
    return file?.kind === 'manifest' ? file.document : undefined;
  };
}

function isEffective(file: OutputFile): file is EffectiveFile {
  return file.kind === 'template' || file.kind === 'manifest' || file.kind === 'helm-values';
}

/** Ids as Git gives them, each distinct document hashed once. */
class IdsOfFiles {
  readonly #like: string;
  readonly #known = new WeakMap<object, string>();

  constructor(like: string) {
    this.#like = like;
  }

  of(file: OutputFile): string {
    const key = file.kind === 'template' || file.kind === 'manifest' ? file.document : file.kind === 'helm-values' ? file.values : file;
    let id = this.#known.get(key);
    if (id === undefined) {
      id = blobId(Buffer.from(fileText(file)), this.#like);
      this.#known.set(key, id);
    }
    return id;
  }
}

const contents = new WeakMap<object, Content>();

function contentOf(file: EffectiveFile): Content {
  const plain: Content = file.kind === 'helm-values' ? file.values.plain : file.document;
  let content = contents.get(plain);
  if (!content) {
    content = mapStrings(plain, showTokens);
    contents.set(plain, content);
  }
  return content;
}

function recordsOf(output: FleetOutput, ids: IdsOfFiles): { readonly fleet: FleetRecord; readonly records: readonly StateRecord[] } {
  const records: StateRecord[] = [];
  let fleet: FleetRecord = { topology: 'dimensions', dimensions: [], sequence: [] };
  for (const file of output.records().files) {
    if (file.kind === 'fleet-record') fleet = file.record;
    if (file.kind !== 'record') continue;
    const [clusterType = '', name = ''] = file.path.split('/');
    let reader: RecordReader | undefined;
    const read = () => {
      reader ??= new RecordReader(file.record);
      return reader;
    };
    records.push({ clusterType, app: name.slice(0, -'.yaml'.length), id: ids.of(file), read });
  }
  return { fleet, records };
}
