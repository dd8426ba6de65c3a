import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartId, chartKey, isFolder } from '../../layers/charts/chart-id';
import type { KnownChart, KnownCharts } from '../../layers/charts/known-charts';
import { FleetError, type Problem } from '../../layers/problem';
import { hashOf } from '../files/journal';
import { shown } from '../files/paths';
import { readBytes } from '../files/read-file';
import { digestOf, shapeOf } from './chart';
import { type ChartFiles, filesOfArchive, filesOfFolder } from './chart-files';
import { chartsFolder, lockName } from './charts-folder';
import { byNameAndVersion, idOf, type LockedChart, readLock } from './lock-file';

/** A version that was fetched, by the lock. */
export interface PinnedChart {
  /** What a range was when it was fetched. */
  readonly version: string;
  /** @default - what lies there is what was fetched */
  readonly problem?: Problem;
}

/** What was imported of charts, read from the archives when it is asked for: without network and without Helm. */
export class ImportedCharts implements KnownCharts {
  readonly #folder: string;
  readonly #base: string;
  readonly #locked: readonly LockedChart[];
  readonly #byKey: ReadonlyMap<string, LockedChart>;
  readonly #known = new Map<LockedChart, KnownChart | undefined>();
  readonly #problems: Problem[] = [];

  /**
   * @param base from where the folders of charts count
   * @throws FleetError where the lock is none
   */
  constructor(config: string, base: string) {
    this.#folder = chartsFolder(config);
    this.#base = base;
    this.#locked = [...readLock(this.#folder).charts].sort(byNameAndVersion);
    this.#byKey = new Map(this.#locked.map((entry) => [chartKey(idOf(entry)), entry]));
  }

  /** What is wrong with what was read so far: warnings, for it stops nothing. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  tryFind(id: ChartId): KnownChart | undefined {
    const entry = this.#byKey.get(chartKey(id));
    return entry && this.#read(entry);
  }

  versionsOf(chart: string): readonly KnownChart[] {
    return this.#locked.flatMap((entry) => (entry.chart === chart ? (this.#read(entry) ?? []) : []));
  }

  /** A version as it is locked, and what is wrong with its archive; its values are not looked at. @default - it is not locked */
  tryPinned(id: ChartId): PinnedChart | undefined {
    const entry = this.#byKey.get(chartKey(id));
    if (!entry) return undefined;
    const version = entry.resolved ?? entry.version;
    return { version, problem: this.#found(entry, `${entry.chart} ${version}`).problem };
  }

  #read(entry: LockedChart): KnownChart | undefined {
    if (!this.#known.has(entry)) this.#known.set(entry, this.#tryRead(entry));
    return this.#known.get(entry);
  }

  #tryRead(entry: LockedChart): KnownChart | undefined {
    const version = entry.resolved ?? entry.version;
    const shownAs = `${entry.chart} ${version}`;
    try {
      const files = this.#files(entry, shownAs);
      return files && { chart: entry.chart, version, shape: shapeOf(files, shownAs), hasSchema: files.has('values.schema.json') };
    } catch (cause) {
      if (!(cause instanceof FleetError)) throw cause;
      this.#problems.push(...cause.problems.map((problem) => ({ ...problem, severity: 'warning' as const })));
      return undefined;
    }
  }

  #files(entry: LockedChart, shownAs: string): ChartFiles | undefined {
    const { files, archive, problem } = this.#found(entry, shownAs);
    if (problem) this.#problems.push({ ...problem, severity: 'warning' });
    // A folder is looked at as it is; an archive that is another one is nobody's.
    if (files) return files;
    return archive && !problem ? filesOfArchive(archive, shownAs) : undefined;
  }

  /** What lies where the lock says, and what is wrong with it. */
  #found(entry: LockedChart, shownAs: string): { readonly files?: ChartFiles; readonly archive?: Buffer; readonly problem?: Problem } {
    const id = idOf(entry);
    const file = isFolder(id) ? join(this.#base, id.folder) : join(this.#folder, entry.archive ?? '');
    const isHere = existsSync(file);
    const files = !isHere ? undefined : isFolder(id) ? filesOfFolder(file, shownAs) : undefined;
    const archive = isHere && !isFolder(id) ? readBytes(file) : undefined;
    const digest = files ? digestOf(files) : archive && hashOf(archive);
    if (digest === entry.sha256) return { files, archive };
    const problem: Problem = {
      code: 'chart-lock',
      message: `${shownAs} is not what was imported`,
      file: shown(join(this.#folder, lockName)),
      place: [],
      expected: `${isFolder(id) ? 'the files of' : ''} '${shown(file)}' with the digest ${entry.sha256.slice(0, 12)}…`.trim(),
      found: digest === undefined ? 'nothing there' : `${digest.slice(0, 12)}…`,
      hint: `run \`npx fleet import ${entry.chart}\`, and commit the result`,
    };
    return { files, archive, problem };
  }
}
