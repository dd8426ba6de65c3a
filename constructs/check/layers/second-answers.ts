import type { Problem } from '../../../layers/problem';
import { targetKey } from '../../resolve/target-key';
import type { FleetSubject } from '../fleet-rule';

/**
 * Asks every function of the target once more, after all targets were looked at: what a function says is what the target
 * makes of it, and not how often or when it was asked. Layers without functions cost nothing.
 */
export function* secondAnswers({ model }: FleetSubject): Generator<Problem> {
  for (const { apps, targets } of model.clusterTypes) {
    const asking = apps.filter(({ resolver }) => resolver.hasFunctions);
    for (const target of targets) {
      for (const { construct, resolver } of asking) {
        for (const problem of resolver.again(target)) yield { ...problem, app: construct.name, target: targetKey(target) };
      }
    }
  }
}
