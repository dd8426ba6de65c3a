import { type Column, columnsOf } from '../../../changes/versions/version-columns';
import type { AppVersions, Versions } from '../../../changes/versions/versions';
import { paintFor } from '../print';
import { aligned, tableLines } from '../rows';
import { withoutControls } from '../without-controls';
import { cellText, columnName, countOf, legendText, patchRows, saidText, setBy } from './version-words';

type Paint = ReturnType<typeof paintFor>;

/** More columns than this are no table that anybody reads, however wide the paper. */
export const mostColumns = 24;

/** A value that is longer stands on a line of its own, not in a table. */
const widestCell = 40;

const indent = '  ';

/**
 * What runs where: a table of apps by nodes for each cluster type, or, where a line is too short for it and where one app was
 * asked for, the nodes of each app below one another.
 */
export function versionsText(versions: Versions, isOneApp: boolean): string {
  const paint = paintFor(process.stdout);
  const sections = tablesOf(versions).map(({ clusterType, apps, targets }) => {
    const columns = columnsOf(apps, targets, versions.below);
    const table = isOneApp || columns.length > mostColumns ? undefined : matrix(versions, clusterType, apps, columns, paint);
    return table ?? list(versions, clusterType, apps, targets, paint);
  });
  return [...sections.map((lines) => lines.join('\n')), countOf(versions)].join('\n\n');
}

interface Table {
  readonly clusterType: string;
  /** Those that are rendered somewhere. */
  readonly apps: readonly AppVersions[];
  readonly targets: readonly string[];
}

/** What stands together: the apps of one cluster type; where a field was asked for, those that have it. */
export function tablesOf({ apps, targets, field }: Versions): readonly Table[] {
  return [...targets].flatMap(([clusterType, all]) => {
    const own = apps.filter((app) => app.clusterType === clusterType && app.cells.some(({ value }) => field === undefined || value !== undefined));
    return own.length === 0 ? [] : [{ clusterType, apps: own, targets: all }];
  });
}

/** @returns `undefined` where a line is too short for it */
function matrix(
  versions: Versions,
  clusterType: string,
  apps: readonly AppVersions[],
  columns: readonly Column[],
  paint: Paint,
): readonly string[] | undefined {
  const heads = headsOf(columns.map(columnName).map(withoutControls));
  const depth = Math.max(...heads.map((head) => head.length));
  const head = Array.from({ length: depth }, (_, line) => [line === 0 ? withoutControls(clusterType) : '', ...heads.map((names) => names[line] ?? '')]);
  const rows = apps.map(({ app }, index) => [`${indent}${withoutControls(app)}`, ...columns.map(({ cells }) => cellText(versions, cells[index]))]);
  if (rows.some((row) => row.slice(1).some(({ length }) => length > widestCell))) return undefined;
  const lines = tableLines([...head, ...rows]);
  if (!lines) return undefined;
  const legend = legendText(columns);
  const patches = patchRows(apps);
  return [
    ...lines.slice(0, depth).map(paint.bold),
    ...lines.slice(depth),
    ...(legend === undefined ? [] : ['', paint.dim(`${indent}${legend}`)]),
    ...aligned(patches.map(([app, text]) => [withoutControls(app), withoutControls(text)] as const)).map(paint.dim),
  ];
}

/** Names of columns below one another, level by level; what is said by the column before is not said again. */
function headsOf(names: readonly string[]): readonly (readonly string[])[] {
  const parts = names.map((name) => name.split('/'));
  return parts.map((own, index) => {
    const before = parts[index - 1] ?? [];
    const same = own.findIndex((part, level) => part !== before[level]);
    return own.map((part, level) => (level < same ? '' : part));
  });
}

function list(versions: Versions, clusterType: string, apps: readonly AppVersions[], targets: readonly string[], paint: Paint): readonly string[] {
  const width = Math.max(...apps.map(({ app }) => app.length));
  return [
    paint.bold(withoutControls(clusterType)),
    ...apps.flatMap((app) => {
      const name = withoutControls(app.app);
      const [cell, ...others] = app.cells;
      if (cell && others.length === 0 && cell.targets.length === targets.length) {
        const by = setBy(cell);
        const where = by === '' ? 'everywhere' : `everywhere, set by ${withoutControls(by)}`;
        return [`${indent}${name.padEnd(width)}  ${saidText(versions, cell.value)}  ${paint.dim(where)}`];
      }
      const columns = columnsOf([app], targets, versions.below).filter(({ cells }) => cells[0] !== undefined);
      const names = columns.map((column) => withoutControls(columnName(column)));
      const values = columns.map(({ cells }) => saidText(versions, cells[0]?.value));
      const widths = [names, values].map((texts) => Math.max(...texts.map(({ length }) => length)));
      return [
        `${indent}${name}`,
        ...columns.map(({ cells }, index) => {
          const [at = '', value = ''] = [names[index], values[index]];
          const by = cells[0] ? withoutControls(setBy(cells[0])) : '';
          return `${indent}${indent}${paint.place(at.padEnd(widths[0] ?? 0))}  ${value.padEnd(by === '' ? 0 : (widths[1] ?? 0))}${by === '' ? '' : `  ${paint.dim(by)}`}`;
        }),
      ];
    }),
  ];
}
