import type { WrapperMigration } from '../../write/wrapper/migrate-wrapper';

/** How a live fleet is taken over, step by step. */
export function takeoverPlan({ comparison }: WrapperMigration): readonly string[] {
  return comparison ? [] : [];
}
