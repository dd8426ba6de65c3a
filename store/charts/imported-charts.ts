import { join } from 'node:path';
import { bareVersion, type ChartId, type FolderChart, isFolder, type RepositoryChart } from '../../layers/charts/chart-id';
import type { KnownChart, KnownCharts } from '../../layers/charts/known-charts';
import { FleetError, type Problem } from '../../layers/problem';
import { leadsOut } from '../files/config-folder';
import { isThere, shown } from '../files/paths';
import { type ChartFacts, digestOf, factsOf, shapeOf } from './chart';
import { type ChartFiles, filesOfArchive, filesOfFolder } from './chart-files';
import type { LockedChart } from './lock-file';
import { type FoundChart, LockedCharts, notAsImported, shownAs } from './locked-charts';

/** A version that was fetched, by the lock. */
export interface PinnedChart {
  /** What a range was when it was fetched. */
  readonly version: string;
  /** @default - what lies there is what was fetched */
  readonly problem?: Problem;
}

/** What was imported of charts, and charts in folders of the repository, read when it is asked for: without network and without Helm. */
export class ImportedCharts implements KnownCharts {
  readonly #locked: LockedCharts;
  readonly #base: string;
  readonly #folders = new Map<string, LockedChart | undefined>();
  readonly #known = new Map<LockedChart, KnownChart | undefined>();
  readonly #problems: Problem[] = [];

  /**
   * @param base from where the folders of charts count
   * @throws FleetError where the lock is none
   */
  constructor(config: string, base: string) {
    this.#locked = new LockedCharts(config, base);
    this.#base = base;
  }

  /** What is wrong with what was read so far: warnings, for it stops nothing. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  tryFind(id: ChartId): KnownChart | undefined {
    const entry = this.#locked.tryFind(id) ?? (isFolder(id) ? this.#inFolder(id) : undefined);
    return entry && this.#read(entry);
  }

  versionsOf(chart: string): readonly KnownChart[] {
    return this.#locked.entries.flatMap((entry) => (entry.chart === chart ? (this.#read(entry) ?? []) : []));
  }

  /** A version as it is locked, and what is wrong with its archive; its values are not looked at. @default - it is not locked */
  tryPinned(id: ChartId): PinnedChart | undefined {
    const entry = this.#locked.tryFind(id);
    return entry && { version: entry.resolved ?? entry.version, problem: this.#wrong(entry, this.#locked.read(entry)) };
  }

  /** An exact version, and what its archive says of it, where that lies here as it was fetched. */
  tryExact({ chart, repository, version }: RepositoryChart): ChartFacts | undefined {
    const isMeant = (entry: LockedChart) => bareVersion(entry.resolved ?? entry.version) === bareVersion(version);
    const entry = this.#locked.entries.find((one) => one.chart === chart && one.repository === repository && isMeant(one));
    const found = entry && this.#locked.read(entry);
    if (!entry || !found?.archive || this.#wrong(entry, found)) return undefined;
    return factsOf(filesOfArchive(found.archive, shownAs(entry)), shownAs(entry));
  }

  /** What lies in the repository needs no import: it is as it is. */
  #inFolder({ folder }: FolderChart): LockedChart | undefined {
    if (!this.#folders.has(folder))
      this.#folders.set(
        folder,
        this.#quietly(() => this.#entryOf(folder)),
      );
    return this.#folders.get(folder);
  }

  #entryOf(folder: string): LockedChart | undefined {
    const path = join(this.#base, folder);
    if (!isThere(join(path, 'Chart.yaml')) || leadsOut(path, this.#base)) return undefined;
    const files = filesOfFolder(path, `the chart in '${folder}'`);
    // What others have in their files is not told.
    if ([...files.keys()].map((file) => join(path, file)).some((file) => isThere(file) && leadsOut(file, this.#base))) return undefined;
    const { name, version } = factsOf(files, `the chart in '${folder}'`);
    return { chart: name, version, folder, sha256: digestOf(files) };
  }

  #read(entry: LockedChart): KnownChart | undefined {
    if (!this.#known.has(entry)) this.#known.set(entry, this.#tryRead(entry));
    return this.#known.get(entry);
  }

  #tryRead(entry: LockedChart): KnownChart | undefined {
    return this.#quietly(() => {
      const files = this.#files(entry);
      const version = entry.resolved ?? entry.version;
      return files && { chart: entry.chart, version, shape: shapeOf(files, shownAs(entry)), hasSchema: files.has('values.schema.json') };
    });
  }

  /** What is wrong with a chart keeps nobody from looking at the others. */
  #quietly<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (cause) {
      if (!(cause instanceof FleetError)) throw cause;
      this.#problems.push(...cause.problems.map((problem) => ({ ...problem, severity: 'warning' as const })));
      return undefined;
    }
  }

  #files(entry: LockedChart): ChartFiles | undefined {
    const found = this.#locked.read(entry);
    const problem = this.#wrong(entry, found);
    if (problem) this.#problems.push({ ...problem, severity: 'warning' });
    // A folder is looked at as it is; an archive that is another one is nobody's.
    if (found.files) return found.files;
    return found.archive && !problem ? filesOfArchive(found.archive, shownAs(entry)) : undefined;
  }

  #wrong(entry: LockedChart, found: FoundChart): Problem | undefined {
    const wrong = notAsImported(entry, found);
    return wrong && { ...wrong, file: shown(this.#locked.file), place: [], hint: `run \`npx fleet import ${entry.chart}\`, and commit the result` };
  }
}
