import type { Problem } from '../../../layers/problem';
import { staticProblems } from '../../resolve/app-model';
import type { FleetSubject } from '../fleet-rule';

/** What no manifest can hold, wherever the layer applies. */
export function* layerValues({ model }: FleetSubject): Generator<Problem> {
  for (const { apps } of model.clusterTypes) for (const app of apps) yield* staticProblems(app);
}
