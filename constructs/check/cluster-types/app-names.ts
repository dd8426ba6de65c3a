import type { Problem } from '../../../layers/problem';
import { appsOf } from '../../resolve/model';
import { problemAt } from '../../tree/origin';
import { objectName } from '../allowed-names';
import type { FleetSubject } from '../fleet-rule';

/** Apps become files, objects and Helm releases. */
export function* appNames({ fleet }: FleetSubject): Generator<Problem> {
  for (const app of fleet.clusterTypes.flatMap(appsOf)) {
    if (objectName.pattern.test(app.name)) continue;
    yield problemAt(app, 'invalid-name', `'${app.name}' cannot name an app`, { app: app.name, expected: objectName.rule });
  }
}
