import type { Rule } from './rule';
import { budget } from './rules/budget';
import { downgrade } from './rules/downgrade';
import { freeze } from './rules/freeze';
import { gate } from './rules/gate';
import { loosenedLaw } from './rules/loosened-law';
import { removal } from './rules/removal';
import { sequence } from './rules/sequence';
import { soak } from './rules/soak';

/** Every rule of ours, in the order in which they are told. */
export const ownRules: readonly Rule[] = [removal, freeze, sequence, gate, soak, budget, downgrade, loosenedLaw];
