import type { Rule } from './rule';
import { budget } from './rules/budget';
import { downgrade } from './rules/downgrade';
import { evidence } from './rules/evidence';
import { freeze } from './rules/freeze';
import { gate } from './rules/gate';
import { immutable } from './rules/immutable';
import { loosenedLaw } from './rules/loosened-law';
import { permission } from './rules/permission';
import { removal, removalOfApps, removalOfObjects } from './rules/removal';
import { sequence } from './rules/sequence';
import { soak } from './rules/soak';

/** Every rule of ours, in the order in which they are told. */
export const ownRules: readonly Rule[] = [removal, immutable, permission, freeze, sequence, gate, soak, evidence, budget, downgrade, loosenedLaw];

/** What is judged by objects alone: where more of them are known than Git holds, by them. */
export const objectRules: readonly Rule[] = [removalOfObjects, immutable, permission];

/** Rules that leave the objects of apps to the {@link objectRules}. */
export function besideObjects(rules: readonly Rule[]): readonly Rule[] {
  return rules.flatMap((rule) => (rule === removal ? [removalOfApps] : objectRules.includes(rule) ? [] : [rule]));
}
