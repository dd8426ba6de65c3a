import { dependenciesOf, factsOf } from '../charts/chart';
import { unpacked } from './unpacked';

/** A chart, or one of those in it. */
export interface TreeChart {
  /** Under which keys of the values of the chart at the top its own stand: what the charts above call it. */
  readonly keys: readonly string[];
  /** By their paths in it. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** How deep charts stand in each other. */
const deepest = 6;

/** A chart and all in it, as Helm finds them (`charts/` holds folders and archives): one that has several aliases stands there with each. */
export function chartTree(files: ReadonlyMap<string, Buffer>): readonly TreeChart[] {
  return treeOf(files, [], true);
}

/** @param hasAliases whether Helm looks at them: it stops where a chart names none of those in it (pkg/chart, `processDependencyEnabled`) */
function treeOf(files: ReadonlyMap<string, Buffer>, keys: readonly string[], hasAliases: boolean): readonly TreeChart[] {
  const own = withoutTop(files);
  const chart: TreeChart = { keys, files: own };
  if (keys.length >= deepest) return [chart];
  const called = hasAliases ? orNone(() => dependenciesOf(own, '', '')) : [];
  const below = [...inCharts(own)].flatMap(([folder, theirs]) => {
    const name = orNone(() => [factsOf(withoutTop(theirs), '').name])[0] ?? folder.replace(/-v?\d[^/]*$/, '');
    const names = called.filter((one) => one.name === name).map(({ key }) => key);
    return (names.length > 0 ? names : [name]).flatMap((key) => treeOf(theirs, [...keys, key], called.length > 0));
  });
  return [chart, ...below];
}

/** An archive has all in one folder. */
function withoutTop(files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Buffer> {
  if (files.has('Chart.yaml') || [...files.keys()].some((path) => !path.includes('/') || path.startsWith('charts/'))) return files;
  return new Map([...files].map(([path, content]) => [path.slice(path.indexOf('/') + 1), content]));
}

/** What lies in `charts/`, by its name there. */
function inCharts(files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Map<string, Buffer>>();
  for (const [path, content] of files) {
    const [, folder, file, archive] = /^charts\/(?:([^/._][^/]*)\/(.+)|([^/._][^/]*)\.tgz)$/.exec(path) ?? [];
    if (archive !== undefined) found.set(archive, new Map(unpacked(content)));
    else if (folder !== undefined && file !== undefined) found.set(folder, (found.get(folder) ?? new Map<string, Buffer>()).set(file, content));
  }
  return found;
}

/** What is wrong with a chart, whoever renders it is told. */
function orNone<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch {
    return [];
  }
}
