import type { FleetOutput } from '../../../constructs';
import type { BoardRollout } from '../../board/board';
import type { RecordedPatch } from '../../read/board/patches-then';
import { gatesWithApprovers } from '../../read/owners/approvers-of';
import { frozenText } from '../../read/patches/frozen-text';
import type { PatchStatus } from '../../read/patches/patch-status';
import { nextText, sinceDay, soakingText } from '../status/status-words';

/** A patch in flight. Times stand in it as days, and not as how long ago they were: the board of an hour later is the same. */
export function boardRollout(status: PatchStatus, output: Pick<FleetOutput, 'nodes'>, nodesAt: (paths: readonly string[]) => readonly number[]): BoardRollout {
  const { view, covered, decision, since, notes } = status;
  const { app, clusterType, patch, description, paths, targets } = view.state;
  const soak = soakingText(status);
  return {
    app,
    clusterType,
    patch,
    ...(description === undefined ? {} : { description }),
    paths,
    targets: nodesAt(targets),
    covered: nodesAt(covered),
    next: nextText(status),
    entering: decision.kind === 'enter' ? nodesAt(decision.step.targets) : [],
    gates: decision.kind === 'enter' ? gatesWithApprovers(output, decision.gates) : [],
    ...(soak === undefined ? {} : { soak }),
    frozen: status.frozen.map((node) => frozenText([node])),
    notes,
    ...(since === undefined ? {} : { since: sinceDay(since) }),
  };
}

/** One that was in flight at a commit. */
export function recordedRollout({ targets, covered, ...patch }: RecordedPatch, nodesAt: (paths: readonly string[]) => readonly number[]): BoardRollout {
  const unknown = { next: 'not known: no commit records it', entering: [], gates: [], frozen: [], notes: [] };
  return { ...patch, targets: nodesAt(targets), covered: nodesAt(covered), ...unknown };
}
