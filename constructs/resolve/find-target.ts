import { FleetError } from '../../layers/problem';
import { suggestion } from '../../layers/text/nearest';
import type { Target } from '../tree/config/target';
import type { Model } from './model';

/** The model's one target by its path. @throws FleetError with a suggestion */
export function findTarget(model: Model, clusterType: string, path: string): Target {
  const names = model.clusterTypes.map(({ name }) => name);
  const found = model.clusterTypes.find(({ name }) => name === clusterType);
  if (!found) {
    throw new FleetError([
      { code: 'unknown-cluster-type', message: `'${clusterType}' is no cluster type`, place: [], hint: suggestion(clusterType, names, 'cluster types') },
    ]);
  }
  const target = found.targets.find((candidate) => candidate.path === path);
  if (target) return target;
  const known = found.targets.map((candidate) => candidate.path);
  throw new FleetError([{ code: 'unknown-path', message: `'${path}' is no target of ${clusterType}`, place: [], hint: suggestion(path, known, 'targets') }]);
}
