import type { FieldDifference, NodeDifferences } from '../../../changes/nodes/node-differences';
import { paintFor } from '../print';
import { aligned, columnsOfTerminal, type Row, wrapped } from '../rows';
import { withoutControls } from '../without-controls';
import { appGroups, headsOf, ownText, sideRows, sides, summaryOf } from './node-words';

type Paint = ReturnType<typeof paintFor>;

/** A value beside which there is room for who says so. */
const shortValue = 40;

/** What differs between two nodes, as people read it in a terminal: apps that one of them has alone come first. */
export function nodesText(differences: NodeDifferences): string {
  const paint = paintFor(process.stdout);
  const own = ownText(differences);
  const sections = [
    wrapped(withoutControls(summaryOf(differences)), columnsOfTerminal()),
    ...appGroups(differences).map(({ title, groups }) => [
      paint.bold(withoutControls(title)),
      ...aligned(
        groups.map(
          ({ clusterType, names, where }): Row => [withoutControls(clusterType), withoutControls(`${names.join(', ')}${where === '' ? '' : ` (${where})`}`)],
        ),
      ),
    ]),
    ...headsOf(differences.fields).map(([head, fields]) => [
      paint.bold(withoutControls(head)),
      ...fields.flatMap((field) => fieldLines(field, differences, paint)),
    ]),
    ...(own === undefined ? [] : [wrapped(own, columnsOfTerminal()).map(paint.dim)]),
  ];
  return sections.map((lines) => lines.join('\n')).join('\n\n');
}

function fieldLines(difference: FieldDifference, { left, right }: NodeDifferences, paint: Paint): readonly string[] {
  const paths = { left: left.path, right: right.path };
  const label = Math.max(left.path.length, right.path.length);
  const rows = sides.flatMap((side) =>
    sideRows(difference[side], paths[side]).map((row, index) => ({ ...row, label: index === 0 ? withoutControls(paths[side]) : '' })),
  );
  const width = Math.max(0, ...rows.map(({ value }) => (value.length > shortValue ? 0 : value.length)));
  return [
    `  ${paint.place(withoutControls(difference.field))}`,
    ...rows.flatMap(({ label: path, value, why }) => {
      const said = withoutControls(why);
      const start = `    ${path.padEnd(label)}  `;
      if (value.length <= shortValue && start.length + width + 2 + said.length <= columnsOfTerminal()) {
        return [`${start}${value.padEnd(said === '' ? 0 : width)}${said === '' ? '' : `  ${paint.dim(said)}`}`];
      }
      const below = ' '.repeat(start.length);
      const lines = wrapped(value, columnsOfTerminal() - start.length).map((line, index) => (index === 0 ? start : below) + line);
      return [...lines, ...(said === '' ? [] : wrapped(said, columnsOfTerminal() - start.length).map((line) => below + paint.dim(line)))];
    }),
  ];
}
