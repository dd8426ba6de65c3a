import type { Finding } from '../../../../layers/consequences';
import { releasesName } from '../../../../layers/record';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';
import { releaseInversions } from './release-inversions';

/** What a release brings is held back by a patch of a component that was there before; it renders all the same. */
export function* invertedReleases(hub: HubSubject): Generator<Finding> {
  for (const { group, component, older, newer, fields, targets, rollout } of releaseInversions(hub)) {
    const [{ says, hides } = {}] = fields;
    yield problemAt(
      rollout.construct,
      'rollout-inversion',
      `the older patch '${older}' of ${component} wins over '${newer}' of the ${releasesName} in ${fields.map(({ field }) => field).join(', ')}`,
      {
        severity: 'warning',
        app: component,
        target: `${group}/${targets[0]}`,
        targets: targets.length,
        ...(says === undefined || hides === undefined ? {} : { found: `${says} of '${older}', not ${hides} of '${newer}'` }),
        hint: `take it back, or let it reach the base first: \`fleet rollback ${group} ${component} ${older} --everywhere\`; where it is the newer one, give it a name that comes after '${newer}'`,
      },
    );
  }
}
