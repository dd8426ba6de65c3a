import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ChartFinding, KustomizeTold } from '../../layers/charts/chart-input';
import { leftClosed } from '../../layers/charts/left-closed';
import { FleetError } from '../../layers/problem';
import { digestOf } from '../charts/chart';
import { limits } from '../charts/chart-files';
import { isOutside, isThere, shown } from '../files/paths';
import { goYaml } from '../yaml/go-yaml';
import { FolderFiles } from './folders/folder-files';
import { type HeldFiles, type Lack, lackHint, lackText } from './folders/held-files';
import { isAddress, referencesIn } from './folders/kustomize-references';
import { changedSource } from './folders/source-files';

/** A folder of Kustomize with all that it reaches. */
export interface KustomizeFolder {
  /** What it is called in messages. */
  readonly shown: string;
  /** From the top of the repository. */
  readonly folder: string;
  /** Of all files. */
  readonly digest: string;
  /** By their paths from the top of the repository. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** In the order in which Kustomize looks for them. */
export const kustomizations = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** Whether a folder is one of Kustomize's. @param path absolute */
export function isOfKustomize(path: string): boolean {
  return kustomizations.some((name) => isThere(join(path, name)));
}

/**
 * The files that Kustomize may read of a folder: those of the folder, and of all folders that it names, and those name. It reads
 * files of these alone (its `LoadRestrictionsRootOnly`), and whatever else it would fetch is refused: there is no network here.
 */
export class KustomizeFolders {
  readonly #base: string;
  readonly #folders: FolderFiles;
  readonly #found = new Map<string, KustomizeFolder | readonly ChartFinding[]>();

  /** @param base the top of the repository. Absolute */
  constructor(base: string, held: HeldFiles) {
    this.#base = base;
    this.#folders = new FolderFiles(base, held);
  }

  /** @param told components are added to it, from there, and patches */
  find(folder: string, told: Pick<KustomizeTold, 'components' | 'patches'>): KustomizeFolder | readonly ChartFinding[] {
    const key = JSON.stringify([folder, told.components, told.patches]);
    let found = this.#found.get(key);
    if (!found) {
      found = this.#read(folder, told);
      this.#found.set(key, found);
    }
    return found;
  }

  #read(folder: string, { components, patches }: Pick<KustomizeTold, 'components' | 'patches'>): KustomizeFolder | readonly ChartFinding[] {
    const name = `the folder '${folder}'`;
    const files = new Map<string, Buffer>();
    const findings: ChartFinding[] = [];
    const seen = new Set<string>();
    const wanted = [folder];
    const refuse = (message: string, more: Partial<ChartFinding> = {}) => findings.push({ code: 'chart-broken', message, ...more });
    let size = 0;
    /** @returns whether it is something of the repository */
    const want = (from: string, to: string): boolean => {
      const path = join(from, to);
      if (isAddress(to) || to.startsWith('/') || isOutside(path) || !isThere(join(this.#base, path))) return false;
      wanted.push(path);
      return true;
    };
    try {
      for (const component of components) {
        if (!want(folder, component)) refuse(`the component '${component}' of ${name} is not in this repository`, { hint: copyIt });
      }
      for (const { text } of referencesIn(goYaml({ patches }), (why) => refuse(`a patch for ${name} cannot be read`, why))) {
        if (isAddress(text)) refuse(`the patch '${text}' for ${name} is no file of this repository`, { hint: copyIt });
      }
      for (let next = wanted.pop(); next !== undefined; next = wanted.pop()) {
        const path = join(this.#base, next);
        if (seen.has(next)) continue;
        seen.add(next);
        if (!isThere(path)) refuse(`there is no folder '${next}'`, { code: 'chart-unknown', hint: 'folders count from the top of the repository' });
        // A file lies in a folder that is read, or Kustomize refuses it.
        const own = kustomizations.find((one) => isThere(join(path, one)));
        if (own === undefined) {
          if (next === folder && isThere(path)) refuse(`${name} is none of Kustomize's`, { expected: kustomizations[0], found: 'none' });
          continue;
        }
        const read = this.#folders.read(path, { shown: `the folder '${next}'`, within: path });
        if (!('files' in read)) {
          findings.push(read);
          continue;
        }
        const { files: all, lacks } = read;
        const lackOf = (to: string) => [...lacks].find(([at]) => at === join(to) || join(to).startsWith(`${at}/`))?.[1];
        const changed = next === folder ? changedSource(all.keys(), folder) : undefined;
        if (changed) findings.push(changed);
        if (lacks.has(own)) {
          refuse(`'${join(next, own)}' ${lackText[lacks.get(own) as Lack]}`, { hint: lackHint });
          continue;
        }
        for (const [file, content] of all) {
          const at = join(next, file);
          if (!files.has(at)) size += content.length;
          files.set(at, content);
        }
        if (size > limits.content) return [{ code: 'chart-broken', message: `${name} is too large`, found: `more than ${limits.content} bytes` }];
        const check = (file: string, text: string, isPlugin: boolean) => {
          const name = shown(join(this.#base, file));
          for (const { text: to, kind } of referencesIn(text, (why) => refuse(`'${name}' cannot be read`, why))) {
            const found = `${name}:${text.split('\n').findIndex((line) => line.includes(to)) + 1}`;
            const isGiven = kind !== 'file' && !isPlugin;
            const lack = lackOf(to) ?? lackOf(to.slice(to.indexOf('=') + 1));
            if (lack) refuse(`'${join(next, to)}' ${lackText[lack]}`, { found, hint: lackHint });
            else if (isAddress(to) || (isGiven && !want(folderOf, to))) refuse(`'${to}' is no file or folder of this repository`, { found, hint: copyIt });
            else if (isGiven && isOutside(to) && statSync(join(path, to)).isFile()) {
              refuse(`'${to}' lies outside of the folder that names it`, {
                found,
                hint: 'Kustomize reads files of its folder alone: name a folder with a kustomization',
              });
            } else if (kind === 'plugin' && !isPlugin && statSync(join(path, to)).isDirectory()) {
              // What it builds would say what plugins read.
              refuse(`'${to}' is a folder, and what plugins are told is read of files alone`, { found, hint: `name the files in it` });
            }
            const plugin = kind === 'plugin' && !isPlugin ? all.get(join(to)) : undefined;
            if (plugin) check(join(folderOf, to), plugin.toString('utf8'), true);
          }
        };
        const folderOf = next;
        check(join(next, own), all.get(own)?.toString('utf8') ?? '', false);
      }
    } catch (cause) {
      if (!(cause instanceof FleetError)) throw cause;
      for (const { message, file } of cause.problems) refuse(message, file === undefined ? {} : { found: `'${file}'` });
    }
    if (findings.length > 0) return findings;
    const sorted = new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
    return { shown: name, folder, digest: digestOf(sorted), files: sorted };
  }
}

const copyIt = `remote bases are not fetched: copy it into this repository, or ${leftClosed}`;
