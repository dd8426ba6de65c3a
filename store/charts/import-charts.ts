import { join } from 'node:path';
import { bareVersion, type ChartId, chartKey, type FolderChart, isExact, isFolder, type RepositoryChart } from '../../layers/charts/chart-id';
import { uniteVersions } from '../../layers/charts/unite-shapes';
import { compare } from '../../layers/problem';
import { Edits } from '../edit/edits';
import { entryAt } from '../files/entry-at';
import { hashOf } from '../files/journal';
import { isThere, shown } from '../files/paths';
import { readBytes, readText } from '../files/read-file';
import { ignoredAmong } from '../git/ignored';
import { Repository } from '../git/repository';
import { digestOf, factsOf, shapeOf } from './chart';
import { type ChartFiles, filesOfArchive, filesOfFolder } from './chart-files';
import { chartProblem } from './chart-problem';
import { archivePath, chartsFolder, expectNoLinks, lockName, projectOf } from './charts-folder';
import { type PullOptions, pullChart } from './helm-program';
import { byNameAndVersion, idOf, type LockedChart, lockText, readLock } from './lock-file';
import { together } from './together';
import { typesText, valuesTypeOf } from './types-text';

/** What is imported. */
export interface ImportRequest extends PullOptions {
  readonly config: string;
  /** From where the folders of charts count. Absolute. */
  readonly base: string;
  /** Which charts, in which versions. */
  readonly charts: readonly ChartId[];
  /** Whether these are all that there shall be; else others stay. */
  readonly isAll: boolean;
  /** Whether what is there already is fetched again. @default false */
  readonly update?: boolean;
  /** Whether every chart gets types; else those that are there are kept current, and no others are made. */
  readonly withTypes: boolean;
}

/** A chart with its versions, as they are imported now. */
export interface ImportedChart {
  readonly chart: string;
  readonly versions: readonly ImportedVersion[];
  /** The type of its values, and the file that holds it. @default - none is written */
  readonly types?: { readonly name: string; readonly file: string };
}

export interface ImportedVersion extends LockedChart {
  /** Whether it was fetched just now, was there already, or is a folder of the repository. */
  readonly state: 'fetched' | 'kept' | 'folder';
}

/** What an import would write, before it is written. */
export interface ImportPlan {
  readonly edits: Edits;
  readonly charts: readonly ImportedChart[];
  /** What is there no more. */
  readonly removed: readonly LockedChart[];
  /** What of it Git is told to leave out, so that no clone would have it. Absolute, in order. */
  readonly ignored: readonly string[];
}

/** A version as it is about to be written. */
interface Version {
  readonly entry: LockedChart;
  readonly state: ImportedVersion['state'];
  readonly files: ChartFiles;
  /** @default - it is there already, or a folder */
  readonly archive?: Buffer;
}

/**
 * Fetches and reads charts, and plans what their archives, the lock and their types shall be. Nothing is written.
 *
 * @throws FleetError with everything that cannot be had or read
 */
export function planImport(request: ImportRequest): ImportPlan {
  const folder = chartsFolder(request.config);
  const project = projectOf(request.config);
  expectNoLinks(project, join(folder, lockName));
  const locked = readLock(folder).charts;
  const versions = together(distinct(request.charts), (id) =>
    isFolder(id) ? folderVersion(id, request.base) : repositoryVersion(id, locked, folder, request),
  );
  const named = new Set(versions.map(({ entry }) => entry.chart));
  // What is not asked for stays, and so do other charts.
  const others = locked.filter(({ chart }) => !request.isAll && !named.has(chart));
  const kept = [...versions.map(({ entry }) => entry), ...others];
  expectOwnPlaces(kept);
  const keys = new Set(kept.map((entry) => chartKey(idOf(entry))));
  const removed = locked.filter((entry) => !keys.has(chartKey(idOf(entry))));

  const edits = new Edits();
  const write = (path: string, content: string | Buffer) => {
    expectNoLinks(project, join(folder, path));
    edits.write(join(folder, path), content);
  };
  for (const { entry, archive } of versions) if (archive && entry.archive !== undefined) write(entry.archive, archive);
  for (const { archive, sha256 } of locked) {
    const isUsed = archive === undefined || kept.some((entry) => entry.archive === archive);
    if (!isUsed && isOwnArchive(project, join(folder, archive), sha256)) edits.remove(join(folder, archive));
  }
  const charts = together([...named].sort(compare), (chart): ImportedChart => {
    const own = versions.filter(({ entry }) => entry.chart === chart).sort((a, b) => byNameAndVersion(a.entry, b.entry));
    const imported = { chart, versions: own.map(({ entry, state }) => ({ ...entry, state })) };
    const path = `${chart}.ts`;
    // Broken values and schemas are told of whether types are made or not.
    const text = textOf(chart, own);
    const file = join(folder, path);
    if (!request.withTypes && !(isThere(file) && isOwnTypes(project, file))) return imported;
    expectOwnTypes(project, file);
    write(path, text);
    return { ...imported, types: { name: valuesTypeOf(chart), file } };
  });
  for (const chart of new Set(removed.map((entry) => entry.chart))) {
    const file = join(folder, `${chart}.ts`);
    if (!kept.some((entry) => entry.chart === chart) && isThere(file) && isOwnTypes(project, file)) edits.remove(file);
  }
  if (kept.length > 0) write(lockName, lockText(kept));
  else if (isThere(join(folder, lockName))) edits.remove(join(folder, lockName));
  const archives = kept.flatMap(({ archive }) => archive ?? []).map((path) => join(folder, path));
  const types = charts.flatMap((chart) => chart.types?.file ?? []);
  const ignored = ignoredOf(project, [...archives, ...(kept.length > 0 ? [join(folder, lockName)] : []), ...types]);
  return { edits, charts, removed: [...removed].sort(byNameAndVersion), ignored };
}

/** @param paths they need not be there */
function ignoredOf(project: string, paths: readonly string[]): readonly string[] {
  const repository = Repository.tryFind(project);
  if (!repository) return [];
  const insides = new Map(paths.map((path) => [repository.tryInside(path) ?? '', path]));
  insides.delete('');
  return ignoredAmong(repository, [...insides.keys()])
    .map((inside) => insides.get(inside) as string)
    .sort(compare);
}

function distinct(charts: readonly ChartId[]): readonly ChartId[] {
  return [...new Map(charts.map((id) => [chartKey(id), id])).entries()].sort(([a], [b]) => compare(a, b)).map(([, id]) => id);
}

function folderVersion({ folder }: FolderChart, base: string): Version {
  const shownAs = `the chart in '${folder}'`;
  if (!isThere(join(base, folder)))
    throw chartProblem('chart-unknown', `there is no folder '${folder}'`, { hint: 'folders of charts count from the top of the repository' });
  const files = filesOfFolder(join(base, folder), shownAs);
  const { name, version } = factsOf(files, shownAs);
  return { entry: { chart: name, folder, version, sha256: digestOf(files) }, state: 'folder', files };
}

function repositoryVersion(id: RepositoryChart, locked: readonly LockedChart[], folder: string, request: ImportRequest): Version {
  const shownAs = `${id.chart} ${id.version}`;
  const known = locked.find((entry) => chartKey(idOf(entry)) === chartKey(id));
  const there = known?.archive !== undefined && !request.update ? archiveAt(join(folder, known.archive)) : undefined;
  if (known && there && hashOf(there) === known.sha256) return { entry: known, state: 'kept', files: filesOfArchive(there, shownAs) };
  const archive = pullChart(id, request);
  const files = filesOfArchive(archive, shownAs);
  const { name, version } = factsOf(files, shownAs);
  if (name !== id.chart || (isExact(id.version) && bareVersion(version) !== bareVersion(id.version))) {
    throw chartProblem('chart-broken', `what Helm fetched for ${shownAs} is another chart`, { expected: shownAs, found: `${name} ${version}` });
  }
  const sha256 = hashOf(archive);
  if (known && isExact(id.version) && !request.update && sha256 !== known.sha256) {
    throw chartProblem('chart-lock', `${shownAs} is another archive than the one that was imported`, {
      expected: known.sha256,
      found: sha256,
      hint: `${id.repository} has changed what it published; where that is right, take it with \`fleet import ${id.chart} --update\``,
    });
  }
  const resolved = bareVersion(version) === bareVersion(id.version) ? {} : { resolved: version };
  return { entry: { ...id, ...resolved, archive: archivePath(id, resolved.resolved ?? id.version), sha256 }, state: 'fetched', files, archive };
}

function archiveAt(path: string): Buffer | undefined {
  return entryAt(path)?.isFile() ? readBytes(path) : undefined;
}

function isOwnArchive(project: string, path: string, sha256: string): boolean {
  expectNoLinks(project, path);
  return isThere(path) && hashOf(readBytes(path)) === sha256;
}

/** Two repositories may be called so much alike that their archives would lie at one place. */
function expectOwnPlaces(charts: readonly LockedChart[]): void {
  const places = new Map<string, LockedChart>();
  for (const entry of charts) {
    const other = entry.archive === undefined ? undefined : places.get(entry.archive.toLowerCase());
    if (other && other.sha256 !== entry.sha256) {
      const [one, two] = [other, entry].map(({ repository, chart, version }) => `${chart} ${version} of ${repository}`);
      throw chartProblem('chart-lock', `${one} and ${two} would lie at one place`, {
        found: entry.archive,
        hint: 'name the repository of one chart in one way',
      });
    }
    if (entry.archive !== undefined) places.set(entry.archive.toLowerCase(), entry);
  }
}

const mark = '// Generated by `npx fleet import`';

function isOwnTypes(project: string, file: string): boolean {
  expectNoLinks(project, file);
  return readText(file).startsWith(mark);
}

function expectOwnTypes(project: string, file: string): void {
  if (!isThere(file) || isOwnTypes(project, file)) return;
  throw chartProblem('chart-lock', `'${shown(file)}' was not written by \`fleet import\``, {
    file: shown(file),
    hint: 'move it away: types of the chart go there',
  });
}

function textOf(chart: string, versions: readonly Version[]): string {
  const shapes = together(versions, ({ entry, files }) => {
    const version = entry.resolved ?? entry.version;
    return { version, shape: shapeOf(files, `${chart} ${version}`) };
  });
  const sources = [...new Set(versions.map(({ entry }) => entry.repository ?? `the folder ${entry.folder}`))].sort(compare);
  const origins = sources.map((source) => {
    const own = versions.filter(({ entry }) => (entry.repository ?? `the folder ${entry.folder}`) === source);
    return `${own.map(({ entry }) => entry.resolved ?? entry.version).join(', ')} from ${source}`;
  });
  return typesText({ name: chart, origins, shape: uniteVersions(shapes) });
}
