import { join } from 'node:path';
import { isFolder } from '../../layers/charts/chart-id';
import type { ChartFinding, ChartInput, InputFile } from '../../layers/charts/chart-input';
import { compare, FleetError } from '../../layers/problem';
import { ConfigFolders, leadsOut } from '../files/config-folder';
import { isOutside, isThere } from '../files/paths';
import { readBytes } from '../files/read-file';
import type { ChartSource } from './chart-sources';
import { type HeldFiles, lackHint, lackText } from './folders/held-files';

/** What a file holds that Helm is given. */
export interface GivenFile {
  /** What it is called in messages: its path in the repository, or in the chart. */
  readonly shown: string;
  /** Where it lies. Absolute. @default - it is packed */
  readonly file?: string;
  readonly content: Buffer;
}

/** What the files of an input hold. */
export interface GivenFiles {
  readonly values: readonly GivenFile[];
  readonly parameters: readonly (GivenFile & { readonly name: string })[];
}

/** Files and folders that lie somewhere, by paths from its top. */
interface Tree {
  readonly name: string;
  entries(folder: string): readonly { readonly name: string; readonly isFolder: boolean }[];
  /** `undefined` where there is none */
  read(path: string): Buffer | undefined;
  /** Where it lies on the disk; none of what is packed does. */
  fileOf?(path: string): string;
  /** Why there is none, where something lies there. */
  lack?(path: string): string | undefined;
}

class Refused extends Error {
  constructor(readonly finding: ChartFinding) {
    super(finding.message);
  }
}

/**
 * The files that sources name beside their charts, read as Argo CD 3.6 finds them (reposerver/repository, `getResolvedValueFiles`):
 * a pattern stands for what it fits, in the order in which folders are gone through, without what is named by itself; a file that is
 * named twice is read once, at its first place.
 */
export class InputFiles {
  readonly #repository: Tree;

  /** @param base the top of the repository. Absolute */
  constructor(base: string, held: HeldFiles) {
    this.#repository = new RepositoryTree(base, held);
  }

  read({ id, valueFiles = [], fileParameters = [], ignoreMissingValueFiles }: ChartInput, source: ChartSource): GivenFiles | readonly ChartFinding[] {
    const isOwn = isFolder(id);
    const chart = isOwn ? this.#repository : new ArchiveTree(source);
    const placed = ({ path, of }: InputFile): readonly [tree: Tree, path: string] => {
      const isInChart = of === 'chart';
      const at = join(isOwn && isInChart ? id.folder : '.', path);
      const tree = isInChart ? chart : this.#repository;
      if (isOutside(at)) throw refused(`the file '${path}' leads out of ${tree.name}`);
      return [tree, at];
    };
    const given = (tree: Tree, path: string, content: Buffer): GivenFile => {
      const file = tree.fileOf?.(path);
      return { shown: path, content, ...(file === undefined ? {} : { file }) };
    };
    const one = (file: InputFile): GivenFile => {
      const [tree, path] = placed(file);
      const content = tree.read(path);
      if (content) return given(tree, path, content);
      const lack = tree.lack?.(path);
      if (lack !== undefined) throw refused(`'${path}' ${lack}`, lackHint);
      throw refused(`there is no file '${path}' in ${tree.name}`, isInChartAlone(file, isOwn));
    };
    const findings = new Map<string, ChartFinding>();
    /** All that is wrong is told of, once. */
    const attempt = <T>(read: () => T): readonly T[] => {
      try {
        return [read()];
      } catch (cause) {
        for (const finding of findingsOf(cause)) findings.set(finding.message, finding);
        return [];
      }
    };
    const all = valueFiles.flatMap((file) => attempt(() => ({ file, at: placed(file) })));
    const named = new Set(all.filter(({ file }) => !isPattern(file.path)).map(({ at }) => keyOf(at)));
    const values = new Map<string, GivenFile>();
    const read = (file: InputFile, [tree, path]: readonly [Tree, string]): void => {
      const key = keyOf([tree, path]);
      if (isPattern(file.path)) {
        const found = matches(tree, path);
        if (found.length === 0 && !ignoreMissingValueFiles) throw refused(`no file of ${tree.name} fits '${path}'`);
        for (const match of found) {
          const own = keyOf([tree, match]);
          if (!named.has(own) && !values.has(own)) values.set(own, given(tree, match, tree.read(match) as Buffer));
        }
      } else if (!values.has(key) && (!ignoreMissingValueFiles || tree.read(path))) values.set(key, one(file));
    };
    for (const { file, at } of all) attempt(() => read(file, at));
    const parameters = fileParameters.flatMap(({ name, file }) => attempt(() => ({ name, ...one(file) })));
    return findings.size > 0 ? [...findings.values()] : { values: [...values.values()], parameters };
  }
}

/** @throws whatever is no matter of files */
function findingsOf(cause: unknown): readonly ChartFinding[] {
  if (cause instanceof Refused) return [cause.finding];
  if (!(cause instanceof FleetError)) throw cause;
  return cause.problems.map(({ message, file }) => ({ code: 'chart-render', message, ...(file === undefined ? {} : { found: `'${file}'` }) }));
}

function refused(message: string, hint = 'paths count from the chart, and with `/` in front from the top of the repository'): Refused {
  return new Refused({ code: 'chart-render', message, hint });
}

function isInChartAlone({ of }: InputFile, isOwn: boolean): string | undefined {
  if (isOwn || of !== 'chart') return undefined;
  return 'of a chart that comes from a repository, Argo CD reads files in it: name those of this one behind `$name/`, with a source that has `ref: name`';
}

function keyOf([tree, path]: readonly [Tree, string]): string {
  return `${tree.name}\n${path}`;
}

/** As Argo CD tells patterns from paths. */
function isPattern(path: string): boolean {
  return /[*?[]/.test(path);
}

/** The files that fit a pattern: those of a folder before those of the folders in it, by name (bmatcuk/doublestar, `Glob`). */
function matches(tree: Tree, pattern: string): readonly string[] {
  if (/[{}\\]/.test(pattern)) throw refused(`'${pattern}' is a pattern that Argo CD alone reads`, 'without `{`, `}` and `\\`: as two patterns, or as paths');
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  const found: string[] = [];
  const visit = (folder: string, index: number): void => {
    const part = parts[index] as string;
    const isLast = index === parts.length - 1;
    if (part === '**' && !isLast) visit(folder, index + 1);
    const fits = part === '**' ? () => true : segment(part);
    for (const { name, isFolder: isIn } of tree.entries(folder)) {
      if (!fits(name)) continue;
      const path = join(folder, name);
      if (isIn && (part === '**' || !isLast)) visit(path, part === '**' ? index : index + 1);
      else if (!isIn && isLast) found.push(path);
    }
  };
  visit('.', 0);
  return [...new Set(found)];
}

function segment(part: string): (name: string) => boolean {
  let text = '';
  for (const [token] of part.matchAll(/\*+|\?|\[[!^]?[^\]]+\]|./gsu)) {
    if (token.startsWith('*')) text += '.*?';
    else if (token === '?') text += '.';
    else if (token.length > 1 && token.startsWith('[')) {
      text += `[${token.slice(1, -1).replace(/^[!^]/, '^').replaceAll('[', '\\[')}]`;
    } else if (token === '[') throw refused(`'${part}' is no pattern`, 'a `[` without `]`');
    else text += token.replaceAll(/[.+^$()|\]]/g, '\\$&');
  }
  let pattern: RegExp;
  try {
    pattern = new RegExp(`^${text}$`, 'su');
  } catch {
    throw refused(`'${part}' is no pattern`, 'a range between brackets goes from the lower character to the higher one');
  }
  return (name) => pattern.test(name);
}

class RepositoryTree implements Tree {
  readonly name = 'the repository';
  readonly #base: string;
  readonly #held: HeldFiles;
  readonly #read = new Map<string, Buffer | undefined>();
  readonly #folders = new ConfigFolders();

  constructor(base: string, held: HeldFiles) {
    this.#base = base;
    this.#held = held;
  }

  entries(folder: string) {
    const path = join(this.#base, folder);
    if (!isThere(path)) return [];
    this.#expectInside(path, folder);
    const entries = this.#folders.entries(path).filter(({ kind }) => kind !== 'dangling');
    // Links that lead out are told of where they are read.
    const lacks = this.#held.lacks(entries.map(({ path: of }) => of));
    return entries.filter(({ path: of }) => !lacks.has(of)).map(({ name, kind }) => ({ name, isFolder: kind === 'folder' }));
  }

  read(path: string): Buffer | undefined {
    const file = join(this.#base, path);
    if (this.#read.has(path)) return this.#read.get(path);
    if (isThere(file)) this.#expectInside(file, path);
    const content = isThere(file) && this.#held.lackOf(file) === undefined ? readBytes(file) : undefined;
    this.#read.set(path, content);
    return content;
  }

  fileOf(path: string): string {
    return join(this.#base, path);
  }

  lack(path: string): string | undefined {
    const file = join(this.#base, path);
    const lack = isThere(file) ? this.#held.lackOf(file) : undefined;
    return lack && lackText[lack];
  }

  /** A link may lead anywhere, and Argo CD refuses those that lead out as well. */
  #expectInside(path: string, shown: string): void {
    if (leadsOut(path, this.#base)) throw refused(`'${shown}' leads out of the repository`, 'a link in it leads elsewhere');
  }
}

/** A packed chart, whose files lie in one folder of any name. */
class ArchiveTree implements Tree {
  readonly name: string;
  readonly #files: ReadonlyMap<string, Buffer>;

  constructor(source: ChartSource) {
    this.name = source.shown;
    this.#files = new Map([...source.files()].map(([path, content]) => [path.slice(path.indexOf('/') + 1), content]));
  }

  entries(folder: string) {
    const top = folder === '.' ? '' : `${folder}/`;
    const below = [...this.#files.keys()].filter((path) => path.startsWith(top)).map((path) => path.slice(top.length).split('/'));
    const names = new Map(below.map(([name = '', ...rest]) => [name, rest.length > 0]));
    return [...names].sort(([a], [b]) => compare(a, b)).map(([name, isIn]) => ({ name, isFolder: isIn }));
  }

  read(path: string): Buffer | undefined {
    return this.#files.get(path);
  }
}
