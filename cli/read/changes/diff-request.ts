import { type AnyFleet, FleetError } from '../../../constructs';
import { asksFor, nearest } from '../../../layers/text/nearest';
import type { Revision, Revisions } from '../../../store/git/revisions';
import { tryFindPath } from '../find-path';
import { nodePaths } from '../node-paths';

/** What somebody asked to compare. */
export type DiffRequest =
  /** The fleet at two moments. */
  | {
      readonly kind: 'states';
      readonly from: Revision;
      /** @default - the configuration as it is now */
      readonly to?: Revision;
      /** The node that is looked at. @default - the whole fleet */
      readonly below?: string;
    }
  /** Two nodes at one moment. */
  | { readonly kind: 'nodes'; readonly left: string; readonly right: string };

/**
 * What the words on the command line ask for. A node may be named by the end of its path, where no commit is called so.
 *
 * @throws FleetError where a word is neither a node nor a commit
 */
export function diffRequest(fleet: AnyFleet, revisions: () => Revisions, [first, second]: readonly (string | undefined)[]): DiffRequest {
  const nodes = nodePaths(fleet);
  if (first === undefined) return { kind: 'states', from: revisions().resolve('HEAD') };
  const end = tryFindPath(nodes, first);
  const left = nodes.includes(first) || (end !== undefined && !isNamed(revisions, first)) ? (end ?? first) : undefined;
  const right = second === undefined ? undefined : tryFindPath(nodes, second);
  if (left !== undefined) {
    if (right !== undefined) return { kind: 'nodes', left, right };
    if (second === undefined) return { kind: 'states', from: revisions().resolve('HEAD'), below: left };
    throw noNode(second, nodes, isCommit(revisions(), second) ? `write the commit first: \`fleet diff ${second} ${first}\`` : undefined);
  }
  if (second !== undefined && right === undefined) {
    const isTwoCommits = isCommit(revisions(), first) && isCommit(revisions(), second);
    throw noNode(second, nodes, isTwoCommits ? `two commits are one word: \`fleet diff ${first}..${second}\`` : undefined);
  }
  const range = rangeOf(first, revisions(), nodes);
  return { kind: 'states', ...range, ...(right === undefined ? {} : { below: right }) };
}

/** Whether a word names a commit; where nothing was committed, or no repository is, none does. */
function isNamed(revisions: () => Revisions, word: string): boolean {
  try {
    return isCommit(revisions(), word);
  } catch (error) {
    if (error instanceof FleetError) return false;
    throw error;
  }
}

function rangeOf(word: string, revisions: Revisions, nodes: readonly string[]) {
  try {
    return revisions.range(word, { dates: true });
  } catch (error) {
    const near = nearest(word, nodes);
    if (!(error instanceof FleetError) || near === undefined) throw error;
    throw new FleetError(error.problems.map((problem) => ({ ...problem, hint: nodeHint(near, problem.hint) })));
  }
}

function nodeHint(near: string, hint: string | undefined): string {
  // A branch may have its name.
  if (hint === asksFor(near)) return hint;
  return `did you mean the node '${near}'?${hint === undefined ? '' : ` Else ${hint}`}`;
}

function isCommit(revisions: Revisions, word: string): boolean {
  return revisions.tryResolve(word, { dates: true }) !== undefined;
}

function noNode(word: string, nodes: readonly string[], hint?: string): FleetError {
  const near = nearest(word, nodes);
  const meant = hint ?? (near === undefined ? `there are ${nodes.slice(0, 6).join(', ')}${nodes.length > 6 ? ', …' : ''}` : asksFor(near));
  return new FleetError([{ code: 'unknown-path', message: `there is no node '${word}'`, hint: meant }]);
}
