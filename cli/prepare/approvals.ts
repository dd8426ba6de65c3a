import { FleetError } from '../../constructs';
import { suggestion } from '../../layers/text/nearest';

/** @throws FleetError where the command line approves a path that does not exist */
export function expectKnownPaths(known: readonly string[], approved: readonly string[]): void {
  const wrong = approved.filter((path) => !known.includes(path));
  if (wrong.length === 0) return;
  throw new FleetError(
    wrong.map((path) => ({ code: 'unknown-path', message: `the dimension path '${path}' does not exist`, hint: suggestion(path, known, 'paths') })),
  );
}
