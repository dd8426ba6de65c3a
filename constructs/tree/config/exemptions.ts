import type { DimensionPath } from './register';

/** A rule of `fleet check --since` that does not hold for an app at a node until a day. */
export interface ExemptionConfig {
  /** The id of the rule: `soak`. */
  readonly rule: string;
  /** `CLUSTER-TYPE/APP`, or `*` for all. */
  readonly app: `${string}/${string}` | '*';
  /** The node at and below which it does not hold, or `*` for the whole fleet. What is to leave is named by a node above it. */
  readonly path: DimensionPath | '*';
  /** Why it does not hold there. */
  readonly reason: string;
  /** Who answers for it: `@user`, `@company/team` or a mail address. */
  readonly owner: string;
  /** The last day, in UTC: `2026-12-31`. */
  readonly until: string;
}

/** What rules allow for a while: `config/exemptions.ts` exports what this returns. @returns its argument */
export function defineExemptions(exemptions: readonly ExemptionConfig[]): readonly ExemptionConfig[] {
  return exemptions;
}
