import { compareNodes } from '../../../changes/nodes/compare-nodes';
import type { NodeDifferences } from '../../../changes/nodes/node-differences';
import type { State } from '../../../changes/state';
import { nodesMarkdown } from '../../print/nodes/nodes-markdown';
import { nodesText } from '../../print/nodes/nodes-text';
import { print, printJson, printNotes } from '../../print/print';
import { askedNames } from '../../read/contents/asked-names';

export interface DiffNodesFlags {
  readonly app?: string;
  readonly format: 'terminal' | 'markdown' | 'json';
  readonly exitCode?: boolean;
}

/**
 * Prints what differs between two nodes, or targets.
 *
 * @param state of the moment that is asked about
 * @returns the exit status
 * @throws FleetError with a suggestion where there is no such node, or no such app
 */
export function diffNodes(state: State, [left, right]: readonly [string, string], { app, format, exitCode }: DiffNodesFlags): number {
  const names = askedNames(state, { app, nodes: [left, right] });
  const [one, other] = names.nodes as readonly [string, string];
  const differences = compareNodes(state, one, other, names.isApp);
  printNotes(state.notes);
  if (format === 'json') printJson({ ok: true, ...differences });
  else print(format === 'markdown' ? nodesMarkdown(differences) : nodesText(differences));
  return exitCode && isAny(differences) ? 1 : 0;
}

function isAny({ apps, fields, own }: NodeDifferences): boolean {
  return apps.length > 0 || fields.length > 0 || own.length > 0;
}
