import { layerLabel, type Plain } from '../../../layers/layer';
import { Branch, isUnset, type Node, plainOf, tryFindNode } from '../../../layers/node';
import { describe } from '../../../layers/plain-data';
import type { Problem } from '../../../layers/problem';
import { hasToken } from '../../../layers/text/token';
import type { FleetSubject } from '../fleet-rule';
import { type Broader, childAt, comparedLayers, valuePaths } from './compared-layers';
import { slipProblem } from './slip-problem';

/** Values whose type changes from one layer to the next, as a chart seldom bears: `'2'` over `2`, a map over a list. */
export function* valueTypes({ model }: FleetSubject): Generator<Problem> {
  for (const { apps, targets } of model.clusterTypes) {
    for (const app of apps) {
      for (const { layer, values, broader } of comparedLayers(app, targets)) {
        for (const path of valuePaths(values)) {
          for (const { at, before, now, by } of changedTypes(childAt(values, path), belowAt(broader, path), path)) {
            yield slipProblem(app.construct, layer, at, 'value-type', {
              message: `'${at.join('.')}' has another type than in a broader layer`,
              expected: `${describe(before)}, as in ${layerLabel(by.layer.source)}, or another of its type`,
              found: describe(now),
              hint: 'write both alike',
            });
          }
        }
      }
    }
  }
}

/** What broader layers have at a key, the nearest first. */
interface Below {
  readonly by: Broader;
  readonly node: Node;
}

interface Change {
  readonly at: readonly string[];
  readonly before: Plain;
  readonly now: Plain;
  readonly by: Broader;
}

function belowAt(broader: readonly Broader[], path: readonly string[]): readonly Below[] {
  return broader.flatMap((by) => {
    const node = tryFindNode(by.values, path);
    return node ? [{ by, node }] : [];
  });
}

/** Those of them that have a key; one by one, for there may be hundreds, and the nearest is most often all that is asked for. */
function* withKey(below: readonly Below[], key: string): Generator<Below> {
  for (const { by, node } of below) {
    const child = node instanceof Branch ? node.children[key] : undefined;
    if (child !== undefined) yield { by, node: child };
  }
}

function* changedTypes(own: Branch, broader: readonly Below[], path: readonly string[]): Generator<Change> {
  for (const [key, child] of Object.entries(own.children)) {
    // Where one takes it away, those below it say nothing any more.
    const [nearest] = withKey(broader, key);
    if (!nearest || isUnset(nearest.node) || isUnset(child)) continue;
    const at = [...path, key];
    if (child instanceof Branch && nearest.node instanceof Branch) {
      yield* changedTypes(child, [...withKey(broader, key)], at);
      continue;
    }
    const [before, now] = [plainOf(nearest.node) as Plain, plainOf(child) as Plain];
    if (areQuantities(path, before, now) || !isAnotherType(before, now)) continue;
    // Where the nearest is the odd one, it is told of itself.
    if (saidBelow([...withKey(broader, key)]).some(({ node }) => typeOf(plainOf(node) as Plain) === typeOf(now))) continue;
    yield { at, before, now, by: nearest.by };
  }
}

/** What one that takes it away hides is not said any more. */
function saidBelow(below: readonly Below[]): readonly Below[] {
  const hidden = below.findIndex(({ node }) => isUnset(node));
  return hidden < 0 ? below : below.slice(0, hidden);
}

/** What Kubernetes reads alike as a number and as its text: `cpu: 1` and `cpu: '2'` of resources. */
function areQuantities(path: readonly string[], before: Plain, now: Plain): boolean {
  const isQuantity = (value: Plain) => typeof value === 'string' || typeof value === 'number';
  return quantityMaps.has(path.at(-1) ?? '') && isQuantity(before) && isQuantity(now);
}

const quantityMaps: ReadonlySet<string> = new Set(['limits', 'requests']);

function isAnotherType(before: Plain, now: Plain): boolean {
  const [one, other] = [typeOf(before), typeOf(now)];
  if (one === other || one === 'nothing' || other === 'nothing') return false;
  const isContainer = (type: string) => type === 'map' || type === 'list';
  // `false` turns off what a map would set.
  if (isContainer(one) || isContainer(other)) return before !== false && now !== false;
  // A number may be a quantity elsewhere (`1` and `500m`), and a port a name: what reads as the other type was to be of it.
  return one === 'string' ? readsAs(before as string, other) : other === 'string' ? readsAs(now as string, one) : true;
}

/** `nothing` for what is empty, or not known yet. */
function typeOf(value: Plain): 'nothing' | 'map' | 'list' | 'string' | 'number' | 'boolean' {
  if (value === null || value === '') return 'nothing';
  if (typeof value === 'string') return hasToken(value) || value.includes('{{') ? 'nothing' : 'string';
  if (typeof value !== 'object') return typeof value as 'number' | 'boolean';
  return Object.keys(value).length === 0 ? 'nothing' : Array.isArray(value) ? 'list' : 'map';
}

function readsAs(text: string, type: string): boolean {
  if (type === 'number') return /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text);
  return type === 'boolean' && /^(true|false|yes|no|on|off)$/i.test(text);
}
