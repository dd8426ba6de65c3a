import { cannotEdit, type Editable } from '../text/editable';
import { withLineFeeds } from '../text/lines';
import { dedented } from './fit-lines';
import { bare, isUndefined, membersOf } from './object-literal';
import type { Syntax } from './syntax';
import { TypeScriptTree } from './typescript-tree';

/** A value and its text, as if the line on which it begins were not indented: `[['source', 'targetRevision'], "'v1.19.0'"]`. */
export type CodeLeaf = readonly [path: readonly string[], code: string];

/** Every value below a place that is no object literal and says something, with its text. @throws FleetError where the value cannot be taken apart */
export function leavesAt(source: Editable, place: readonly string[], byHand: string): readonly CodeLeaf[] {
  const unix = withLineFeeds(source);
  const node = new TypeScriptTree(unix).tryFind(place, byHand);
  return node ? [...leavesOf(unix, node, [], byHand)] : [];
}

function* leavesOf(source: Editable, node: Syntax, path: readonly string[], byHand: string): Generator<CodeLeaf> {
  if (node.type !== 'ObjectExpression') {
    if (path.length === 0) throw cannotEdit(source, node.start, 'the change is an expression and cannot be taken apart', byHand);
    yield [path, dedented(source.text, node)];
    return;
  }
  const members = membersOf(node);
  const method = members?.find(({ value }) => !value);
  if (!members || method) {
    throw cannotEdit(source, method?.node.start ?? node.start, 'the change holds something else than plain properties', byHand);
  }
  const said = members.filter(({ value }) => !isUndefined(bare(value as Syntax)));
  if (said.length === 0 && path.length > 0) yield [path, '{}'];
  for (const { key, value } of said) yield* leavesOf(source, bare(value as Syntax), [...path, key], byHand);
}
