import { removeEntry } from '../typescript/remove-entry';
import { setValue } from '../typescript/set-value';
import { sourceText } from '../typescript/source-text';
import { sourceOf } from '../typescript/source-tree';
import { TypeScriptTree } from '../typescript/typescript-tree';
import { removeItemKey, setItemKey } from '../yaml/node-keys';
import type { Edits } from './edits';

/** Where a node of the hierarchy is written down. */
export interface NodeOrigin {
  readonly file: string;
  /** Keys and numbers of items. */
  readonly place: readonly string[];
  readonly name: string;
  readonly path: string;
}

/** Why nothing is promoted into a node, as configuration says it. */
export interface WrittenFreeze {
  readonly reason: string;
  /** @default - somebody takes it out */
  readonly until?: string;
}

/** What a node says in front of its freeze; the nodes below it come behind. */
const gate = ['name', 'promotion', 'soak', 'approvers'];

/** Freezes a node. A freeze that is there is replaced. @throws FleetError where the node is not written out */
export function setFreeze(edits: Edits, { file, place, name, path }: NodeOrigin, { reason, until }: WrittenFreeze): void {
  const data = until === undefined ? reason : { reason, until };
  const source = edits.read(file);
  const byHand = `write \`freeze: ${sourceText(sourceOf(data))}\` into '${path}'`;
  if (file.endsWith('.yaml')) {
    edits.write(file, setItemKey(source, place, ['freeze', data], gate, byHand));
    return;
  }
  const isName = new TypeScriptTree(source).tryFind(place, byHand)?.type === 'StringLiteral';
  const text = isName
    ? setValue(source, place, sourceText(sourceOf({ name, freeze: data })), byHand)
    : setValue(source, [...place, 'freeze'], sourceText(sourceOf(data)), byHand, gate);
  edits.write(file, text);
}

/** Takes the freeze of a node out. @throws FleetError where it is not written out */
export function removeFreeze(edits: Edits, { file, place, name, path }: NodeOrigin): void {
  const source = edits.read(file);
  const byHand = `take \`freeze\` out of '${path}'`;
  if (file.endsWith('.yaml')) {
    edits.write(file, removeItemKey(source, place, 'freeze', byHand));
    return;
  }
  const text = removeEntry(source, [...place, 'freeze'], byHand);
  const tree = new TypeScriptTree({ file, text });
  const node = tree.tryFind(place, byHand);
  // A node that says nothing but its name is its name.
  const isName =
    node?.type === 'ObjectExpression' && (node.properties as readonly unknown[]).length === 1 && tree.commentsIn(node.start, node.end).length === 0;
  edits.write(file, isName ? setValue({ file, text }, place, sourceText(sourceOf(name)), byHand) : text);
}
