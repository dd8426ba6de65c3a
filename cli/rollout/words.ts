import type { PatchView } from '../../constructs';
import { Coverage } from '../../layers/coverage';
import type { PatchState } from '../../layers/patch-state';
import { plural } from '../../layers/problem-text';
import type { Entering, Refused } from '../../rollout/decide';
import type { PlannedStep } from '../../rollout/plan';

/** At most so many targets or fields are named one by one. */
const shownNames = 5;

/** `patch-001 of cert-manager in management-cluster: Security update` */
export function patchTitle({ patch, app, clusterType, description }: PatchState): string {
  return `${patch} of ${app} in ${clusterType}${description === undefined ? '' : `: ${description}`}`;
}

/** `#####-----  5 of 9 targets` */
export function progressText(covered: number, all: number, width = 20): string {
  const filled = all === 0 ? 0 : Math.floor((covered / all) * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${covered} of ${plural(all, 'target')}`;
}

/** A step in lines of a label and a text. */
export function stepLines(view: PatchView, step: PlannedStep, before: readonly string[]): readonly (readonly [label: string, text: string])[] {
  if (step.kind === 'refused') return [['stops', refusalText(view.state, step)]];
  if (step.kind === 'integrate') return [['integrates', 'into the base; the patch is removed']];
  return enterLines(view, step, before);
}

function enterLines(view: PatchView, { step, coalesced, apart, gates, paths }: Entering, before: readonly string[]): readonly (readonly [string, string])[] {
  const covered = (list: readonly string[]) => new Coverage(list, view.state.targets).covered.length;
  const idle = step.targets.flatMap((target) => view.withoutEffect(target, paths).map((field) => ({ target, ...field })));
  return [
    ['enters', `${step.path} (${plural(step.targets.length, 'target')})`],
    ...gates.map((path) => ['gate', `${path} is manual`] as const),
    ...coalesced.map(({ path, from }) => ['coalesces', `${from.join(', ')} → ${path}`] as const),
    ...apart.map(({ path, target }) => ['keeps apart', `${path}: an override or a patch below it would win at ${target}`] as const),
    ...named(idle.map(({ target, field, by, kind }) => `${field} at ${target}: ${kind === 'masked' ? `${by} wins` : `${by} says the same`}`)).map(
      (text) => ['no effect', text] as const,
    ),
    ['covers', `${covered(before)} → ${covered(paths)} of ${plural(view.state.targets.length, 'target')}`],
  ];
}

/** Why a patch cannot go on. */
export function refusalText({ patch }: PatchState, { reason, targets, other, field }: Refused): string {
  const where = named(targets).join(', ');
  if (reason === 'gap') return `it left out ${where}`;
  if (reason === 'nowhere') return 'it sits nowhere';
  if (reason === 'older') return `the older ${other} sets ${field} too, at ${where}`;
  if (reason === 'inversion') return `the older of ${patch} and ${other} would win over the newer in ${field}, at ${where}`;
  return 'the level is no dimension';
}

/** The first few of a list, and how many more there are. */
export function named(all: readonly string[]): readonly string[] {
  return all.length > shownNames ? [...all.slice(0, shownNames), `and ${all.length - shownNames} more`] : all;
}

/** Lines of a label and a text, aligned. */
export function aligned(rows: readonly (readonly [label: string, text: string])[], indent = '  '): readonly string[] {
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  return rows.map(([label, text]) => `${indent}${label.padEnd(width)}  ${text}`);
}
