import { FleetError, type FleetOutput, type PatchView } from '../../../constructs';
import type { ReleaseInversion } from '../../../layers/patch-state';
import { releasesName } from '../../../layers/record';
import { firstNames } from '../../read/first-names';

/** @throws FleetError where a step would let an older patch of a component win over a newer one of the releases somewhere where it did not */
export function expectNoInvertedRelease(before: FleetOutput, after: FleetOutput): void {
  const had = new Map(before.releaseInversions.map((one) => [keyOf(one), new Set(one.targets)]));
  const found = after.releaseInversions.flatMap((one) => {
    const there = new Set(before.targetsOf(one.group).map(({ path }) => path));
    const targets = one.targets.filter((target) => there.has(target) && had.get(keyOf(one))?.has(target) !== true);
    return targets.length === 0 ? [] : [{ ...one, targets }];
  });
  if (found.length > 0) throw inverted(found);
}

/** @throws FleetError where a patch of releases goes on, and an older patch of a component hides what it brings where it is already: nobody has seen it there */
export function expectSeenRelease(output: FleetOutput, { state: { clusterType, app, patch } }: PatchView): void {
  const found = output.releaseInversions.filter(({ group, newer }) => app === releasesName && group === clusterType && newer === patch);
  if (found.length > 0) throw inverted(found, 'wins');
}

function inverted(found: readonly ReleaseInversion[], wins = 'would win'): FleetError {
  return new FleetError(
    found.map(({ group, component, older, newer, fields, targets }) => {
      const [{ says, hides } = {}] = fields;
      return {
        code: 'rollout',
        message: `the older '${older}' of ${component} ${wins} over '${newer}' of the ${releasesName} in ${fields.map(({ field }) => field).join(', ')}, at ${firstNames(targets).join(', ')}`,
        app: component,
        place: [],
        ...(says === undefined || hides === undefined ? {} : { found: `${says} of '${older}', not ${hides} of '${newer}'` }),
        hint: `take '${older}' back, or let it reach the base first: \`fleet rollback ${group} ${component} ${older} --everywhere\`; where it is the newer one, give it a name that comes after '${newer}'; nothing was written`,
      };
    }),
  );
}

function keyOf({ group, component, older, newer }: ReleaseInversion): string {
  return [group, component, older, newer].join('/');
}
