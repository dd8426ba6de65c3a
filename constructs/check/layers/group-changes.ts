import { describe, isMap } from '../../../layers/plain-data';
import type { Problem } from '../../../layers/problem';
import { Suggestions } from '../../../layers/text/nearest';
import { FleetAppGroup } from '../../tree/fleet-app-group';
import { problemAt } from '../../tree/origin';
import { Patch } from '../../tree/patch';
import type { FleetSubject } from '../fleet-rule';

/** A layer of a group is a map of its apps' layers. */
export function* groupChanges({ layers }: FleetSubject): Generator<Problem> {
  for (const layer of layers) {
    const group = layer.node.scope;
    const change: unknown = layer.change;
    if (!(group instanceof FleetAppGroup) || typeof change === 'function') continue;
    const at = layer instanceof Patch ? ['change'] : [];
    if (!isMap(change)) {
      yield problemAt(layer, 'wrong-type', "a layer of several apps is a map by the app's name", { at, found: describe(change) });
      continue;
    }
    const names = new Set(group.apps.map(({ name }) => name));
    const suggestions = new Suggestions();
    for (const name of Object.keys(change)) {
      if (names.has(name)) continue;
      yield problemAt(layer, 'unknown-app', `'${name}' is no app of this file`, {
        at: [...at, name],
        expected: `a map by the app's name`,
        hint: suggestions.for(name, names, 'apps'),
      });
    }
  }
}
