import { join } from 'node:path';
import { insertItem } from '../typescript/insert-item';
import { sourceOf } from '../typescript/source-tree';
import { insertYamlItem } from '../yaml/insert-yaml-item';
import type { Edits } from './edits';

/** A node of the hierarchy as configuration writes it: a name, or a map with its gate and the nodes below. */
export interface NewNode {
  readonly name: string;
  readonly promotion?: string;
  readonly soak?: string;
  /** The plural of the dimension below, and its nodes. @default - it is innermost */
  readonly below?: { readonly plural: string; readonly nodes: readonly NewNode[] };
}

/** Where a new node goes. */
export interface NodePlace {
  /** The list that it goes into: plurals and names on the way, from the outermost in, ending with its own dimension's plural. */
  readonly plurals: readonly string[];
  readonly names: readonly string[];
  /** The name of the sibling that it follows. @default - it becomes the first */
  readonly behind?: string;
}

/** Writes a new node into the hierarchy. @returns the file @throws FleetError where the hierarchy is not written out */
export function addNode(edits: Edits, config: string, node: NewNode, { plurals, names, behind }: NodePlace): string {
  const steps = plurals.flatMap((plural, depth) => [...(depth > 0 ? [{ name: names[depth - 1] as string }] : []), plural]);
  const data = plain(node);
  const where = `${behind === undefined ? 'as the first' : `behind '${behind}'`} of \`${plurals[plurals.length - 1]}\`${names.length > 0 ? ` of '${names.join('/')}'` : ''}`;
  const byHand = `write \`${JSON.stringify(data)}\` ${where}`;
  const typeScript = join(config, 'fleet.ts');
  if (edits.has(typeScript)) {
    edits.write(typeScript, insertItem(edits.read(typeScript), steps, sourceOf(data), behind, byHand));
    return typeScript;
  }
  const yaml = join(config, 'config.yaml');
  edits.write(yaml, insertYamlItem(edits.read(yaml), ['sequence', ...steps], data, behind, byHand));
  return yaml;
}

function plain({ name, promotion, soak, below }: NewNode): unknown {
  if (promotion === undefined && soak === undefined && below === undefined) return name;
  return {
    name,
    ...(promotion === undefined ? {} : { promotion }),
    ...(soak === undefined ? {} : { soak }),
    ...(below === undefined ? {} : { [below.plural]: below.nodes.map(plain) }),
  };
}
