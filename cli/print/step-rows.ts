import type { PatchView } from '../../constructs';
import { Coverage } from '../../layers/coverage';
import { isAtOrBelow } from '../../layers/hierarchy';
import type { PatchState } from '../../layers/patch-state';
import { plural } from '../../layers/text/problem-text';
import type { KeptApart } from '../../rollout/coalesce';
import type { Entering } from '../../rollout/decide-promotion';
import { goodSince } from '../../rollout/evidence/standing';
import type { PlannedStep } from '../../rollout/plan-promotions';
import type { Fold } from '../../store/edit/patch-edits';
import type { PatchEvidence } from '../prepare/evidence/evidence-book';
import type { NeededWord } from '../prepare/judged/needs-somebody';
import type { StepMark } from '../prepare/prove-step';
import { firstNames } from '../read/first-names';
import { fillText, refusalAndCure } from '../read/patches/refusal-text';
import type { Unsoaked } from '../read/patches/soak';
import { stepText } from '../read/patches/step-text';
import { whyIdle } from '../read/patches/why-idle';
import type { Row } from './rows';

/** A step. @param before where the patch sat before it */
export function stepRows(view: PatchView, step: PlannedStep, before: readonly string[]): readonly Row[] {
  if (step.kind === 'refused') return [['stops', refusalAndCure(view.state, step)]];
  if (step.kind === 'integrate') return [['integrates', 'into the base; the patch is removed']];
  return enterRows(view, step, before);
}

function enterRows(view: PatchView, { step, coalesced, apart, gates, paths, leavesOut = [] }: Entering, before: readonly string[]): readonly Row[] {
  const covered = (list: readonly string[]) => new Coverage(list, view.state.targets).covered.length;
  const idle = step.targets.flatMap((target) => view.withoutEffect(target, paths).map((field) => ({ target, ...field })));
  return [
    ['enters', `${stepText(step)} (${plural(step.targets.length, 'target')})`],
    ...gates.map((path) => ['gate', `${path} is manual`] as const),
    ...coalesced.map(({ path, from }) => ['coalesces', `${firstNames(from).join(', ')} → ${path}`] as const),
    ...apart.map((one) => ['keeps apart', apartText(view, one, paths)] as const),
    ...firstNames(idle.map((one) => `${one.field} at ${one.target}: ${whyIdle(one)}`)).map((text) => ['no effect', text] as const),
    ['covers', `${covered(before)} → ${covered(paths)} of ${plural(view.state.targets.length, 'target')}`],
    ...gapRows(view.state, leavesOut),
  ];
}

function apartText(view: PatchView, { path, target }: KeptApart, paths: readonly string[]): string {
  const why = view.difference(target, paths, [...paths.filter((one) => !isAtOrBelow(one, path)), path]);
  // Where both patches say the same, nothing is rendered otherwise.
  return why ? `${path}: ${why.by} would win in ${why.field} at ${target}` : `${path}: an older patch would win at ${target}`;
}

/** The overrides and releases that the last step folds the patch into. */
export function foldRows(folds: readonly Fold[]): readonly Row[] {
  return folds.map((fold) => ['folds', `${foldText(fold)}, which would win over the base`]);
}

/** What is folded into what. */
export function foldText({ path, release, field }: Fold): string {
  return `${field} into the ${release === undefined ? `override ${path}` : `release ${release}`}`;
}

/** What somebody has to edit by hand before the last step. */
export function byHandRows(byHand: readonly string[]): readonly Row[] {
  return byHand.map((text) => ['by hand', `when it reaches the base: ${text}`] as const);
}

/** What a patch leaves out on its way, and what closes that. */
export function gapRows(state: Pick<PatchState, 'clusterType' | 'app' | 'patch'>, gaps: readonly string[]): readonly Row[] {
  if (gaps.length === 0) return [];
  return [['leaves out', `${firstNames(gaps).join(', ')} (${plural(gaps.length, 'target')}): ${fillText(state)}`]];
}

/** A warning for everybody who moves a patch on by hand before it has soaked. */
export function soakRows(nodes: readonly Unsoaked[]): readonly Row[] {
  return nodes.map(({ node, reason }) => ['warning', `it has not soaked in ${node}: ${reason}`] as const);
}

/** What evidence says: what is good in a line each, what is not with the reason. */
export function evidenceRows({ seen, is, reasons }: PatchEvidence): readonly Row[] {
  const names = [...new Set(seen.map(({ name }) => name))];
  if (is === 'good') {
    return names.map((name) => {
      const own = seen.filter((one) => one.name === name);
      const times = own.map(goodSince);
      const since = times.includes(undefined) ? '' : `, since ${new Date(Math.max(...(times as number[]))).toISOString().slice(0, 16)}Z`;
      return ['evidence', `${name} is good at ${plural(own.length, 'target')}${since}`] as const;
    });
  }
  return firstNames(reasons).map((reason) => ['warning', reason] as const);
}

/** What the commit of a step needs, with the line that says so. @param sayingWhy the command that has the lines about objects on record */
export function neededRows(needs: readonly NeededWord[], sayingWhy?: string): readonly Row[] {
  const rows = needs.flatMap(({ rule, message, statement }): readonly Row[] => [
    ['needs', `${rule}: ${message}`],
    ...(statement === undefined ? [] : [['line', statement] as const]),
  ]);
  return [...rows, ...(sayingWhy === undefined ? [] : [['say why', sayingWhy] as const])];
}

/** What a step does to objects that a commit may have to say a line for. */
export function markRows(marks: readonly StepMark[]): readonly Row[] {
  const texts = firstNames(marks.map(({ text }) => text));
  return texts.map((text) => ['warning', text] as const);
}
