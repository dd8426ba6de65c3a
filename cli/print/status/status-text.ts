import type { FleetOutput } from '../../../constructs';
import type { FrozenNode } from '../../../rollout/freezes';
import type { PatchEvidence } from '../../prepare/evidence/evidence-book';
import { gatesWithApprovers } from '../../read/owners/approvers-of';
import { frozenText } from '../../read/patches/frozen-text';
import type { PatchStatus } from '../../read/patches/patch-status';
import { patchTitle, progressText } from '../patch-words';
import { aligned } from '../rows';
import { evidenceData } from '../step-data';
import { evidenceRows } from '../step-rows';
import { sinceText, waitingText } from './status-words';

/** How far a patch is, and what evidence says of where it is, if that was asked for. */
export interface LiveStatus extends PatchStatus {
  readonly evidence?: PatchEvidence;
}

/** For people. @param now what the clock says */
export function statusText(status: LiveStatus, now: Date): string {
  const { covered, since, notes, evidence } = status;
  const { state } = status.view;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['progress', progressText(covered.length, state.targets.length)],
    ['at', state.paths.join(', ') || 'no path'],
    ['next', waitingText(status)],
    ['since', since && sinceText(since, now)],
    ...(evidence === undefined
      ? []
      : evidence.seen.length === 0
        ? [['evidence', 'no node that it has reached asks for any'] as const]
        : evidenceRows(evidence)),
    ...notes.map((note) => ['note', note] as const),
  ];
  return [patchTitle(state), ...aligned(rows.filter((row): row is readonly [string, string] => row[1] !== undefined))].join('\n');
}

/** Nodes into which nothing is promoted now. */
export function frozenLines(nodes: readonly FrozenNode[]): string {
  return ['Frozen:', ...nodes.map((node) => `  ${frozenText([node])}`)].join('\n');
}

/** The same for programs. @param now what the clock says */
export function statusData(status: LiveStatus, output: Pick<FleetOutput, 'nodes'>, now: Date): object {
  const { view, covered, decision, soaking, takenBack, frozen, since, notes, evidence } = status;
  const { clusterType, app, patch, description, paths, targets } = view.state;
  const entering = decision.kind === 'enter' ? { entering: decision.step.targets, gates: gatesWithApprovers(output, decision.gates) } : {};
  return {
    ...{ clusterType, app, patch, description, paths, covered: covered.length, targets: targets.length },
    next: waitingText(status),
    ...entering,
    ...(soaking === undefined ? {} : { soaking }),
    ...(takenBack === undefined ? {} : { takenBack }),
    frozen,
    since: since && sinceText(since, now),
    ...(since?.time === undefined ? {} : { enteredAt: new Date(since.time).toISOString() }),
    notes,
    ...(evidence === undefined ? {} : evidenceData(evidence)),
  };
}
