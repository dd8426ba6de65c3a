import { dirname } from 'node:path';
import type { Shared } from './put-files';

/** Files that several folders hold alike; one object for all of them. Their paths are from such a folder. */
export type FolderTexts = readonly { readonly path: string; readonly text: string }[];

const known = new WeakMap<FolderTexts, Shared>();

/** How they are written and compared. */
export function sharedOf(texts: FolderTexts): Shared {
  let shared = known.get(texts);
  if (!shared) {
    shared = { folders: foldersOf(texts), files: texts.map(({ path, text }) => ({ path, bytes: Buffer.from(text) })) };
    known.set(texts, shared);
  }
  return shared;
}

function foldersOf(texts: FolderTexts): Shared['folders'] {
  const folders = new Map<string, Map<string, 'file' | 'folder'>>([['', new Map()]]);
  const add = (path: string, kind: 'file' | 'folder') => {
    const name = dirname(path);
    const folder = name === '.' ? '' : name;
    if (!folders.has(folder)) {
      folders.set(folder, new Map());
      add(folder, 'folder');
    }
    folders.get(folder)?.set(path.slice(folder === '' ? 0 : folder.length + 1), kind);
  };
  for (const { path } of texts) add(path, 'file');
  return [...folders].map(([path, entries]) => ({ path, entries }));
}
