import { plural } from '../../../layers/text/problem-text';
import { locate } from '../../../store/read/locate';
import type { CheckedChart, checkCharts } from '../../read/charts/check-charts';
import { paintFor } from '../print';
import { aligned, tableLines } from '../rows';
import { withoutControls } from '../without-controls';

/** Charts in use, for people: a line each. */
export function checkedText(charts: readonly CheckedChart[]): string {
  if (charts.length === 0) return 'No app names a chart of a chart repository or a registry.';
  const paint = paintFor(process.stdout);
  const head = ['CHART', 'IN USE', 'NEWEST', 'ARCHIVES', 'APPS'];
  const rows = charts.map((chart) => cellsOf(chart, charts).map(withoutControls));
  const [first = '', ...others] = tableLines([head, ...rows]) ?? [];
  const table = first === '' ? rows.flatMap((row) => stacked(head, row)) : [paint.bold(first), ...others];
  const behind = charts.filter(({ isBehind }) => isBehind);
  const app = behind[0]?.apps[0];
  const next = app === undefined ? '' : `: \`npx fleet charts bump ${withoutControls(app)}\` writes the patch that moves an app to it`;
  return [...table, '', `${plural(charts.length, 'chart')}, ${behind.length} with a newer version${next}`].join('\n');
}

/** The same for programs. */
export function checkedData({ charts, problems }: ReturnType<typeof checkCharts>): object {
  const shown = charts.map(({ isBehind, isDeprecated, ...chart }) => ({ ...chart, newer: isBehind, ...(isDeprecated ? { deprecated: true } : {}) }));
  return { ok: problems.length === 0, charts: shown, ...(problems.length > 0 ? { problems: locate(problems) } : {}) };
}

function cellsOf({ chart, repository, versions, newest, isBehind, isDeprecated, apps }: CheckedChart, all: readonly CheckedChart[]): readonly string[] {
  const isAlone = all.filter((other) => other.chart === chart).length === 1;
  const names = versions.map(({ version, resolved }) => (resolved === undefined ? version : `${version} (${resolved})`));
  const [oldest = '', last = ''] = [names[0], names.at(-1)];
  const marks = [...(isBehind ? ['newer'] : []), ...(isDeprecated ? ['deprecated'] : [])];
  const wrong = versions.flatMap(({ version, archive }) => (archive === 'there' ? [] : [`${version} ${archive}`]));
  return [
    isAlone ? chart : `${chart} (${repository})`,
    names.length > 1 ? `${oldest} … ${last}` : oldest,
    newest === undefined ? '?' : [newest, ...(marks.length > 0 ? [`(${marks.join(', ')})`] : [])].join(' '),
    wrong.length === 0 ? 'there' : wrong.join(', '),
    apps.join(', '),
  ];
}

function stacked(head: readonly string[], [chart = '', ...cells]: readonly string[]): readonly string[] {
  return [chart, ...aligned(cells.map((cell, index) => [(head[index + 1] ?? '').toLowerCase(), cell]))];
}
