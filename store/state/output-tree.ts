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

/** The paths of records, by cluster type and app. */
export function recordsIn(files: readonly TreeFile[]): readonly (TreeFile & { readonly clusterType: string; readonly app: string })[] {
  return files.flatMap((file) => {
    const [top, clusterType = '', name = '', ...deeper] = file.path.split('/');
    return top === recordFolder && name.endsWith('.yaml') && deeper.length === 0 ? [{ ...file, clusterType, app: name.slice(0, -'.yaml'.length) }] : [];
  });
}

/** Whether it is the output of a fleet of hubs and spokes, where no record says so. */
export function looksLikeHubs(files: readonly TreeFile[]): boolean {
  return files.some(({ path }) => /^(hubs|spokes)\/[^/]+\/(argocd|bootstrap)\//.test(path));
}

const chart = '/Chart.yaml';

/** @param sequence of targets. Those that are not in it come last, by name */
export function sortTree(files: readonly TreeFile[], { sequence }: Pick<FleetRecord, 'sequence'>): SortedTree {
  // A chart within `manifests/` belongs to an app whose objects use tokens.
  const folders = files.flatMap(({ path }) => (path.endsWith(chart) && !/\/manifests\/[^/]+\/Chart\.yaml$/.test(path) ? [path.slice(0, -chart.length)] : []));
  const places = new Set(folders);
  const order = new Map(sequence.map((path, index) => [path, index]));
  const rank = (target: string) => order.get(target) ?? sequence.length;
  const targets = new Map<string, string[]>();
  for (const folder of folders) {
    const slash = folder.indexOf('/');
    if (slash < 0) continue;
    const clusterType = folder.slice(0, slash);
    const known = targets.get(clusterType);
    if (known) known.push(folder.slice(slash + 1));
    else targets.set(clusterType, [folder.slice(slash + 1)]);
  }
  const names = [...targets.keys()].sort();
  const sorted = new Map(names.map((name) => [name, (targets.get(name) ?? []).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))]));
  return { targets: sorted, files: files.flatMap((file) => stateFile(file, places)) };
}

function stateFile({ path, id }: TreeFile, folders: ReadonlySet<string>): readonly StateFile[] {
  if (!path.endsWith('.yaml') || path.startsWith(`${recordFolder}/`)) return [];
  const end = endOfTarget(path, folders);
  const slash = path.indexOf('/');
  if (end === undefined || slash >= end) return [];
  const inside = path.slice(end + 1);
  if (inside.endsWith(chart) || inside === 'Chart.yaml' || inside === 'values.yaml') return [];
  return [{ clusterType: path.slice(0, slash), target: path.slice(slash + 1, end), path: inside, id }];
}

function endOfTarget(path: string, folders: ReadonlySet<string>): number | undefined {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) if (folders.has(path.slice(0, end))) return end;
  return undefined;
}
