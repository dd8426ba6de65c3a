import { dirname, relative, sep } from 'node:path';
import { chartKey } from '../../../layers/charts/chart-id';
import { plural } from '../../../layers/text/problem-text';
import type { ImportedChart, ImportPlan } from '../../../store/charts/import-charts';
import { idOf, type LockedChart } from '../../../store/charts/lock-file';
import { shown } from '../../../store/files/paths';
import { ignoredHint, ignoredText } from '../../../store/hydrate/folders/held-archives';
import { print, printJson, printNotes } from '../print';

export interface ChartFile {
  readonly file: string;
  /** The type of what it exports. */
  readonly type: string;
  /** Whether it says a word: the type of the chart's values, which then needs no mention. */
  readonly says: (word: string) => boolean;
}

/** What an import did. */
export interface ImportResult {
  readonly plan: ImportPlan;
  /** Whether nothing was written, and it is told what would be. */
  readonly dryRun: boolean;
  /** Files that were written or removed, as messages show them. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** A file of an app that names a chart, by the key of the chart, where its values could be typed. */
  readonly users: ReadonlyMap<string, ChartFile>;
  /** What file names of modules end in: nothing, or `.js`. */
  readonly ending: string;
}

export function printImport(result: ImportResult, asJson: boolean): void {
  if (asJson) printJson(dataOf(result));
  else print(textOf(result));
  printNotes(notesOf(result));
}

/** What is left out is no mistake of the command's: somebody may take it by force. */
function notesOf({ plan: { ignored } }: ImportResult): readonly string[] {
  const [first, ...others] = ignored.map(shown);
  if (first === undefined) return [];
  const text = others.length === 0 ? ignoredText : `and ${plural(others.length, 'more file')} are ignored by Git: no clone would have them`;
  return [`'${first}' ${text}; ${ignoredHint}`];
}

function dataOf({ plan, dryRun, written, removed }: ImportResult): object {
  const charts = plan.charts.map(({ chart, versions, types }) => ({ chart, versions, ...(types ? { type: types.name, file: shown(types.file) } : {}) }));
  return {
    ok: true,
    ...(dryRun ? { dryRun } : {}),
    charts,
    gone: plan.removed,
    written,
    removed,
    ...(plan.ignored.length > 0 ? { ignored: plan.ignored.map(shown) } : {}),
  };
}

function textOf({ plan, dryRun, written, removed, users, ending }: ImportResult): string {
  const charts = plan.charts.flatMap(({ chart, versions }) => [chart, ...versions.map((version) => `  ${words[version.state]} ${nameOf(version)}`)]);
  const gone = plan.removed.map((version) => `  gone     ${version.chart} ${nameOf(version)}`);
  const files = [
    ...written.map((file) => `  ${dryRun ? 'would write ' : 'written '} ${file}`),
    ...removed.map((file) => `  ${dryRun ? 'would remove' : 'removed '} ${file}`),
  ];
  const isSame = written.length + removed.length === 0;
  return [
    ...(plan.charts.length === 0 ? ['No app names a chart that can be imported.'] : charts),
    ...(gone.length > 0 ? ['Named by no app any more', ...gone] : []),
    ...(isSame ? [] : ['', ...files]),
    ...(isSame || dryRun ? [] : plan.charts.flatMap((chart) => usage(chart, users, ending))),
    '',
    isSame ? 'Nothing has changed.' : dryRun ? 'Nothing was written.' : 'Commit what was written: `npx fleet check` looks at values by it, without network.',
  ].join('\n');
}

const words = { fetched: 'fetched ', kept: 'is there', folder: 'read    ' } as const;

function nameOf({ version, resolved, repository, folder }: LockedChart): string {
  return `${version}${resolved === undefined ? '' : ` (${resolved})`} ${repository === undefined ? `in ${folder}` : `from ${repository}`}`;
}

/** The two lines that an app needs, where it has none yet. */
function usage({ versions, types }: ImportedChart, users: ImportResult['users'], ending: string): readonly string[] {
  const user = versions.map((version) => users.get(chartKey(idOf(version)))).find((found) => found !== undefined);
  if (!types || !user || user.says(types.name)) return [];
  const path = relative(dirname(user.file), shown(types.file).replace(/\.ts$/, '')).split(sep).join('/');
  return [
    '',
    `In ${user.file}:`,
    `  import type { ${types.name} } from '${path.startsWith('.') ? path : `./${path}`}${ending}';`,
    `  … satisfies ${user.type}<${types.name}>`,
  ];
}
