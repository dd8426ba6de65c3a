import type { Problem } from '../../../layers/problem';
import type { LayeredApp } from '../../tree/layered-app';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** Apps that share their layers have none of their own: they roll out as one. */
export function* sharedLayers({ layers }: FleetSubject): Generator<Problem> {
  for (const layer of layers) {
    if (!(layer.node.scope as LayeredApp).group) continue;
    yield problemAt(layer, 'unknown-key', 'a layer of one of several apps that share their layers', {
      hint: "declare it in the group, as a map by the app's name",
    });
  }
}
