import type { OutputFile, OutputFolder, SharedFiles } from '../../layers/output';
import { recordFolder } from '../../layers/record';
import { hashOf } from '../files/journal';
import type { FolderTexts } from '../files/writing/shared-files';
import { fileText } from './output-text';

/** A file of rendered output. */
export interface RenderedText {
  /** From the top of the output. */
  readonly path: string;
  readonly text: string;
  /** That of the target or the member. @default - a record: it lies in neither, and Argo CD reads no such file */
  readonly folder?: string;
  /** Whether it can be told from the output itself that the file was rendered: it says so, or the record of its target names it. */
  readonly isRecorded: boolean;
}

/** A folder of rendered output that others hold alike. */
export interface RenderedFolder {
  /** From the top of the output. */
  readonly path: string;
  /** That of the target. */
  readonly folder: string;
  /** Their paths are from this folder. One object wherever the same is held. */
  readonly texts: FolderTexts;
  /** By path, the hashes of those that nothing in the output tells to be rendered; one object like the texts. */
  readonly unrecorded: ReadonlyMap<string, string>;
}

/** Every file of rendered output, in order: records before what they name, and what several targets hold alike as a whole. */
export function* rendered(folders: Iterable<OutputFolder>): Generator<RenderedText | RenderedFolder> {
  const apps = new Set<string>();
  for (const folder of folders) {
    const { files, shared = [] } = folder;
    const alone = files.length - shared.reduce((sum, one) => sum + one.files.length, 0);
    for (const file of alone === files.length ? files : files.slice(0, alone)) {
      if (file.kind === 'record') apps.add(file.path);
      const text = { path: `${folder.path}/${file.path}`, text: fileText(file), isRecorded: isRecorded(folder, file, apps) };
      yield folder.path === recordFolder ? text : { ...text, folder: folder.path };
    }
    for (const one of shared) if (one.files.length > 0) yield { path: `${folder.path}/${one.path}`, folder: folder.path, ...sharedTexts(folder, one) };
  }
}

const known = new WeakMap<SharedFiles, Pick<RenderedFolder, 'texts' | 'unrecorded'>>();

function sharedTexts(folder: OutputFolder, shared: SharedFiles): Pick<RenderedFolder, 'texts' | 'unrecorded'> {
  let found = known.get(shared);
  if (!found) {
    const texts = shared.files.map((file) => ({ path: file.path.slice(shared.path.length + 1), text: fileText(file) }));
    const unrecorded = texts.filter((_, index) => !isRecorded(folder, shared.files[index] as OutputFile, new Set()));
    found = { texts, unrecorded: new Map(unrecorded.map(({ path, text }) => [path, hashOf(text)])) };
    known.set(shared, found);
  }
  return found;
}

/** Every file of rendered output one by one, in the same order. */
export function* texts(folders: Iterable<OutputFolder>): Generator<RenderedText> {
  for (const one of rendered(folders)) {
    if (!('texts' in one)) yield one;
    else for (const { path, text } of one.texts) yield { path: `${one.path}/${path}`, folder: one.folder, text, isRecorded: !one.unrecorded.has(path) };
  }
}

/** @param apps those that have records */
function isRecorded({ path: folder }: OutputFolder, file: OutputFile, apps: ReadonlySet<string>): boolean {
  if (file.kind === 'template') return apps.has(`${folder.slice(0, folder.indexOf('/'))}/${file.path.slice('templates/'.length)}`);
  return file.kind !== 'manifest' && file.kind !== 'note';
}
