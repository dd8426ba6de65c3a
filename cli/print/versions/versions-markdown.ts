import { columnsOf } from '../../../changes/versions/version-columns';
import type { Versions } from '../../../changes/versions/versions';
import { markdownCode, markdownPlain, markdownTable } from '../formats/markdown';
import { cellText, columnName, countOf, legendText, marksOf, notRendered, patchRows, saidText, setBy } from './version-words';
import { mostColumns, tablesOf } from './versions-text';

/** What runs where as a page shows it: a table for each cluster type; nodes are its rows where they are many, and where one app was asked for. */
export function versionsMarkdown(versions: Versions, isOneApp: boolean): string {
  const sections = tablesOf(versions).map(({ clusterType, apps, targets }) => {
    const columns = columnsOf(apps, targets, versions.below);
    const title = `### ${markdownPlain(clusterType)}`;
    if (isOneApp || columns.length > mostColumns) {
      const rows = apps.flatMap((app) =>
        columnsOf([app], targets, versions.below).flatMap((column) => {
          const [cell] = column.cells;
          return cell
            ? [[app.app, columnName(column), saidText(versions, cell.value), setBy(cell)].map((text) => (text === '' ? '' : markdownCode(text)))]
            : [];
        }),
      );
      return [title, '', ...markdownTable(['app', 'node', versions.field === undefined ? 'version' : 'value', 'set by'], rows)];
    }
    const rows = apps.map(({ app }, index) => [
      markdownCode(app),
      ...columns.map(({ cells }) => {
        const cell = cells[index];
        if (!cell) return notRendered;
        const marks = marksOf(cell).replace('*', '\\*');
        return `${cell.value === undefined ? cellText(versions, { layers: [] }) : markdownCode(saidText(versions, cell.value))}${marks === '' ? '' : ` ${marks}`}`;
      }),
    ]);
    const legend = legendText(columns);
    const patches = patchRows(apps);
    return [
      title,
      '',
      ...markdownTable(['app', ...columns.map((column) => markdownCode(columnName(column)))], rows),
      ...(legend === undefined ? [] : ['', markdownPlain(legend)]),
      ...(patches.length === 0 ? [] : ['', ...patches.map(([app, text]) => `- ${markdownCode(app)}: ${markdownPlain(text)}`)]),
    ];
  });
  return [...sections.map((lines) => lines.join('\n')), markdownPlain(countOf(versions))].join('\n\n');
}
