import type { StateFile } from '../../changes/state';
import type { FleetRecord } from '../../layers/record';
import { recordFolder } from '../../layers/record';

/** A file of rendered output as Git recorded it. */
export interface TreeFile {
  readonly path: string;
  readonly id: string;
}

/** The files of a fleet of dimensions by what they are. */
export interface SortedTree {
  /** By cluster type; sorted by name, their targets in sequence. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly StateFile[];
}

const chart = '/Chart.yaml';

/** The paths of records, by cluster type and app. */
export function recordsIn(files: readonly TreeFile[]): readonly (TreeFile & { readonly clusterType: string; readonly app: string })[] {
  return files.flatMap((file) => {
    const [top, clusterType = '', name = '', ...deeper] = file.path.split('/');
    return top === recordFolder && name.endsWith('.yaml') && deeper.length === 0 ? [{ ...file, clusterType, app: name.slice(0, -'.yaml'.length) }] : [];
  });
}

/** Whether it is the output of a fleet of hubs and spokes, where no record says so: there nothing is a chart. */
export function looksLikeHubs(files: readonly TreeFile[]): boolean {
  return !files.some(({ path }) => path.endsWith(chart)) && files.some(({ path }) => /^(hubs|spokes)\/[^/]+\/(argocd|bootstrap)\//.test(path));
}

/** @param sequence of targets. Those that are not in it come last, by name */
export function sortTree(files: readonly TreeFile[], { sequence }: Pick<FleetRecord, 'sequence'>): SortedTree {
  const places = targetFolders(files);
  const order = new Map(sequence.map((path, index) => [path, index]));
  const rank = (target: string) => order.get(target) ?? sequence.length;
  const targets = new Map<string, string[]>();
  for (const folder of places) {
    const slash = folder.indexOf('/');
    const clusterType = folder.slice(0, slash);
    const known = targets.get(clusterType);
    if (known) known.push(folder.slice(slash + 1));
    else targets.set(clusterType, [folder.slice(slash + 1)]);
  }
  const names = [...targets.keys()].sort();
  const sorted = new Map(names.map((name) => [name, (targets.get(name) ?? []).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))]));
  return { targets: sorted, files: files.flatMap((file) => stateFile(file, places)) };
}

/** The targets that files are of, by their paths; members of a fleet of hubs by their names. */
export function targetsIn(files: readonly TreeFile[], fleet: Pick<FleetRecord, 'topology' | 'sequence'>): readonly string[] {
  if (fleet.topology === 'dimensions') return [...new Set([...sortTree(files, fleet).targets.values()].flat())];
  return [...new Set(files.flatMap(({ path }) => /^(?:hubs|spokes)\/([^/]+)\/(?:argocd|bootstrap|values)\//.exec(path)?.[1] ?? []))];
}

/** The outermost charts: what is called so inside of one is an app's, or belongs to one. */
function targetFolders(files: readonly TreeFile[]): ReadonlySet<string> {
  const charts = files.flatMap(({ path }) => (path.endsWith(chart) ? [path.slice(0, -chart.length)] : []));
  const places = new Set<string>();
  for (const folder of charts.filter((one) => one.includes('/')).sort((a, b) => a.length - b.length)) {
    if (folderIn(folder, places) === undefined) places.add(folder);
  }
  return places;
}

function stateFile({ path, id }: TreeFile, folders: ReadonlySet<string>): readonly StateFile[] {
  const folder = folderIn(path, folders);
  if (folder === undefined || !path.endsWith('.yaml')) return [];
  const slash = folder.indexOf('/');
  const inside = path.slice(folder.length + 1);
  // A chart of an app's own is no object either.
  if (inside === 'Chart.yaml' || inside === 'values.yaml' || /^manifests\/[^/]+\/Chart\.yaml$/.test(inside)) return [];
  return [{ clusterType: folder.slice(0, slash), target: folder.slice(slash + 1), path: inside, id }];
}

/** Which of some folders a path lies in. */
function folderIn(path: string, folders: ReadonlySet<string>): string | undefined {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) if (folders.has(path.slice(0, end))) return path.slice(0, end);
  return undefined;
}
