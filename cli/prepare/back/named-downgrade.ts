import { goesBack } from '../../../changes/judge/rules/downgrade';
import { FleetError } from '../../../constructs';
import type { Proof } from '../prove';

/** How somebody says that versions are to go back. */
export interface DowngradeFlags {
  readonly downgrade?: boolean;
}

/** How many are named of many. */
const shown = 6;

/**
 * Versions go back only where somebody says so: few charts are made for it, and whoever takes an old release does not mean
 * to. What is said here, `fleet check --since` allows later.
 *
 * @param what   what would take them back: `'patch-001'`
 * @param app    whose it is
 * @param path   where it goes
 * @returns what a statement has to say of it, where it was named
 * @throws FleetError with every version that would go back
 */
export function namedDowngrade(proof: Proof, { downgrade = false }: DowngradeFlags, what: string, app: string, path: string): { readonly back?: string } {
  const steps = proof.ownEffect().changes.flatMap((change) => (change.kind === 'field' && goesBack(change) ? [change] : []));
  if (steps.length === 0) return {};
  if (downgrade) return { back: path };
  const texts = [...new Set(steps.map((step) => `${step.app} ${String(step.before)} → ${String(step.after)}`))];
  const more = texts.length > shown ? ` and ${texts.length - shown} more` : '';
  throw new FleetError([
    {
      code: 'rollout',
      message: `${what} would take versions back at ${path}`,
      app,
      expected: 'versions that are there, or later ones',
      found: `${texts.slice(0, shown).join(', ')}${more}`,
      hint: 'where that is meant, say so: `--downgrade`; to what was there before, `fleet rollback` goes',
    },
  ]);
}
