import type { Problem } from '../../../layers/problem';
import { membersName, releasesName, settingsName } from '../../../layers/record';
import type { AppModel } from '../../resolve/app-model';
import type { Model } from '../../resolve/model';
import { originOf } from '../../tree/origin';
import { debtProblem } from './debt-problem';

/** Apps that belong to nobody, in a fleet most of whose apps have owners: where few have any, owners are kept elsewhere, or somebody begins to write them. */
export function* unownedApps({ clusterTypes, facts }: Model): Generator<Problem> {
  const owned = clusterTypes.flatMap(({ name, apps }) => apps.filter(({ construct }) => !isOfFleet(name, construct.name, facts.hasLayerOfAll)));
  if (owned.filter(isOwned).length * 2 <= owned.length) return;
  for (const app of owned) {
    if (isOwned(app)) continue;
    const { construct } = app;
    const { file } = originOf(construct.group ?? construct);
    yield debtProblem(construct, 'app-unowned', construct.name, {
      message: `'${construct.name}' belongs to nobody`,
      expected: '`owners`, as most apps of the fleet have them',
      hint: 'say whose it is',
      ...(file === undefined ? {} : { file }),
    });
  }
}

function isOwned({ construct }: AppModel): boolean {
  return construct.owners.length > 0;
}

/** Releases and settings of members, which no team deploys. */
function isOfFleet(clusterType: string, app: string, isOfHubs: boolean): boolean {
  return isOfHubs && (app === releasesName || (clusterType === membersName && app === settingsName));
}
