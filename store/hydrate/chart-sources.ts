import { join } from 'node:path';
import { type ChartId, chartKey, type FolderChart, isFolder, type RepositoryChart } from '../../layers/charts/chart-id';
import type { ChartFinding } from '../../layers/charts/chart-input';
import { leftClosed } from '../../layers/charts/left-closed';
import { once } from '../../layers/get-or';
import { FleetError } from '../../layers/problem';
import { shellWord } from '../../layers/text/shell-word';
import { digestOf } from '../charts/chart';
import { LockedCharts, notAsImported, shownAs } from '../charts/locked-charts';
import { isThere, shown } from '../files/paths';
import { FolderFiles } from './folders/folder-files';
import { HeldArchives } from './folders/held-archives';
import { type HeldFiles, lackHint, lackText } from './folders/held-files';
import { changedSource } from './folders/source-files';
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
  /**
   * Whether Helm is given a copy of these files: more lies there than it may read, or it takes from an archive what it leaves out of a
   * folder. @default - it reads what lies there
   */
  readonly isCopied?: () => boolean;
}

/** Where the charts of a configuration lie, each looked at once: in `imports/charts/`, or in folders of the repository. */
export class ChartSources {
  readonly #config: string;
  readonly #base: string;
  readonly #folders: FolderFiles;
  readonly #found = new Map<string, ChartSource | readonly ChartFinding[]>();
  readonly #held: HeldFiles;
  #locked: LockedCharts | undefined;
  #archives: HeldArchives | undefined;

  /** @param base from where the folders of charts count */
  constructor(config: string, base: string, held: HeldFiles) {
    this.#config = config;
    this.#base = base;
    this.#held = held;
    this.#folders = new FolderFiles(base, held);
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
    const address = `${shellWord(id.chart)} --repo ${shellWord(id.repository)} --version ${shellWord(id.version)}`;
    const hint = `run \`npx fleet charts pull\`, and commit the result; where no app names this version, \`npx fleet charts pull ${address}\``;
    if (!entry) {
      const message = `${id.chart} ${id.version} of ${id.repository} was not pulled`;
      return [{ code: 'chart-lock', message, expected: `an entry in '${shown(this.#locked.file)}'`, hint }];
    }
    this.#archives ??= new HeldArchives(this.#locked, this.#base, this.#held);
    const lacking = this.#archives.wrongWith(entry);
    if (lacking) return [lacking];
    const found = this.#locked.read(entry);
    const wrong = notAsImported(entry, found);
    if (wrong) return [{ ...wrong, hint }];
    const files = once(() => unpacked(found.archive ?? Buffer.alloc(0)));
    return { shown: shownAs(entry), path: found.file, digest: entry.sha256, files, isCopied: () => [...files().keys()].some(leavesOut) };
  }

  #folder({ folder }: FolderChart): ChartSource | readonly ChartFinding[] {
    const [path, shownAs] = [join(this.#base, folder), `the chart in '${folder}'`];
    if (!isThere(path)) {
      const hint = 'folders of charts count from the top of the repository';
      return [{ code: 'chart-unknown', message: `there is no folder '${folder}'`, hint }];
    }
    if (!isThere(join(path, 'Chart.yaml'))) {
      const hint = `is it the folder of the chart itself? where it holds manifests, ${leftClosed}`;
      return [{ code: 'chart-broken', message: `${shownAs} is no Helm chart`, expected: 'Chart.yaml', found: 'none', hint, isNoChart: true }];
    }
    const read = this.#folders.read(path, { shown: shownAs, within: this.#base });
    if (!('files' in read)) return [read];
    const { files, lacks } = read;
    const changed = changedSource(files.keys(), folder);
    if (changed) return [changed];
    const missed = [...lacks].find(([at]) => isOfHelm(at));
    if (missed) return [{ code: 'chart-broken', message: `'${join(folder, missed[0])}' ${lackText[missed[1]]}`, hint: lackHint }];
    return { shown: shownAs, path, digest: digestOf(files), files: () => files, isCopied: () => lacks.size > 0 };
  }
}

/**
 * Whether Helm takes less of a packed chart where it is unpacked, as Argo CD does first: it asks `.helmignore` of folders alone, of what
 * lies in the charts in them, too, and leaves out of their templates what begins with a dot (pkg/ignore, `AddDefaults`).
 */
function leavesOut(path: string): boolean {
  return /^[^/]+\/(\.helmignore|templates\/\..*)$/.test(path);
}

/**
 * Whether Helm takes a file of a chart by itself: it would give other objects here than in a clone that lacks it. Whatever else a
 * template asks for (`.Files`) it does not get, here as there; and what editors and systems leave behind is nobody's loss.
 */
function isOfHelm(path: string): boolean {
  const isLeftBehind = path.split('/').some((name) => name.startsWith('.') || name.endsWith('~'));
  return !isLeftBehind && /^(Chart\.yaml|values\.yaml|values\.schema\.json|requirements\.yaml|(templates|charts|crds)\/.*)$/.test(path);
}
