import { isOverride, patchOf, type Versions } from '../../../changes/versions/versions';
import { csvText } from '../formats/csv';

/** What runs where as programs read it: every cell, nothing folded. A value that an app does not have is null. */
export function versionsData({ of, field, targets, apps }: Versions): object {
  return {
    of,
    field: field ?? null,
    targets: Object.fromEntries(targets),
    apps: apps.map(({ clusterType, app, cells }) => ({
      clusterType,
      app,
      cells: cells.map((cell) => ({
        value: cell.value ?? null,
        layers: cell.layers,
        patches: patchesOf(cell.layers),
        isOverridden: cell.layers.some(isOverride),
        paths: cell.paths,
        targets: cell.targets,
      })),
    })),
  };
}

/** A row for each app and node, for spreadsheets. */
export function versionsCsv({ field, apps }: Versions): string {
  const rows = apps.flatMap(({ clusterType, app, cells }) =>
    cells.flatMap(({ value, layers, paths, targets }) =>
      paths.map((path) => [
        clusterType,
        app,
        field ?? 'version',
        path,
        String(path === '*' ? targets.length : targets.filter((target) => target === path || target.startsWith(`${path}/`)).length),
        value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value),
        layers.join('; '),
        patchesOf(layers).join('; '),
      ]),
    ),
  );
  return csvText([['cluster type', 'app', 'field', 'node', 'targets', 'value', 'layer', 'patch'], ...rows]);
}

function patchesOf(layers: readonly string[]): readonly string[] {
  return [...new Set(layers.flatMap((layer) => patchOf(layer) ?? []))];
}
