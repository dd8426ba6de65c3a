import type { Problem } from '../constructs';
import { plural, thousands } from '../layers/problem-text';
import { locate } from '../store/locate';
import type { Migration } from '../store/migrate/migration';
import type { Drift } from '../store/output/compare-output';
import { fileLines } from './print';

/** What TypeScript does not show as the YAML did. */
export interface LocatedLoss {
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly text: string | undefined;
  /** Why it could not be expressed. @default - a comment without a place in the new files */
  readonly reason: string | undefined;
}

/** A key that only expressions read. */
export interface InlinedKey {
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly key: string | undefined;
}

export interface MigrationResult {
  readonly to: string;
  readonly migration: Migration;
  readonly lost: readonly LocatedLoss[];
  readonly inlined: readonly InlinedKey[];
  /** Expressions over other values, which became the values that they have now. */
  readonly frozen: readonly LocatedLoss[];
  /** What the compiler says, nothing where all is well. @default - it is not installed */
  readonly types: string | undefined;
  readonly targets: number;
  /** @default - the new files cannot be rendered */
  readonly drift: Drift | undefined;
  /** How many warnings both fleets have: no matter of the migration. */
  readonly warnings: number;
}

export function locatedLosses({ lost }: Migration): readonly LocatedLoss[] {
  const problems = lost.map(
    ({ file, line, place, text, reason }): Problem => ({ code: 'expression', message: reason ?? 'a comment', file, line, place, found: text }),
  );
  return locate(problems).map(({ file, line, column, found }, index) => ({ file, line, column, text: found, reason: lost[index]?.reason }));
}

export function locatedExpressions({ frozen }: Migration): readonly LocatedLoss[] {
  const problems = frozen.map(({ file, place, text }): Problem => ({ code: 'expression', message: '', file, place, found: text }));
  return locate(problems).map(({ file, line, column, found }) => ({ file, line, column, text: found, reason: undefined }));
}

/** @param warnings of the YAML fleet: what nobody reads stands there already */
export function inlinedKeys({ inlined }: Migration, warnings: readonly Problem[]): readonly InlinedKey[] {
  const isUnread = (file: string, key: string) =>
    warnings.some(({ code, file: at, place = [] }) => code === 'key-unused' && at === file && place.length === 1 && place[0] === key);
  const read = inlined.filter(({ file, key }) => !isUnread(file, key));
  return locate(read.map(({ file, key }): Problem => ({ code: 'key-unused', message: key, file, place: [key] }))).map(({ file, line, message }) => {
    return { file, line, key: message };
  });
}

export function hasSameOutput({ drift }: MigrationResult): boolean {
  return drift !== undefined && differences(drift) === 0;
}

/** The result in words, line by line. */
export function migrationReport(result: MigrationResult): readonly string[] {
  const { to, migration, lost, inlined, types, warnings } = result;
  const values = lost.filter(({ reason }) => reason !== undefined);
  const comments = lost.filter(({ reason }) => reason === undefined);
  const isSame = hasSameOutput(result);
  return [
    `${to.replace(/\/*$/, '/')}: ${plural(migration.files.length, 'file')} written`,
    ...titled(
      `${plural(values.length, 'value')} could not be said in TypeScript; there ${values.length === 1 ? 'it stands' : 'they stand'} as in the YAML:`,
      values.flatMap(({ file, line, column, text, reason }) => [`  ${file}:${line}:${column}`, `    ${oneLine(text)}`, `    ${reason}`]),
    ),
    ...titled(
      `${plural(comments.length, 'comment')} had no place in the new files:`,
      comments.map(({ file, line, text }) => `  ${file}:${line}  # ${text}`),
    ),
    ...titled(
      inlined.length === 1
        ? '1 key was for expressions only; its value stands where they asked for it:'
        : `${plural(inlined.length, 'key')} were for expressions only; their values stand where they asked for them:`,
      inlined.map(({ file, line, key }) => `  ${file}:${line}  ${key}`),
    ),
    ...titled(
      result.frozen.length === 1
        ? '1 expression asked for another value, and became what that is now:'
        : `${plural(result.frozen.length, 'expression')} asked for other values, and became what those are now:`,
      result.frozen.flatMap(({ file, line, column, text }) => [`  ${file}:${line}:${column}`, `    ${oneLine(text)}`]),
    ),
    ...(migration.repository === undefined
      ? [
          '',
          'The YAML does not tell the Git repository of the output: write it into fleet.ts,',
          "as `repository`, before you use root ApplicationSets or workloads. It says ''.",
        ]
      : []),
    '',
    ...typesLines(types),
    ...rendered(result),
    ...(warnings > 0 ? [`warnings: ${thousands(warnings)} of both fleets, which \`fleet check\` tells`] : []),
    ...(isSame
      ? ['', 'Next: read the files, give the new folder the place of the old one, and remove', 'the YAML. Until then name the new folder with --config.']
      : []),
  ];
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? ['', title, ...lines] : [];
}

function typesLines(types: string | undefined): readonly string[] {
  if (types === undefined) return ['types: not checked, TypeScript is not installed'];
  return types === '' ? ['types: no mistake'] : ['types:', ...types.split('\n').map((line) => `  ${line}`), ''];
}

function rendered({ targets, drift }: MigrationResult): readonly string[] {
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

function differences({ changed, missing, extra }: Drift): number {
  return changed.length + missing.length + extra.length;
}

function oneLine(text: string | undefined): string {
  const [first = '', ...others] = (text ?? '').trim().split('\n');
  return others.length > 0 ? `${first} …` : first;
}
