import { type AnyFleet, FleetError } from '../../../constructs';
import { asksFor, nearest } from '../../../layers/text/nearest';
import type { Revision, Revisions } from '../../../store/git/revisions';
import { findPath, tryFindPath } from '../find-path';
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
  const left = end === first || !isNamed(revisions, first) ? end : undefined;
  if (second === undefined) {
    return left === undefined ? { kind: 'states', ...rangeOf(first, revisions(), nodes) } : { kind: 'states', from: revisions().resolve('HEAD'), below: left };
  }
  const known = tryFindPath(nodes, second);
  if (known === undefined && isNamed(revisions, second)) throw commitLast(first, second, left !== undefined);
  const right = known ?? findPath(nodes, second);
  return left === undefined ? { kind: 'states', ...rangeOf(first, revisions(), nodes), below: right } : { kind: 'nodes', left, right };
}

/** A commit stands first, and two are one word. */
function commitLast(first: string, second: string, isNode: boolean): FleetError {
  const hint = isNode ? `write the commit first: \`fleet diff ${second} ${first}\`` : `two commits are one word: \`fleet diff ${first}..${second}\``;
  return new FleetError([{ code: 'unknown-path', message: `there is no node or target '${second}'`, hint }]);
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
