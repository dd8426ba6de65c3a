import { FleetError, type Problem } from '../../layers/problem';
import { HelmMissing } from './helm-program';

/** Asks for what may be wrong with many charts, and says all of it together. */
export function together<T, R>(items: readonly T[], run: (item: T) => R): readonly R[] {
  const results: R[] = [];
  const problems: Problem[] = [];
  for (const item of items) {
    try {
      results.push(run(item));
    } catch (cause) {
      if (!(cause instanceof FleetError) || cause instanceof HelmMissing) throw cause;
      problems.push(...cause.problems);
    }
  }
  if (problems.length > 0) throw new FleetError(problems);
  return results;
}
