import type { Problem } from '../../../layers/problem';
import { appsOf } from '../../resolve/model';
import type { LayeredApp } from '../../tree/layered-app';
import { originOf, problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** An app is named once in its cluster type, those of groups included. */
export function* duplicateApps({ fleet }: FleetSubject): Generator<Problem> {
  for (const clusterType of fleet.clusterTypes) {
    const byName = new Map<string, LayeredApp>();
    for (const app of appsOf(clusterType)) {
      const twin = byName.get(app.name);
      if (twin) {
        const { file } = originOf(twin);
        yield problemAt(app, 'duplicate-name', `the cluster type '${clusterType.name}' has two apps called '${app.name}'`, {
          app: app.name,
          found: file === undefined ? twin.node.path : `another one in ${file}`,
          hint: 'rename or remove one of them',
        });
      }
      byName.set(app.name, app);
    }
  }
}
