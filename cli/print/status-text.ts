import type { FrozenNode } from '../../rollout/freezes';
import { frozenText } from '../read/patches/frozen-text';
import type { PatchStatus } from '../read/patches/patch-status';
import { patchTitle, progressText } from './patch-words';
import { aligned } from './rows';

/** How far a patch is, for people. */
export function statusText({ view: { state }, covered, next, since, notes }: PatchStatus): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['progress', progressText(covered.length, state.targets.length)],
    ['at', state.paths.join(', ') || 'no path'],
    ['next', next],
    ['since', since],
    ...notes.map((note) => ['note', note] as const),
  ];
  return [patchTitle(state), ...aligned(rows.filter((row): row is readonly [string, string] => row[1] !== undefined))].join('\n');
}

/** Nodes into which nothing is promoted now. */
export function frozenLines(nodes: readonly FrozenNode[]): string {
  return ['Frozen:', ...nodes.map((node) => `  ${frozenText([node])}`)].join('\n');
}

/** The same for programs. */
export function statusData({ view: { state }, covered, next, since, notes }: PatchStatus): object {
  const { clusterType, app, patch, description, paths, targets } = state;
  return { clusterType, app, patch, description, paths, covered: covered.length, targets: targets.length, next, since, notes };
}
