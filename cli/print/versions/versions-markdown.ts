import { columnsOf } from '../../../changes/versions/version-columns';
import type { Versions } from '../../../changes/versions/versions';
import { cellSpan, codeSpan, markdownTable } from '../formats/markdown';
import { cellText, columnName, countOf, legendText, marksOf, notRendered, patchRows, saidText, setBy } from './version-words';
import { mostColumns, tablesOf } from './versions-text';

/** What runs where as a page shows it: a table for each cluster type; nodes are its rows where they are many, and where one app was asked for. */
export function versionsMarkdown(versions: Versions, isOneApp: boolean): string {
  const sections = tablesOf(versions).map(({ clusterType, apps, targets }) => {
    const columns = columnsOf(apps, targets, versions.below);
    const title = `### ${codeSpan(clusterType)}`;
    if (isOneApp || columns.length > mostColumns) {
      const rows = apps.flatMap((app) =>
        columnsOf([app], targets, versions.below).flatMap((column) => {
          const [cell] = column.cells;
          return cell ? [[app.app, columnName(column), saidText(versions, cell.value), setBy(cell)].map((text) => (text === '' ? '' : cellSpan(text)))] : [];
        }),
      );
      return [title, '', ...markdownTable(['app', 'node', versions.field === undefined ? 'version' : 'value', 'set by'], rows)];
    }
    const rows = apps.map(({ app }, index) => [
      cellSpan(app),
      ...columns.map(({ cells }) => {
        const cell = cells[index];
        if (!cell) return notRendered;
        const marks = marksOf(cell).replace('*', '\\*');
        return `${cell.value === undefined ? cellText(versions, { layers: [] }) : cellSpan(saidText(versions, cell.value))}${marks === '' ? '' : ` ${marks}`}`;
      }),
    ]);
    const legend = legendText(columns);
    const patches = patchRows(apps);
    return [
      title,
      '',
      ...markdownTable(['app', ...columns.map((column) => cellSpan(columnName(column)))], rows),
      ...(legend === undefined ? [] : ['', codeSpan(legend)]),
      ...(patches.length === 0 ? [] : ['', ...patches.map(([app, text]) => `- ${codeSpan(app)}: ${codeSpan(text)}`)]),
    ];
  });
  return [...sections.map((lines) => lines.join('\n')), codeSpan(countOf(versions))].join('\n\n');
}
