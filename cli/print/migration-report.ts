import { plural, thousands } from '../../layers/text/problem-text';
import { differences, hasSameOutput, type MigrationResult } from '../write/migration-result';
import { fileLines } from './print';

/** The result in words, line by line. */
export function migrationReport(result: MigrationResult): readonly string[] {
  const { to, migration, types, warnings } = result;
  return [
    `${to.replace(/\/*$/, '/')}: ${plural(migration.files.length, 'file')} written`,
    ...lossLines(result),
    ...inlinedLines(result),
    ...frozenLines(result),
    ...(migration.repository === undefined
      ? [
          '',
          'The YAML does not tell the Git repository of the output: write it into fleet.ts,',
          "as `repository`, before you use root ApplicationSets or workloads. It says ''.",
        ]
      : []),
    '',
    ...typesLines(types),
    ...renderedLines(result),
    ...(warnings > 0 ? [`warnings: ${thousands(warnings)} of both fleets, which \`fleet check\` tells`] : []),
    ...(hasSameOutput(result)
      ? ['', 'Next: read the files, give the new folder the place of the old one, and remove', 'the YAML. Until then name the new folder with --config.']
      : []),
  ];
}

/** Values that TypeScript cannot say, and comments without a place. */
function lossLines({ lost }: MigrationResult): readonly string[] {
  const values = lost.filter(({ reason }) => reason !== undefined);
  const comments = lost.filter(({ reason }) => reason === undefined);
  return [
    ...titled(
      `${plural(values.length, 'value')} could not be said in TypeScript; there ${values.length === 1 ? 'it stands' : 'they stand'} as in the YAML:`,
      values.flatMap(({ file, line, column, text, reason }) => [`  ${file}:${line}:${column}`, `    ${oneLine(text)}`, `    ${reason}`]),
    ),
    ...titled(
      `${plural(comments.length, 'comment')} had no place in the new files:`,
      comments.map(({ file, line, text }) => `  ${file}:${line}  # ${text}`),
    ),
  ];
}

function inlinedLines({ inlined }: MigrationResult): readonly string[] {
  return titled(
    inlined.length === 1
      ? '1 key was for expressions only; its value stands where they asked for it:'
      : `${plural(inlined.length, 'key')} were for expressions only; their values stand where they asked for them:`,
    inlined.map(({ file, line, key }) => `  ${file}:${line}  ${key}`),
  );
}

function frozenLines({ frozen }: MigrationResult): readonly string[] {
  return titled(
    frozen.length === 1
      ? '1 expression asked for another value, and became what that is now:'
      : `${plural(frozen.length, 'expression')} asked for other values, and became what those are now:`,
    frozen.flatMap(({ file, line, column, text }) => [`  ${file}:${line}:${column}`, `    ${oneLine(text)}`]),
  );
}

/** A title above lines; nothing where there are none. */
function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? ['', title, ...lines] : [];
}

function typesLines(types: string | undefined): readonly string[] {
  if (types === undefined) return ['types: not checked, TypeScript is not installed'];
  return types === '' ? ['types: no mistake'] : ['types:', ...types.split('\n').map((line) => `  ${line}`), ''];
}

function renderedLines({ targets, drift }: MigrationResult): readonly string[] {
  if (!drift) return ['rendered: not, the new files have the mistakes above'];
  const different = differences(drift);
  if (different === 0) return [`rendered: ${plural(targets, 'target')}, ${plural(drift.files, 'file')}, identical`];
  const [first] = drift.changed;
  return [
    `rendered: ${thousands(different)} of ${plural(drift.files, 'file')} differ`,
    ...fileLines(
      'changed',
      'dist',
      drift.changed.map(({ path, line }) => `${path}:${line}`),
    ),
    ...fileLines('missing', 'dist', drift.missing),
    ...fileLines('extra', 'dist', drift.extra),
    ...(first ? ['', `dist/${first.path}:${first.line}`, `  yaml        ${first.expected.trim()}`, `  typescript  ${first.found.trim()}`] : []),
  ];
}

function oneLine(text: string | undefined): string {
  const [first = '', ...others] = (text ?? '').trim().split('\n');
  return others.length > 0 ? `${first} …` : first;
}
