import type { NodeDifferences, SideValue } from '../../../changes/nodes/node-differences';
import { plural } from '../../../layers/text/problem-text';
import { cellSpan, codeSpan, commentRoom, markdownTable } from '../formats/markdown';
import { appGroups, headsOf, ownText, sideRows, summaryOf } from './node-words';

/** What differs between two nodes as a page or a comment shows it: as many whole tables as a comment holds. */
export function nodesMarkdown(differences: NodeDifferences): string {
  const { left, right, fields } = differences;
  const own = ownText(differences);
  const end = own === undefined ? [] : [codeSpan(own)];
  const parts = [
    ...appGroups(differences).map(({ title, groups }) => [
      `### ${codeSpan(title)}`,
      '',
      ...groups.map(
        ({ clusterType, names, where }) => `- ${codeSpan(clusterType)}: ${names.map(codeSpan).join(', ')}${where === '' ? '' : ` (${codeSpan(where)})`}`,
      ),
    ]),
    ...headsOf(fields).map(([head, own]) => [
      `### ${codeSpan(head)}`,
      '',
      ...markdownTable(
        ['field', cellSpan(left.path), cellSpan(right.path)],
        own.map((field) => [cellSpan(field.field), sideCell(field.left, left.path), sideCell(field.right, right.path)]),
      ),
    ]),
  ].map((lines) => lines.join('\n'));
  const shown = [`**${codeSpan(summaryOf(differences))}**`];
  let space = commentRoom - size(shown) - size(end);
  let dropped = 0;
  for (const part of parts) {
    space -= part.length + 2;
    if (space >= 0) shown.push(part);
    else dropped += 1;
  }
  if (dropped > 0) shown.push(`… and ${plural(dropped, 'more table')}, for which there is no room in a comment: \`npx fleet diff\` shows all.`);
  return [...shown, ...end].join('\n\n');
}

function size(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 2, 0);
}

function sideCell(values: readonly SideValue[], node: string): string {
  return sideRows(values, node)
    .map(({ value, why }) => `${cellSpan(value)}${why === '' ? '' : ` ${cellSpan(why)}`}`)
    .join('<br>');
}
