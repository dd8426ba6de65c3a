import type { Shape } from './shape';

/** An item of `rules.ts`. */
export const ruleShape = {
  id: {
    is: 'string',
    filled: "lower-case words such as 'cpu-limit'",
    about: 'what statements and exemptions call it: lower-case words such as `cpu-limit`, and no id of another rule',
    required: true,
    default: 'required',
  },
  what: { is: 'string', filled: 'what it demands, in one sentence', about: 'what it demands, in one sentence', required: true, default: 'required' },
  why: { is: 'string', filled: 'why it does', about: 'why it does', required: true, default: 'required' },
  wayOut: {
    is: 'string',
    filled: 'what to do instead',
    about: 'what to do instead: the hint of a finding that has none of its own',
    required: true,
    default: 'required',
  },
  judge: {
    is: 'function',
    about: 'gets a change, and yields what it does not allow',
    required: '`*judge(change) { … yield { message, app, targets } … }`',
    default: 'required',
  },
} as const satisfies Shape;
