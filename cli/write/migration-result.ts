import type { Problem } from '../../constructs';
import type { Migration } from '../../store/migrate/migration';
import type { Drift } from '../../store/output/compare-output';
import { locate } from '../../store/read/locate';

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

/** Whether both fleets render the same, and all values could be said in TypeScript. */
export function isWholeMigration(result: MigrationResult): boolean {
  return hasSameOutput(result) && result.lost.every(({ reason }) => reason === undefined) && !result.types;
}

/** How many files are rendered otherwise. */
export function differences({ changed, missing, extra }: Drift): number {
  return changed.length + missing.length + extra.length;
}
