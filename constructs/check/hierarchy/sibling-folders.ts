import type { Problem } from '../../../layers/problem';
import { type DimensionNode, nodesBelow } from '../../tree/dimension-node';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** Nodes below one another are told apart where file names ignore case, as they do on Windows and macOS. */
export function* siblingFolders({ constructs }: FleetSubject): Generator<Problem> {
  for (const parent of constructs) {
    const folders = new Map<string, DimensionNode>();
    for (const node of nodesBelow(parent)) {
      const twin = folders.get(node.name.toLowerCase());
      if (twin) {
        yield problemAt(node, 'duplicate-name', `'${node.name}' and '${twin.name}' would be one folder where file names ignore case`, {
          hint: 'give one of them another name',
        });
      }
      folders.set(node.name.toLowerCase(), node);
    }
  }
}
