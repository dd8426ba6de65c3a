import { ownRule } from '../../../changes/judge/own/own-rule';
import type { Rule } from '../../../changes/judge/rule';
import { type AnyFleet, FleetError } from '../../../constructs';
import { runPutOff } from '../../../store/code/own-process';
import { takeReported } from '../../../store/code/reported';

/** A fleet's own rules as those that judge. */
export function ownRulesOf({ rules }: Pick<AnyFleet, 'rules'>): readonly Rule[] {
  return rules.map(({ rule, origin }) => ownRule(rule, origin('judge')));
}

/** Runs what may run code of the fleet's own rules. @throws FleetError (`config-throws`) where that did what no configuration may */
export function withOwnRules<T>(run: () => T): T {
  const result = whatever(run);
  runPutOff();
  const reported = takeReported();
  if (reported.length > 0) throw new FleetError(reported);
  if ('thrown' in result) throw result.thrown;
  return result.value;
}

function whatever<T>(run: () => T): { readonly value: T } | { readonly thrown: unknown } {
  try {
    return { value: run() };
  } catch (thrown) {
    return { thrown };
  }
}
