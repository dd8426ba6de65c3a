import type { Verdict } from '../../../changes/judge/judge';
import type { Row } from '../../../changes/judge/row';
import type { FleetValues } from '../../../constructs';
import type { PrintedProblem } from '../../../layers/text/problem-text';
import { placedChanges } from '../../read/changes/change-places';
import type { JudgedStep, Judgement } from '../../read/judge/judge-since';
import { commitName } from './step-words';

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

/** Verdicts as they are printed like everything that is wrong. */
export function verdictProblem({ step, verdict, file, line }: PlacedVerdict): PrintedProblem {
  const { rule, kind, message, what, targets, expected, found, hint, statement, stale } = verdict;
  const severity = kind === 'refused' ? 'error' : kind === 'warned' ? 'warning' : 'notice';
  const ways = [hint, statement === undefined ? undefined : `to let it pass, this line in the message of the commit: ${statement}`].filter(
    (way) => way !== undefined,
  );
  const [clusterType] = what?.split('/') ?? [];
  return {
    code: rule,
    severity,
    message: kind === 'allowed' ? `${message}. It is allowed: ${verdict.by}` : message,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(what === undefined || what === '*' || what === 'law' ? {} : { app: what }),
    ...(targets.length === 0 ? {} : { target: `${clusterType === '*' ? '' : `${clusterType}/`}${targets[0]}`, targets: targets.length }),
    ...(kind === 'allowed' || expected === undefined ? {} : { expected }),
    ...(kind === 'allowed' ? {} : foundOf([found, stale === undefined ? undefined : `a statement for another effect: ${stale}`, `in ${commitName(step)}`])),
    ...(kind === 'refused' && ways.length > 0 ? { hint: ways.join('; or, ') } : {}),
  };
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
