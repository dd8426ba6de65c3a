import { baseLayer, fieldKeys } from '../../layers/record';
import type { State } from '../state';
import type { StateLayers } from '../state-layers';

/** The layer with the last word about a field of an app at a target; `undefined` where nobody recorded it. */
export type LastWord = (clusterType: string, app: string, field: string, target: string) => string | undefined;

/** Who has the last word in a state, of components too. */
export function lastWordOf({ fleet }: Pick<State, 'fleet'>, layers: StateLayers): LastWord {
  if (fleet.topology === 'dimensions') return (clusterType, app, field, target) => layers.layerOf(clusterType, app, field, target);
  return (clusterType, app, field, target) => {
    const own = layers.layerOf(clusterType, app, field, target);
    const [first = ''] = fieldKeys(field) ?? [];
    // A component says for itself whether it is deployed, and what its chart is given; the rest comes with the release of its group.
    return own !== baseLayer || ofComponents.has(first) ? own : (layers.layerOf(clusterType, 'releases', 'release', target) ?? own);
  };
}

const ofComponents: ReadonlySet<string> = new Set(['values', 'enabled']);
