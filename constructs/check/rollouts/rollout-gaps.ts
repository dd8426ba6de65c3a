import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { Patch } from '../../tree/patch';
import type { FleetSubject } from '../fleet-rule';
import { appRollouts, targetsOf } from './app-rollouts';

/** A patch covers every target before the furthest one that it covers; a fleet where it does not renders all the same. */
export function* rolloutGaps({ model }: FleetSubject): Generator<Problem> {
  const seen = new Set<Patch>();
  for (const { app, clusterType, rollouts } of appRollouts(model)) {
    for (const { construct, coverage } of rollouts) {
      // Apps of one file share their patches.
      if (seen.has(construct)) continue;
      seen.add(construct);
      const { gaps, covered } = coverage;
      const [first] = gaps;
      if (first === undefined) continue;
      yield problemAt(construct, 'rollout-gap', `the patch '${construct.name}' leaves out targets on its way`, {
        severity: 'warning',
        at: ['rolledOutTo'],
        ...targetsOf(clusterType, gaps),
        found: `it went on to ${covered[covered.length - 1]}`,
        hint: `let it enter '${first}' too: \`fleet promote ${clusterType.name} ${app.construct.group?.name ?? app.construct.name} ${construct.name} --fill\``,
      });
    }
  }
}
