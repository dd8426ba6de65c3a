import type { Construct } from 'constructs';
import type { Problem } from '../../../layers/problem';
import { debtCodes, silencedCodes } from '../../../layers/silenced';
import { suggestion } from '../../../layers/text/nearest';
import { problemAt } from '../../tree/origin';
import type { Silences } from '../../tree/silences';
import type { FleetSubject } from '../fleet-rule';

/** What silences nothing: the value is gone, or the path is misspelt. */
export function* unusedSilences({ model }: FleetSubject): Generator<Problem> {
  const { clusterTypes } = model;
  const apps = clusterTypes.flatMap((type) => type.apps.flatMap(({ construct }) => (construct.group ? [construct.group, construct] : [construct])));
  const scopes = new Set([...clusterTypes.map(({ construct }) => construct), ...apps]);
  for (const scope of scopes) {
    yield* unusedIn(scope, 'notSecret', scope.notSecret);
    yield* unusedIn(scope, 'silence', scope.silence);
  }
}

/** Those of one construct. @param key under which it says so */
export function unusedIn(scope: Construct, key: string, silences: Silences): readonly Problem[] {
  return silences.unused.filter((path) => !isOfCharts(path) && !isOfDebt(path)).map((path) => unusedAt(scope, key, path));
}

/** Charts are looked at by `check` alone, and so is what silences a finding there. */
export function isOfCharts(finding: string): boolean {
  return finding.startsWith('chart-value ');
}

/** Nor does anybody but `check` look at these. */
export function isOfDebt(finding: string): boolean {
  return (debtCodes as readonly string[]).includes(finding.split(' ')[0] ?? '');
}

/** @param key under which the construct says it */
export function unusedAt(scope: Construct, key: string, path: string): Problem {
  return problemAt(scope, 'silence-unused', `nothing at '${path}' has to be silenced`, {
    severity: 'warning',
    at: [key, path],
    hint: (key === 'silence' ? misspelt(path) : undefined) ?? `remove it, or write ${key === 'silence' ? 'what' : 'the path that'} the message printed`,
  });
}

/** What a code that is none of those was meant to be. */
function misspelt(finding: string): string | undefined {
  const [code = ''] = finding.split(' ');
  return (silencedCodes as readonly string[]).includes(code) ? undefined : suggestion(code, silencedCodes, 'codes');
}
