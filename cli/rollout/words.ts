import type { PatchView } from '../../constructs';
import { Coverage } from '../../layers/coverage';
import { isAtOrBelow } from '../../layers/hierarchy';
import type { PatchState } from '../../layers/patch-state';
import { plural } from '../../layers/problem-text';
import type { KeptApart } from '../../rollout/coalesce';
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
    ...coalesced.map(({ path, from }) => ['coalesces', `${named(from).join(', ')} → ${path}`] as const),
    ...apart.map((one) => ['keeps apart', apartText(view, one, paths)] as const),
    ...named(idle.map(({ target, field, by, kind }) => `${field} at ${target}: ${kind === 'masked' ? `${by} wins` : `${by} says the same`}`)).map(
      (text) => ['no effect', text] as const,
    ),
    ['covers', `${covered(before)} → ${covered(paths)} of ${plural(view.state.targets.length, 'target')}`],
  ];
}

function apartText(view: PatchView, { path, target }: KeptApart, paths: readonly string[]): string {
  const why = view.difference(target, paths, [...paths.filter((one) => !isAtOrBelow(one, path)), path]);
  // Where both patches say the same, nothing is rendered otherwise.
  return why ? `${path}: ${why.by} would win in ${why.field} at ${target}` : `${path}: an older patch would win at ${target}`;
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

export type Row = readonly [label: string, text: string];

/** Lines of a label and a text, aligned; on a terminal a long text goes on below itself. @param width of the labels */
export function aligned(rows: readonly Row[], indent = '  ', width = labelWidth(rows)): readonly string[] {
  const columns = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
  const start = indent.length + width + 2;
  return rows.flatMap(([label, text]) => {
    const [first = '', ...others] = wrapped(text, columns - start);
    return [`${indent}${label.padEnd(width)}  ${first}`, ...others.map((line) => ' '.repeat(start) + line)];
  });
}

export function labelWidth(rows: readonly Row[]): number {
  return Math.max(0, ...rows.map(([label]) => label.length));
}

/** Breaks a text between words. A word that is too long stays whole: it is a path, to be copied. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
