import type { EnterStep } from '../../../rollout/next-step';

/** What a step enters: `tenant1/prod, wave 2 of 3`. */
export function stepText({ path, wave }: Pick<EnterStep, 'path' | 'wave'>): string {
  return wave === undefined ? path : `${path}, wave ${wave.number} of ${wave.of}`;
}
