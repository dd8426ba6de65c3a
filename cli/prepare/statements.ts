import { type AskedStep, neededStatements } from '../../changes/judge/needed-statements';
import type { Proof } from './prove';

/** What somebody said on the command line of a step. */
export type StatedStep = Pick<AskedStep, 'approved' | 'hotfix' | 'broad' | 'back' | 'removes' | 'seen' | 'despite'>;

/** What a step says of itself as lines of a commit's message: what was approved or allowed is that, and nothing else. */
export function statementLines({ states }: Proof, stated: StatedStep = {}, now: Date = new Date(0)): readonly string[] {
  return neededStatements({ ...states(), ...stated, now: now.getTime() });
}
