import type { Problem } from '../../constructs';
import type { DeclaredExemption } from '../../constructs/tree/fleet-tree';
import { tryReadDate } from '../../layers/text/date';

/** Exemptions that are over: what they let pass is a fault again, and nobody may go on believing in them. @param now what the clock says */
export function exemptionRemarks(exemptions: readonly DeclaredExemption[], now: Date): readonly Problem[] {
  return exemptions.flatMap(({ exemption: { rule, app, path, reason, owner, until }, origin }) => {
    if (now.getTime() <= (tryReadDate(until, 'end', 'UTC') ?? Number.NEGATIVE_INFINITY)) return [];
    return {
      code: 'exemption-over',
      message: `the exemption of '${app}' at '${path}' from the rule '${rule}' is over`,
      ...origin('until'),
      expected: 'a last day, in UTC, that is not over',
      found: `until ${until}: ${reason} (${owner})`,
      hint: `take it out, or have ${owner} say until when it goes on`,
    };
  });
}
