import { isAlias, isMap } from 'yaml';
import type { Editable } from '../text/editable';
import { withLineFeeds } from '../text/lines';
import { SourceEdit } from '../text/source-edit';
import { hasMerge, isEmpty, keyOf, startOf, tryFindPair, tryFindReference, type YamlPair, YamlTree } from './yaml-tree';
import { textOf, type YamlText } from './yaml-value';

/** A value and the keys down to it. */
type YamlLeaf = readonly [path: readonly string[], value: YamlText];

/** Every scalar, list and empty map below a place, as it is written. @throws FleetError where it cannot stand anywhere else */
export function yamlLeavesAt(source: Editable, place: readonly string[], byHand: string): readonly YamlLeaf[] {
  return new MovableYaml(withLineFeeds(source), byHand).leavesAt(place);
}

class MovableYaml extends SourceEdit<YamlTree> {
  constructor(source: Editable, byHand: string) {
    super(source, new YamlTree(source), byHand);
  }

  leavesAt(place: readonly string[]): readonly YamlLeaf[] {
    let node = this.tree.root;
    let found: YamlPair | undefined;
    for (const key of place) {
      if (isAlias(node)) throw this.refusal(startOf(node), 'an alias cannot be moved');
      found = isMap(node) ? tryFindPair(node, key) : undefined;
      if (!found && isMap(node) && hasMerge(node)) throw this.refusal(startOf(node), 'a merge key cannot be moved');
      if (!found) return [];
      node = found.value;
    }
    return found && !isEmpty(found.value) ? [...this.#leavesOf(found, [])] : [];
  }

  *#leavesOf(pair: YamlPair, path: readonly string[]): Generator<YamlLeaf> {
    const { value } = pair;
    if (isMap(value) && value.items.length > 0) {
      if (hasMerge(value)) throw this.refusal(startOf(value), 'a merge key cannot be moved');
      for (const inner of value.items as YamlPair[]) yield* this.#leavesOf(inner, [...path, keyOf(inner) ?? '']);
      return;
    }
    const reference = value ? tryFindReference(value) : undefined;
    if (reference) throw this.refusal(startOf(reference), `${isAlias(reference) ? 'an alias' : 'an anchor'} cannot be moved`);
    if (path.length === 0) throw this.refusal(startOf(value), 'the change is no map');
    yield [path, textOf(this.tree, pair)];
  }
}
