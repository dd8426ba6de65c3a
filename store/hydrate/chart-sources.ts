import { join } from 'node:path';
import { type ChartId, chartKey, type FolderChart, isFolder, type RepositoryChart } from '../../layers/charts/chart-id';
import type { ChartFinding } from '../../layers/charts/chart-input';
import { once } from '../../layers/get-or';
import { FleetError } from '../../layers/problem';
import { digestOf } from '../charts/chart';
import { limits } from '../charts/chart-files';
import { LockedCharts, notAsImported, shownAs } from '../charts/locked-charts';
import { ConfigFolders, leadsOut } from '../files/config-folder';
import { isThere, shown } from '../files/paths';
import { readBytes } from '../files/read-file';
import { unpacked } from './unpacked';

/** A chart as Helm is given it. */
export interface ChartSource {
  /** What it is called in messages. */
  readonly shown: string;
  /** The archive, or the folder. Absolute. */
  readonly path: string;
  /** Of everything that Helm may read there. */
  readonly digest: string;
  /** By their paths. */
  readonly files: () => ReadonlyMap<string, Buffer>;
}

/** Where the charts of a configuration lie, each looked at once: in `imports/charts/`, or in folders of the repository. */
export class ChartSources {
  readonly #config: string;
  readonly #base: string;
  readonly #found = new Map<string, ChartSource | readonly ChartFinding[]>();
  #locked: LockedCharts | undefined;

  /** @param base from where the folders of charts count */
  constructor(config: string, base: string) {
    this.#config = config;
    this.#base = base;
  }

  /** @returns what is wrong, where it is not there or not what it should be */
  find(id: ChartId): ChartSource | readonly ChartFinding[] {
    const key = chartKey(id);
    const known = this.#found.get(key);
    if (known) return known;
    const found = this.#tryFind(id);
    this.#found.set(key, found);
    return found;
  }

  /** Which version a range was when it was pulled. @default - none was, or the lock is none, which whoever renders it is told */
  versionOf(id: ChartId): string | undefined {
    try {
      this.#locked ??= new LockedCharts(this.#config, this.#base);
      return this.#locked.tryFind(id)?.resolved;
    } catch (cause) {
      if (cause instanceof FleetError) return undefined;
      throw cause;
    }
  }

  #tryFind(id: ChartId): ChartSource | readonly ChartFinding[] {
    try {
      return isFolder(id) ? this.#folder(id) : this.#archive(id);
    } catch (cause) {
      if (!(cause instanceof FleetError)) throw cause;
      return cause.problems.map(({ code, message, expected, found, hint }) => ({
        code,
        message,
        ...(expected === undefined ? {} : { expected }),
        ...(found === undefined ? {} : { found }),
        ...(hint === undefined ? {} : { hint }),
      }));
    }
  }

  #archive(id: RepositoryChart): ChartSource | readonly ChartFinding[] {
    this.#locked ??= new LockedCharts(this.#config, this.#base);
    const entry = this.#locked.tryFind(id);
    const hint = 'run `npx fleet charts pull`, and commit the result';
    if (!entry) {
      const message = `${id.chart} ${id.version} of ${id.repository} was not pulled`;
      return [{ code: 'chart-lock', message, expected: `an entry in '${shown(this.#locked.file)}'`, hint }];
    }
    const found = this.#locked.read(entry);
    const wrong = notAsImported(entry, found);
    if (wrong) return [{ ...wrong, hint }];
    return { shown: shownAs(entry), path: found.file, digest: entry.sha256, files: once(() => unpacked(found.archive ?? Buffer.alloc(0))) };
  }

  #folder({ folder }: FolderChart): ChartSource | readonly ChartFinding[] {
    const [path, shownAs] = [join(this.#base, folder), `the chart in '${folder}'`];
    if (!isThere(path)) {
      const hint = 'folders of charts count from the top of the repository';
      return [{ code: 'chart-unknown', message: `there is no folder '${folder}'`, hint }];
    }
    if (!isThere(join(path, 'Chart.yaml'))) {
      const hint = 'is it the folder of the chart itself?';
      return [{ code: 'chart-broken', message: `${shownAs} is no Helm chart`, expected: 'Chart.yaml', found: 'none', hint }];
    }
    const files = allFiles(path, { base: this.#base, within: this.#base }, shownAs);
    return files instanceof Map ? { shown: shownAs, path, digest: digestOf(files), files: () => files } : [files as ChartFinding];
  }
}

/** Where links may lead: the folder itself anywhere in `base`, and what is in it in `within`. */
interface Bounds {
  readonly base: string;
  readonly within: string;
}

/**
 * All files of a folder, for Helm reads templates and whatever they ask for. It follows links: one that leads out of the repository
 * would write out what is none of the fleet's, and Argo CD refuses it as well.
 */
export function allFiles(top: string, { base, within }: Bounds, shownAs: string): ReadonlyMap<string, Buffer> | ChartFinding {
  const files = new Map<string, Buffer>();
  const folders = new ConfigFolders();
  let size = 0;
  const broken = (message: string, found: string, expected?: string): ChartFinding => ({
    code: 'chart-broken',
    message,
    found,
    ...(expected ? { expected } : {}),
  });
  const noun = within === base ? 'the repository' : 'it';
  const outside = (path: string, of = within) =>
    leadsOut(path, of) ? broken(`a link in ${shownAs} leads out of ${noun}`, `'${shown(path)}'`, `files of ${noun}`) : undefined;
  const read = (folder: string, at: string): ChartFinding | undefined => {
    for (const entry of folders.entries(folder)) {
      // Of a chart that is the top of its repository.
      if (at === '' && entry.name === '.git') continue;
      if (entry.kind === 'special') return broken(`there is ${entry.special} in ${shownAs}`, `'${shown(entry.path)}'`, 'files and folders');
      if (entry.kind === 'dangling') return broken(`a link in ${shownAs} leads nowhere`, `'${shown(entry.path)}'`);
      const wrong = (entry.isLink ? outside(entry.path) : undefined) ?? (entry.kind === 'folder' ? read(entry.path, `${at}${entry.name}/`) : undefined);
      if (wrong) return wrong;
      if (entry.kind === 'folder') continue;
      const content = readBytes(entry.path);
      size += content.length;
      if (size > limits.content) return broken(`${shownAs} is too large`, `more than ${limits.content} bytes`);
      files.set(at + entry.name, content);
    }
    return undefined;
  };
  return outside(top, base) ?? read(top, '') ?? files;
}
