import { existsSync, statSync } from 'node:fs';
import { join, normalize, relative, resolve } from 'node:path';
import { getOr } from '../../layers/get-or';
import { FleetError, type Problem } from '../../layers/problem';
import { ConfigFolders, type FolderEntry, leadsOut } from '../files/config-folder';
import { isOutside, shown } from '../files/paths';
import { readText } from '../files/read-file';
import { YamlReader } from '../yaml-fleet/yaml-file';

/** A YAML file of the layout. */
export interface LayoutFile {
  /** As messages show it. */
  readonly file: string;
  /** From the top of the layout. */
  readonly path: string;
  readonly content: { readonly [key: string]: unknown };
}

/** Something that the new configuration does not say as the layout did. */
export interface Unsaid {
  readonly file: string;
  readonly place?: readonly string[];
  /** Where no place says it: in a template. @default - the line of the place */
  readonly line?: number;
  /** What stands there. @default - the file as a whole */
  readonly text?: string;
  readonly reason: string;
}

/** Where hubs find what they deploy. */
export const bootstrapFolder = 'fleet/bootstrap';
/** Where they find whom they register. */
export const registrationFolder = 'fleet/fleet-bootstrap';

/** Whether a folder has the wrapper layout of hubs and spokes. */
export function isWrapperLayout(folder: string): boolean {
  return [bootstrapFolder, registrationFolder].every((path) => statSync(join(folder, path), { throwIfNoEntry: false })?.isDirectory());
}

/** The files of a wrapper layout. Nothing outside of it is read, and nothing in it is more than data. */
export class Layout {
  /** What is wrong with files. */
  readonly problems: Problem[] = [];
  readonly #unsaid = new Map<string, Unsaid>();
  readonly #root: string;
  readonly #folders = new ConfigFolders();
  readonly #reader = new YamlReader(this.problems);
  readonly #texts = new Map<string, string>();
  readonly #files = new Map<string, LayoutFile | undefined>();

  constructor(folder: string) {
    this.#root = resolve(folder);
  }

  /** What cannot be said. */
  get unsaid(): readonly Unsaid[] {
    return [...this.#unsaid.values()];
  }

  /** Several clusters may come to the same place: it is listed once. */
  say(unsaid: Unsaid): void {
    const { file, place, line, text, reason } = unsaid;
    this.#unsaid.set([file, place, line, text, reason].join('\n'), unsaid);
  }

  /** A path from the top as messages show it. */
  shown(path: string): string {
    return shown(join(this.#root, path));
  }

  /** A YAML file by its path from the top. @returns `undefined` where there is none, or it cannot be used */
  yaml(path: string): LayoutFile | undefined {
    const at = normalize(path);
    if (!this.#files.has(at)) this.#files.set(at, this.#read(at));
    return this.#files.get(at);
  }

  #read(path: string): LayoutFile | undefined {
    const absolute = this.#inside(path);
    if (absolute === undefined) return undefined;
    const before = this.problems.length;
    const read = this.#reader.read(absolute, 'a map');
    // A file of values may be empty: it says nothing then.
    if (!read && this.problems.length === before + 1 && this.problems[before]?.code === 'file-empty') this.problems.pop();
    return read && { file: read.file, path, content: read.content };
  }

  /** Where a file lies that may be read. @returns `undefined` where there is none in the layout */
  #inside(path: string): string | undefined {
    const absolute = join(this.#root, path);
    if (isOutside(relative(this.#root, absolute)) || !existsSync(absolute)) return undefined;
    if (!leadsOut(absolute, this.#root)) return absolute;
    const hint = 'put a copy there: what lies outside is not reviewed with the fleet';
    this.problems.push({ code: 'symlink', message: 'the link leads out of the layout', file: shown(absolute), hint });
    return undefined;
  }

  /** What lies in a folder; nothing where there is none. */
  entries(path: string): readonly FolderEntry[] {
    const absolute = join(this.#root, path);
    if (isOutside(relative(this.#root, absolute)) || !statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return [];
    try {
      return leadsOut(absolute, this.#root) ? [] : this.#folders.entries(absolute);
    } catch (cause) {
      if (!(cause instanceof FleetError)) throw cause;
      this.problems.push(...cause.problems);
      return [];
    }
  }

  /** The YAML files that lie in a folder, not below. */
  yamlsIn(path: string): readonly LayoutFile[] {
    const paths = this.entries(path).flatMap(({ name, kind }) => (kind === 'file' && /\.ya?ml$/.test(name) ? [`${path}/${name}`] : []));
    return paths.flatMap((one) => this.yaml(one) ?? []);
  }

  /** The folders in a folder. */
  foldersIn(path: string): readonly string[] {
    return this.entries(path).flatMap(({ name, kind, isLink }) => (kind === 'folder' && !isLink && !name.startsWith('.') ? [name] : []));
  }

  /** The files in a folder and below, by their paths from the top. */
  filesBelow(path: string, depth = 0): readonly string[] {
    if (depth > 12) return [];
    const here = this.entries(path).flatMap(({ name, kind }) => (kind === 'file' ? [`${path}/${name}`] : []));
    return [...here, ...this.foldersIn(path).flatMap((name) => this.filesBelow(`${path}/${name}`, depth + 1))];
  }

  /** The templates of a chart that say ApplicationSets. */
  templatesOf(chart: string): readonly string[] {
    const paths = this.entries(`${chart}/templates`).flatMap(({ name, kind }) =>
      kind === 'file' && /\.ya?ml$/.test(name) ? [`${chart}/templates/${name}`] : [],
    );
    return paths.filter((path) => this.text(path).includes('kind: ApplicationSet'));
  }

  /** A text file by its path from the top; nothing where there is none, or it cannot be used. */
  text(path: string): string {
    return getOr(this.#texts, path, () => {
      const absolute = this.#inside(path);
      return absolute === undefined ? '' : readText(absolute);
    });
  }

  hasFolder(path: string): boolean {
    return statSync(join(this.#root, normalize(path)), { throwIfNoEntry: false })?.isDirectory() === true;
  }

  /** Files of values below these folders that nobody has read. */
  unread(folders: readonly string[]): readonly string[] {
    const found: string[] = [];
    const visit = (folder: string, depth: number) => {
      for (const { name, kind } of depth > 12 ? [] : this.entries(folder)) {
        const path = `${folder}/${name}`;
        if (kind === 'file' && /\.ya?ml$/.test(name) && !this.#files.has(normalize(path))) found.push(path);
      }
      for (const name of depth > 12 ? [] : this.foldersIn(folder)) visit(`${folder}/${name}`, depth + 1);
    };
    for (const folder of folders) visit(folder, 0);
    return found;
  }
}
