import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartId, chartKey, isFolder } from '../../layers/charts/chart-id';
import type { Problem } from '../../layers/problem';
import { hashOf } from '../files/journal';
import { shown } from '../files/paths';
import { readBytes } from '../files/read-file';
import { digestOf } from './chart';
import { type ChartFiles, filesOfFolder } from './chart-files';
import { chartsFolder, lockName, projectOf } from './charts-folder';
import { byNameAndVersion, idOf, type LockedChart, readLock } from './lock-file';

/** What lies where a chart that was imported should lie. */
export interface FoundChart {
  readonly file: string;
  /** @default - it is a folder, or not there */
  readonly archive?: Buffer;
  /** @default - it is an archive, or not there */
  readonly files?: ChartFiles;
  /** @default - nothing is there */
  readonly digest?: string;
}

/** What the lock says was imported, and what is there of it. */
export class LockedCharts {
  /** By name, the oldest version first. */
  readonly entries: readonly LockedChart[];
  /** The folder that holds the configuration. Absolute, links followed. */
  readonly project: string;
  readonly #folder: string;
  readonly #base: string;
  readonly #byKey: ReadonlyMap<string, LockedChart>;

  /**
   * @param base from where the folders of charts count
   * @throws FleetError where the lock is none
   */
  constructor(config: string, base: string) {
    this.project = projectOf(config);
    this.#folder = chartsFolder(config);
    this.#base = base;
    this.entries = [...readLock(this.#folder).charts].sort(byNameAndVersion);
    this.#byKey = new Map(this.entries.map((entry) => [chartKey(idOf(entry)), entry]));
  }

  /** The lock's own file. */
  get file(): string {
    return join(this.#folder, lockName);
  }

  tryFind(id: ChartId): LockedChart | undefined {
    return this.#byKey.get(chartKey(id));
  }

  /** The archive of an entry, or its folder. Absolute; it need not be there. */
  placeOf(entry: LockedChart): string {
    const id = idOf(entry);
    return isFolder(id) ? join(this.#base, id.folder) : join(this.#folder, entry.archive ?? '');
  }

  /** @throws FleetError where it cannot be read */
  read(entry: LockedChart): FoundChart {
    const id = idOf(entry);
    const file = this.placeOf(entry);
    if (!existsSync(file)) return { file };
    if (!isFolder(id)) {
      const archive = readBytes(file);
      return { file, archive, digest: hashOf(archive) };
    }
    const files = filesOfFolder(file, shownAs(entry));
    return { file, files, digest: digestOf(files) };
  }
}

/** What an entry is called in messages. */
export function shownAs({ chart, version, resolved }: LockedChart): string {
  return `${chart} ${resolved ?? version}`;
}

/** What is wrong where something else lies there than was imported, or nothing; without where that is said, and what to do. */
export function notAsImported(entry: LockedChart, { file, digest }: FoundChart): Pick<Problem, 'code' | 'message' | 'expected' | 'found'> | undefined {
  if (digest === entry.sha256) return undefined;
  return {
    code: 'chart-lock',
    message: `${shownAs(entry)} is not what was imported`,
    expected: `${entry.archive === undefined ? 'the files of ' : ''}'${shown(file)}' with the digest ${entry.sha256.slice(0, 12)}…`,
    found: digest === undefined ? 'nothing there' : `${digest.slice(0, 12)}…`,
  };
}
