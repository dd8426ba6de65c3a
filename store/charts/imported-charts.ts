import type { ChartId } from '../../layers/charts/chart-id';
import type { KnownChart, KnownCharts } from '../../layers/charts/known-charts';
import { FleetError, type Problem } from '../../layers/problem';
import { shown } from '../files/paths';
import { shapeOf } from './chart';
import { type ChartFiles, filesOfArchive } from './chart-files';
import type { LockedChart } from './lock-file';
import { LockedCharts, notAsImported, shownAs } from './locked-charts';

/** What was imported of charts, read from the archives when it is asked for: without network and without Helm. */
export class ImportedCharts implements KnownCharts {
  readonly #locked: LockedCharts;
  readonly #known = new Map<LockedChart, KnownChart | undefined>();
  readonly #problems: Problem[] = [];

  /**
   * @param base from where the folders of charts count
   * @throws FleetError where the lock is none
   */
  constructor(config: string, base: string) {
    this.#locked = new LockedCharts(config, base);
  }

  /** What is wrong with what was read so far: warnings, for it stops nothing. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  tryFind(id: ChartId): KnownChart | undefined {
    const entry = this.#locked.tryFind(id);
    return entry && this.#read(entry);
  }

  versionsOf(chart: string): readonly KnownChart[] {
    return this.#locked.entries.flatMap((entry) => (entry.chart === chart ? (this.#read(entry) ?? []) : []));
  }

  #read(entry: LockedChart): KnownChart | undefined {
    if (!this.#known.has(entry)) this.#known.set(entry, this.#tryRead(entry));
    return this.#known.get(entry);
  }

  #tryRead(entry: LockedChart): KnownChart | undefined {
    try {
      const files = this.#files(entry);
      const version = entry.resolved ?? entry.version;
      return files && { chart: entry.chart, version, shape: shapeOf(files, shownAs(entry)), hasSchema: files.has('values.schema.json') };
    } catch (cause) {
      if (!(cause instanceof FleetError)) throw cause;
      this.#problems.push(...cause.problems.map((problem) => ({ ...problem, severity: 'warning' as const })));
      return undefined;
    }
  }

  #files(entry: LockedChart): ChartFiles | undefined {
    const found = this.#locked.read(entry);
    const wrong = notAsImported(entry, found);
    if (wrong) {
      const hint = `run \`npx fleet import ${entry.chart}\`, and commit the result`;
      this.#problems.push({ ...wrong, severity: 'warning', file: shown(this.#locked.file), place: [], hint });
    }
    // A folder is looked at as it is; an archive that is another one is nobody's.
    if (found.files) return found.files;
    return found.archive && !wrong ? filesOfArchive(found.archive, shownAs(entry)) : undefined;
  }
}
