import fc from 'fast-check';
import type { Exemption, Law, NodeLaw } from '../../../layers/law/law';
import type { Wave } from '../../../layers/law/waves';
import { tryReadDate } from '../../../layers/text/date';

/** Laws as a fleet may have them. @param text for whatever its author may call as they like */
export function laws(text: fc.Arbitrary<string>): fc.Arbitrary<Law> {
  const path = fc.stringMatching(/^[a-z0-9]{1,4}(\/[a-z0-9]{1,4}){0,2}$/);
  const day = fc.constantFrom('2026-12-31', '2026-12-31T18:00Z', '2024-02-29 10:00+01:00');
  const freeze = fc.record({ reason: text, until: fc.option(fc.oneof(day, text), { nil: undefined }) }).map(({ reason, until }) => {
    const ends = until === undefined ? undefined : tryReadDate(until, 'end', 'UTC');
    return { reason, ...(until === undefined ? {} : { until }), ...(ends === undefined ? {} : { ends }) };
  });
  const wave = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom<Wave>('10%', '33.3%', '100%'));
  const waves = fc.tuple(fc.array(wave, { minLength: 1, maxLength: 3 }), fc.boolean()).map(([all, hasRest]) => (hasRest ? [...all, 'rest' as const] : all));
  const node = fc.record(
    {
      path,
      promotion: fc.constant('manual' as const),
      soak: fc.integer({ min: 1, max: 10_000_000 }).map((seconds) => seconds * 1000),
      approvers: fc.array(text, { minLength: 1, maxLength: 3 }),
      freeze,
      waves,
      budget: fc.dictionary(fc.constantFrom('targets', 'sector', 'facility', 'yes', '010'), fc.integer({ min: 1 }), { minKeys: 1 }),
    },
    { requiredKeys: ['path'] },
  ) satisfies fc.Arbitrary<NodeLaw>;
  const exemption = fc.record({ rule: text, app: text, path, reason: text, owner: text, until: day }) satisfies fc.Arbitrary<Exemption>;
  return fc.record(
    { level: text, first: text, waves, nodes: fc.array(node, { maxLength: 3 }), exemptions: fc.array(exemption, { maxLength: 2 }) },
    { requiredKeys: ['nodes', 'exemptions'] },
  );
}
