import type { Shape } from './shape';

const named = {
  name: { is: 'string', filled: "a word such as 'errors'", about: 'what trailers and messages call it: a word', default: 'its kind' },
} as const satisfies Shape;

const asked = {
  ...named,
  tokenEnv: {
    is: 'string',
    filled: 'the name of an environment variable',
    about: 'the environment variable that holds the token, which is sent to the origin of the address beside it and nowhere else',
    default: 'it asks without a token',
  },
  caFile: {
    is: 'string',
    filled: 'a file of certificates',
    about: 'a file of certificates (PEM) that are trusted besides those of the system, from the configuration folder',
  },
  timeout: { is: 'duration', noun: "the 'timeout'", about: "how long one request may take: `'30s'`", default: "`'10s'`" },
} as const satisfies Shape;

/** What `argoCD({ … })` is given. */
export const argoCDShape = {
  server: {
    is: 'text or function',
    about:
      'the address of the Argo CD that has the Applications of a target, or a function of the target: several, where its clusters have one each, and `{ url, tokenEnv, caFile }` for one with its own token',
    required: "its address, such as 'https://argocd.example.com', or `(at) => …`",
    default: 'required',
  },
  refreshedWithin: {
    is: 'duration',
    noun: "'refreshedWithin'",
    about:
      "how long ago Argo CD may have looked at an Application (`status.reconciledAt`) for what it says to be an answer: `'30m'`; `'0s'` for however long, where it refreshes by webhooks alone",
    default: "`'1h'`",
  },
  ...asked,
} as const satisfies Shape;

/** What `prometheus({ … })` is given. */
export const prometheusShape = {
  url: {
    is: 'text or function',
    about: 'the address of what answers as Prometheus does, up to `/api/v1`, or a function of the target',
    required: "its address, such as 'https://prometheus.example.com', or `(at) => …`",
    default: 'required',
  },
  query: {
    is: 'text or function',
    about: 'what is asked, in PromQL, or a function of the step',
    required: 'what is asked, in PromQL, or `(step) => …`',
    default: 'required',
  },
  holds: { is: 'function', about: 'whether a value is good: `(value) => value < 0.01`', required: '`(value) => …`', default: 'required' },
  ...asked,
} as const satisfies Shape;

/** What `command('…', { … })` is given. */
export const commandShape = {
  run: { is: 'string', filled: 'a command', about: 'what a shell runs', required: 'a command', default: 'required' },
  ...named,
  timeout: { is: 'duration', noun: "the 'timeout'", about: "how long it may take: `'10m'`", default: "`'5m'`" },
} as const satisfies Shape;

export const evidenceShapes = { argoCD: argoCDShape, prometheus: prometheusShape, command: commandShape } as const;
