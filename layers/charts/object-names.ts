import { shortDigest } from '../text/short-digest';
import { showTokens } from '../text/token';

/** What of an object its file is called after. */
export interface NamedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: unknown; readonly namespace?: unknown; readonly generateName?: unknown };
}

/** What the file of an object is called, without `.yaml`. */
export function shortFileName({ kind, metadata }: NamedObject): string {
  return safe(`${kind.toLowerCase()}-${nameOf(metadata)}`);
}

/** The same where another object is called alike: it says the group and the namespace too. */
export function longFileName({ apiVersion, kind, metadata }: NamedObject): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  return safe([`${kind.toLowerCase()}${group}`, metadata.namespace, nameOf(metadata)].filter((part) => part !== undefined).join('-'));
}

/** Nobody here can give objects of somebody's chart other names: those that are called alike in a folder are counted. */
export function countedFileNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = `${name}-${count}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

/** Of the 255 characters that a file's name may have, with room for its ending and for names of drafts. */
export const longestFileName = 200;

/** Another name for what is too long for a file, or differs from others in capital letters alone. */
export function setApart(name: string): string {
  return `${name.slice(0, longestFileName)}-${shortDigest(name)}`;
}

/** Whether a file can be called so for an object that these are the names of. */
export function isFileNameOf(file: string, names: readonly string[]): boolean {
  const all = names.flatMap((name) => [name, setApart(name)]);
  return all.includes(file) || all.includes(file.replace(/-\d+$/, ''));
}

/** Hooks of charts may leave the end of their name to Kubernetes. */
function nameOf({ name, generateName }: NamedObject['metadata']): string {
  return String(name ?? generateName ?? '');
}

/** In Kubernetes some names hold characters that file names must not, and some hold what only the cluster knows. */
function safe(name: string): string {
  return showTokens(name).replace(/[^A-Za-z0-9.-]/g, '_');
}
