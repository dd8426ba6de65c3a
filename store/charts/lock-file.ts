import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartId, chartKey, compareVersions } from '../../layers/charts/chart-id';
import { isMap } from '../../layers/plain-data';
import { compare } from '../../layers/problem';
import { shown } from '../files/paths';
import { readText } from '../files/read-file';
import { isChartName } from './chart';
import { chartProblem } from './chart-problem';
import { lockName } from './charts-folder';

/** A version of a chart that was imported. */
export interface LockedChart {
  readonly chart: string;
  /** As it is asked for. Of a folder, as it says itself. */
  readonly version: string;
  /** What a range of versions was when it was imported. @default - `version` is one */
  readonly resolved?: string;
  /** @default - it is a `folder` */
  readonly repository?: string;
  /** The packed chart, from the folder of the lock. @default - it is a `folder` */
  readonly archive?: string;
  /** A folder of the repository, from its top. @default - it has a `repository` */
  readonly folder?: string;
  /** Of the archive; of a folder, of the files that its types are made of. */
  readonly sha256: string;
}

/** What was imported: `imports/charts/lock.json`. */
export interface ChartsLock {
  readonly charts: readonly LockedChart[];
}

/** The version of the format: one that is not known is refused. */
const format = 1;

/** @returns an empty one where there is none @throws FleetError where it is none of ours */
export function readLock(folder: string): ChartsLock {
  const file = join(folder, lockName);
  if (!existsSync(file)) return { charts: [] };
  const refuse = (found: string) =>
    chartProblem('chart-lock', `${shown(file)} is no lock of charts`, {
      file: shown(file),
      place: [],
      found,
      expected: `what \`fleet import\` writes, format ${format}`,
      hint: 'restore it with Git, or remove it and import anew',
    });
  let found: unknown;
  try {
    found = JSON.parse(readText(file));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw refuse('no JSON: was it merged by hand?');
    throw cause;
  }
  if (!isMap(found) || found.version !== format) throw refuse(isMap(found) ? `format ${JSON.stringify(found.version ?? null)}` : 'no map');
  const { charts } = found;
  if (!Array.isArray(charts)) throw refuse('no list of charts');
  const wrong = charts.find((chart) => !isLocked(chart));
  if (wrong !== undefined) throw refuse(JSON.stringify(wrong).slice(0, 200));
  return { charts };
}

/** It may have come with a fleet from elsewhere: nothing in it leads out of its folder. */
function isLocked(found: unknown): found is LockedChart {
  if (!isMap(found)) return false;
  const { chart, version, resolved, repository, archive, folder, sha256 } = found;
  const isText = (text: unknown) => typeof text === 'string';
  const isOne = isText(repository) && isText(archive) ? folder === undefined : isText(folder) && repository === undefined && archive === undefined;
  const staysInside = (path: unknown) => path === undefined || (isText(path) && !/(^|\/)\.\.(\/|$)|^\/|\\|\0/.test(path as string));
  return (
    isText(chart) &&
    isChartName(chart as string) &&
    isText(version) &&
    (resolved === undefined || isText(resolved)) &&
    isOne &&
    staysInside(folder) &&
    staysInside(archive) &&
    (archive === undefined || /^archives\/.+\.tgz$/.test(archive as string)) &&
    /^[0-9a-f]{64}$/.test(String(sha256))
  );
}

/** Which chart an entry is of. */
export function idOf({ chart, version, repository, folder = '' }: LockedChart): ChartId {
  return repository === undefined ? { folder } : { chart, repository, version };
}

export function lockText(charts: readonly LockedChart[]): string {
  const sorted = [...charts].sort(byNameAndVersion).map(({ chart, repository, folder, version, resolved, archive, sha256 }) => ({
    chart,
    ...(repository === undefined ? { folder } : { repository }),
    version,
    ...(resolved === undefined ? {} : { resolved }),
    ...(archive === undefined ? {} : { archive }),
    sha256,
  }));
  return `${JSON.stringify({ version: format, charts: sorted }, null, 2)}\n`;
}

/** The oldest version first. */
export function byNameAndVersion(one: LockedChart, other: LockedChart): number {
  return (
    compare(one.chart, other.chart) ||
    compareVersions(one.resolved ?? one.version, other.resolved ?? other.version) ||
    compare(chartKey(idOf(one)), chartKey(idOf(other)))
  );
}
