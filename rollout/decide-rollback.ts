import { Coverage } from '../layers/coverage';
import { isAtOrBelow } from '../layers/hierarchy';
import type { PatchState } from '../layers/patch-state';
import { inSequence } from './coalesce';
import { broadestWithout } from './hotfix-step';
import { enteredTogether, levelDepth } from './next-step';

/** What a rollback does: the patch leaves targets. */
export interface Rollback {
  /** Where it sits afterwards. */
  readonly paths: readonly string[];
  /** The targets that it leaves, in sequence. */
  readonly targets: readonly string[];
  /** Coarser paths that had to be taken apart. */
  readonly split: readonly string[];
}

export interface RollbackOptions {
  /** Leave everything after this path, a node of the app. @default - the last step alone */
  readonly to?: string;
  /** Leave what is at or below this path, a node of the app, wherever the patch went from there. @default - the last step alone */
  readonly at?: string;
  /** The targets that it entered last, as far as a history has them. @default - computed from where it sits */
  readonly last?: readonly string[];
  /** Leave every target. @default false */
  readonly everywhere?: boolean;
  /** The dimension, in the singular, of the nodes that count as a step. @default - the last but one */
  readonly level?: string;
}

/** Decides where a patch sits once it left its last step, one node, everything after a path, or everything. */
export function decideRollback(state: PatchState, options: RollbackOptions = {}): Rollback {
  const targets = targetsToLeave(state, options);
  return { ...pathsWithout(state, new Set(targets)), targets };
}

function targetsToLeave(state: PatchState, { to, at, everywhere = false, last, level }: RollbackOptions): readonly string[] {
  const coverage = new Coverage(state.paths, state.targets);
  if (everywhere) return coverage.covered;
  if (at !== undefined) return coverage.covered.filter((target) => isAtOrBelow(target, at));
  if (to === undefined) return lastStep(state, coverage, levelDepth(state, level), last);
  const end = state.targets.findLastIndex((target) => isAtOrBelow(target, to));
  return end < 0 ? [] : state.targets.slice(end + 1).filter((target) => coverage.covers(target));
}

/** @param entered the targets that it entered last, as far as a history has them */
function lastStep(state: PatchState, coverage: Coverage, depth: number, entered: readonly string[] | undefined): readonly string[] {
  const { covered } = coverage;
  const last = covered[covered.length - 1];
  if (last === undefined || depth < 0) return [];
  const place = coverage.placeAt(last) as string;
  // What was entered more finely than the level is left as finely.
  const node = last.split('/', depth + 1).join('/');
  const path = isAtOrBelow(place, node) ? place : node;
  const together = enteredTogether(state, last, depth);
  const step = covered.filter((target) => (together ? together.includes(target) : isAtOrBelow(target, path)));
  if (!entered) return step;
  // One commit may hold several steps, and a step of regions may have become its sector since.
  const both = step.filter((target) => entered.includes(target));
  return both.length > 0 ? both : entered;
}

/** The paths that cover everything but some targets. */
function pathsWithout(state: PatchState, left: ReadonlySet<string>): Pick<Rollback, 'paths' | 'split'> {
  const split: string[] = [];
  const paths = state.paths.flatMap((path) => {
    const node = state.nodes.find((one) => one.path === path);
    // A path without a target of the app is nobody's: it stays.
    if (!node?.targets.some((target) => left.has(target))) return [path];
    if (node.targets.every((target) => left.has(target))) return [];
    split.push(path);
    return broadestWithout(state, node, left);
  });
  // What sat at a path and below it, as a patch of an adopted fleet may, would be named twice.
  return { paths: inSequence([...new Set(paths)], state), split };
}
