import type { CompiledLayer } from '../../../layers/compile/compiled-layer';
import { layerLabel } from '../../../layers/layer';
import { Branch, isUnset, Leaf, type Node } from '../../../layers/node';
import type { Problem } from '../../../layers/problem';
import { isNearKey } from '../../../layers/text/near-key';
import type { FleetSubject } from '../fleet-rule';
import { childAt, comparedLayers, mapsAt, valuePaths } from './compared-layers';
import { slipProblem } from './slip-problem';

interface Below {
  readonly layer: CompiledLayer;
  readonly map: Branch;
}

/** Keys of values that differ by a letter from one that a broader layer sets, which they were to change and do not. */
export function* valueKeys({ model }: FleetSubject): Generator<Problem> {
  for (const { apps, targets } of model.clusterTypes) {
    for (const app of apps) {
      for (const { layer, values, broader } of comparedLayers(app, targets)) {
        for (const path of valuePaths(values)) {
          for (const { at, meant, by } of nearKeys(childAt(values, path), mapsAt(broader, path), path)) {
            yield slipProblem(app.construct, layer, at, 'value-key', {
              message: `'${at.join('.')}' changes nothing that is there: a broader layer sets '${meant}'`,
              expected: `'${meant}', as in ${layerLabel(by.source)}`,
              hint: `did you mean '${meant}'?`,
            });
          }
        }
      }
    }
  }
}

interface NearKey {
  readonly at: readonly string[];
  readonly meant: string;
  readonly by: CompiledLayer;
}

function* nearKeys(own: Branch, broader: readonly Below[], path: readonly string[]): Generator<NearKey> {
  if (broader.length === 0) return;
  for (const [key, child] of Object.entries(own.children)) {
    const at = [...path, key];
    if (broader.some(({ map }) => isSaid(map.children[key]))) {
      if (!(child instanceof Branch)) continue;
      const maps = broader.flatMap(({ layer, map }) => (map.children[key] instanceof Branch ? [{ layer, map: map.children[key] as Branch }] : []));
      yield* nearKeys(child, maps, at);
      continue;
    }
    for (const { layer, map } of broader) {
      // Whoever says both means both.
      const meant = Object.keys(map.children).find((other) => !Object.hasOwn(own.children, other) && isSaid(map.children[other]) && isNearKey(key, other));
      if (meant === undefined || !areAlike(child, map.children[meant])) continue;
      yield { at, meant, by: layer };
      break;
    }
  }
}

function isSaid(node: Node | undefined): boolean {
  return node !== undefined && !isUnset(node);
}

/** What is meant for one key has its form: `host` beside `hosts` is a text beside a list. */
function areAlike(one: Node, other: Node | undefined): boolean {
  if (isUnset(one)) return true;
  return formOf(one) === formOf(other);
}

function formOf(node: Node | undefined): string {
  if (node instanceof Branch) return 'map';
  return node instanceof Leaf && Array.isArray(node.value) ? 'list' : 'scalar';
}
