import { everywhere } from '../../../layers/hierarchy';
import type { Problem } from '../../../layers/problem';
import { Patch } from '../../tree/patch';
import type { FleetSubject } from '../fleet-rule';
import { PathCheck } from '../path-check';

/** Layers sit at paths of the hierarchy; those of one patch are no two names for one place. */
export function* layerPaths({ model, layers }: FleetSubject): Generator<Problem> {
  const check = new PathCheck(model);
  for (const layer of layers) {
    if (layer instanceof Patch) yield* check.listProblems(layer.rolledOutTo, ['rolledOutTo'], layer);
    else if (!(model.facts.hasLayerOfAll && (layer.path as string) === everywhere)) yield* check.pathProblems(layer.path, [], layer);
  }
}
