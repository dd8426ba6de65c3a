import type { Problem } from '../../../layers/problem';
import { rootsOf } from '../../resolve/model';
import { problemAt } from '../../tree/origin';
import type { RootApplicationSet } from '../../tree/root-application-set';
import type { FleetSubject } from '../fleet-rule';

/** One root deploys a cluster type. */
export function* duplicateRoots({ fleet }: FleetSubject): Generator<Problem> {
  const first = new Map<string, RootApplicationSet>();
  for (const root of rootsOf(fleet)) {
    const other = first.get(root.deploys);
    if (!other) first.set(root.deploys, root);
    else {
      yield problemAt(root, 'duplicate-root', `the cluster type '${root.deploys}' has two roots`, {
        app: root.name,
        found: `'${other.name}' deploys it too`,
        hint: 'a second root would deploy every app twice: keep one',
      });
    }
  }
}
