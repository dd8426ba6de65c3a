import type { Verdict } from '../../../changes/judge/judge';
import type { Row } from '../../../changes/judge/row';
import { theLaw } from '../../../changes/judge/statements';
import type { FleetValues } from '../../../constructs';
import type { PrintedProblem } from '../../../layers/text/problem-text';
import { placedChanges } from '../../read/changes/change-places';
import { commitName } from '../../read/judge/commit-name';
import type { JudgedStep, Judgement } from '../../read/judge/judge-since';

/** A verdict with its place in the configuration. */
export interface PlacedVerdict {
  readonly step: JudgedStep;
  readonly verdict: Verdict;
  /** From the working directory. @default - no layer says it any more */
  readonly file?: string;
  readonly line?: number;
}

/** Finds where the layers stand that verdicts are about. */
export function placedVerdicts({ steps }: Judgement, values: FleetValues | undefined): readonly PlacedVerdict[] {
  const all = steps.flatMap((step) => step.verdicts.map((verdict) => ({ step, verdict })));
  const changes = all.map(({ verdict: { row } }) => row && changeOf(row));
  const places = placedChanges(
    changes.flatMap((change) => (change ? [change] : [])),
    values,
  );
  let next = 0;
  return all.map((one, index) => {
    if (!changes[index]) return one;
    const [place] = places[next]?.now ?? [];
    next += 1;
    return { ...one, ...(place?.file === undefined ? {} : { file: place.file }), ...(place?.line === undefined ? {} : { line: place.line }) };
  });
}

function changeOf({ item: { clusterType, app }, target, field, layer, place }: Row): Parameters<typeof placedChanges>[0][number] {
  const cause = { now: layer === undefined ? [] : [layer], before: [], ...(place === undefined ? {} : { of: place }) };
  return { kind: 'field', clusterType, app, targets: [target], paths: [target], field, cause };
}

/** Verdicts as they are printed like everything that is wrong. What is the same of several apps is told once. */
export function verdictProblems(placed: readonly PlacedVerdict[]): readonly PrintedProblem[] {
  const groups = new Map<string, PlacedVerdict[]>();
  for (const one of placed) {
    const { rule, kind, message, path, targets, hint, by } = one.verdict;
    // A hint may name its app, and is told with the first.
    const key = JSON.stringify([rule, kind, message, path, targets, one.file, one.line, kind === 'allowed' ? by : hint === undefined, one.step.commit?.hash]);
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].map((group) => verdictProblem(group[0] as PlacedVerdict, unique(group.map(({ verdict: { what } }) => what))));
}

function unique(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names.filter((name): name is string => name !== undefined && name !== '*' && name !== theLaw))];
}

function verdictProblem({ step, verdict, file, line }: PlacedVerdict, apps: readonly string[]): PrintedProblem {
  const { rule, kind, message, targets, expected, found, hint, stale } = verdict;
  const severity = kind === 'refused' ? 'error' : kind === 'warned' ? 'warning' : 'notice';
  const [only = ''] = apps.length === 1 ? apps : [];
  const clusterType = only.split('/')[0] ?? '';
  return {
    code: rule,
    severity,
    message: kind === 'allowed' ? `${message}. It is allowed: ${verdict.by}` : message,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(apps.length === 0 ? {} : { app: apps.join(', ') }),
    ...(targets.length === 0 ? {} : { target: `${clusterType === '' ? '' : `${clusterType}/`}${targets[0]}`, targets: targets.length }),
    ...(kind === 'allowed' || expected === undefined ? {} : { expected }),
    ...(kind === 'allowed' ? {} : foundOf([found, stale === undefined ? undefined : `a statement for another effect: ${stale}`, `in ${commitName(step)}`])),
    ...(kind === 'allowed' || hint === undefined ? {} : { hint }),
  };
}

/** The lines that would let everything pass that is refused, each once. */
export function missingStatements(placed: readonly PlacedVerdict[]): readonly string[] {
  return [...new Set(placed.flatMap(({ verdict: { kind, statement } }) => (kind === 'refused' && statement !== undefined ? [statement] : [])))];
}

function foundOf(parts: readonly (string | undefined)[]): { readonly found: string } {
  return { found: parts.filter((part) => part !== undefined).join('; ') };
}

/** Lines of messages that look like statements. */
export function brokenProblems({ steps }: Judgement): readonly PrintedProblem[] {
  return steps.flatMap((step) =>
    step.broken.map(({ line, expected }) => ({
      code: 'statement',
      message: `a line in the message of ${commitName(step)} allows nothing: it is not as it should be`,
      expected,
      found: line,
      hint: 'copy the line that `npx fleet check --since` prints',
    })),
  );
}
