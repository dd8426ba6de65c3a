import type { Plain } from '../../../layers/layer';
import type { ExplainedField, Explanation } from '../../read/history/explanation';
import type { Since } from '../../read/history/field-steps';
import { placeText } from '../changes/change-words';
import { valueText } from '../changes/value-text';
import { paintFor } from '../print';
import { aligned, columnsOfTerminal, type Row } from '../rows';
import { withoutControls } from '../without-controls';
import { commitText } from './commit-words';

/** How long a value is that stands on the line of its field, where no terminal says how wide that is. */
const widest = 100;

/** What each value comes from, as people read it. */
export function explainText({ clusterType, app, target, at, isRendered, fields, withoutHistory }: Explanation): string {
  const paint = paintFor(process.stdout);
  const notes = [
    ...(isRendered ? [] : ['It is not rendered there: `enabled` is false.']),
    ...(withoutHistory === undefined ? [] : [`Nothing is known of commits: ${withoutControls(withoutHistory)}.`]),
  ];
  const head = `${clusterType}/${app} at ${target}${at === undefined ? '' : `, ${at}`}`;
  const blocks = fields.map((field) => fieldText(field, paint));
  return [[paint.bold(withoutControls(head)), ...notes].join('\n'), ...blocks].join('\n\n');
}

function fieldText({ field, value, layer, hid, since }: ExplainedField, paint: ReturnType<typeof paintFor>): string {
  const name = withoutControls(field);
  const lines = valueLines(value, Math.min(columnsOfTerminal(), widest) - name.length - 2);
  const [first = '', ...others] = lines.length === 1 ? lines : ['', ...lines];
  const rows: readonly Row[] = [
    ...(layer === undefined ? [] : [['set by', withoutControls(placeText(layer))] as const]),
    ...hid.map(
      ({ value: hidden, layer: other }) => ['hides', `${hidden === undefined ? 'unset' : valueText(hidden)}, of ${withoutControls(placeText(other))}`] as const,
    ),
    ...(since === undefined ? [] : [['since', sinceText(since)] as const]),
  ];
  return [
    `${paint.place(name)}:${first === '' ? '' : ` ${first}`}`,
    ...others.map((line) => `    ${line}`),
    ...aligned(rows, '  ', 6).map((line) => paint.dim(line)),
  ].join('\n');
}

/** A value where there is room for all of it. */
function valueLines(value: Plain | undefined, room: number): readonly string[] {
  if (value === undefined) return ['(unset)'];
  if (typeof value === 'string' && value.includes('\n')) return ['|', ...value.replace(/\n$/, '').split('\n').map(withoutControls)].slice(1);
  const short = valueText(value);
  if (short.length <= room || typeof value !== 'object' || value === null) return [short];
  return JSON.stringify(value, null, 2).split('\n').map(withoutControls);
}

function sinceText({ kind, commit }: Since): string {
  if (commit === undefined) return 'not committed yet';
  return kind === 'before' ? `at or before ${commitText(commit)} (older commits were left out of the clone)` : commitText(commit);
}
