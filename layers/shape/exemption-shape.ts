import type { Shape } from './shape';

/** An item of `exemptions.ts`. */
export const exemptionShape = {
  rule: { is: 'string', filled: 'the id of the rule', about: 'the id of the rule that does not hold', required: true, default: 'required' },
  app: {
    is: 'string',
    filled: "'CLUSTER-TYPE/APP', or '*' for all",
    about: 'for which app: `CLUSTER-TYPE/APP`, or `*` for all',
    required: true,
    default: 'required',
  },
  path: {
    is: 'string',
    filled: "a dimension path, or '*' for the whole fleet",
    about: 'at and below which node: a dimension path, or `*` for the whole fleet',
    required: true,
    default: 'required',
  },
  reason: { is: 'string', filled: 'why the rule does not hold there', about: 'why it does not hold there', required: true, default: 'required' },
  owner: {
    is: 'string',
    filled: "who answers for it: '@user', '@company/team' or a mail address",
    about: 'who answers for it: `@user`, `@company/team` or a mail address',
    required: true,
    default: 'required',
  },
  until: {
    is: 'day',
    noun: 'the last day of the exemption',
    filled: "its last day, in UTC: until: '2026-12-31'",
    about: 'its last day, in UTC: `2026-12-31`; without one it would hold for ever',
    required: true,
    default: 'required',
  },
} as const satisfies Shape;
