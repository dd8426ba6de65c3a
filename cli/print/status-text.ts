import type { FrozenNode } from '../../rollout/freezes';
import type { PatchEvidence } from '../prepare/evidence/evidence-book';
import { frozenText } from '../read/patches/frozen-text';
import type { PatchStatus } from '../read/patches/patch-status';
import { patchTitle, progressText } from './patch-words';
import { aligned } from './rows';
import { evidenceData } from './step-data';
import { evidenceRows } from './step-rows';

/** How far a patch is, and what evidence says of where it is, if that was asked for. */
export interface LiveStatus extends PatchStatus {
  readonly evidence?: PatchEvidence;
}

/** For people. */
export function statusText({ view: { state }, covered, next, since, notes, evidence }: LiveStatus): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['progress', progressText(covered.length, state.targets.length)],
    ['at', state.paths.join(', ') || 'no path'],
    ['next', next],
    ['since', since],
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

/** The same for programs. */
export function statusData({ view: { state }, covered, next, since, notes, evidence }: LiveStatus): object {
  const { clusterType, app, patch, description, paths, targets } = state;
  return {
    clusterType,
    app,
    patch,
    description,
    paths,
    covered: covered.length,
    targets: targets.length,
    next,
    since,
    notes,
    ...(evidence === undefined ? {} : evidenceData(evidence)),
  };
}
