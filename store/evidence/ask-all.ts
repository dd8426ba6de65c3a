import { spawnSync } from 'node:child_process';

/** Something that is asked at an address. */
export interface WebQuestion {
  readonly url: string;
  /** The address of who answers there, up to where its API begins: several may be told apart by a path. @default - the origin */
  readonly server?: string;
  /** It is sent to the origin of the address, and to no other. @default - none is sent */
  readonly token?: string;
  /** Certificates (PEM) that are trusted besides those of the system. @default - none */
  readonly ca?: string;
  /** JSON that is posted there; it is tried again only where it cannot have arrived, or the server says that it failed. @default - it is asked, and nothing posted */
  readonly post?: string;
  /** In milliseconds, of one try. */
  readonly timeout: number;
}

/** A command that a shell runs. */
export interface CommandQuestion {
  readonly command: string;
  readonly cwd: string;
  /** Besides the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** In milliseconds. */
  readonly timeout: number;
}

export type Question = WebQuestion | CommandQuestion;

/** What came back: the status of HTTP with the body, or of the command with the last line that it printed; or why nothing did. */
export type Reply = { readonly status: number; readonly body: string } | { readonly none: string };

export interface AskLimits {
  /** How often an address is tried that does not answer, or with a fault of the server. */
  readonly tries: number;
  /** How long after the first try the second begins, in milliseconds; the next waits for twice as long. */
  readonly pause: number;
  /** How large an answer may be. */
  readonly maxBytes: number;
}

export const askLimits: AskLimits = { tries: 3, pause: 500, maxBytes: 128 * 2 ** 20 };

/** How many are asked at the same time. */
const atOnce = 8;

/**
 * Asks all at once, and waits for every answer: equal questions are asked once. A program of its own waits for them, since a command
 * waits for nothing. Tokens reach it by its standard input: no argument and no file holds one.
 */
export function askAll(questions: readonly Question[], limits: AskLimits = askLimits): readonly Reply[] {
  const keys = questions.map((question) => JSON.stringify(question));
  const distinct = [...new Map(keys.map((key, index) => [key, questions[index] as Question])).entries()];
  if (distinct.length === 0) return [];
  // Without what Node would load before it, or do beside it.
  const { error, status, signal, stdout, stderr } = spawnSync(process.execPath, [require.resolve('./ask-many.js')], {
    input: JSON.stringify({ ...limits, atOnce, questions: distinct.map(([, question]) => question) }),
    env: { ...process.env, NODE_OPTIONS: '', NODE_USE_ENV_PROXY: '' },
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`ask-many.js ended with ${status ?? signal}: ${stderr}`);
  const replies = new Map<string | undefined, Reply>();
  for (let start = 0; start < stdout.length; ) {
    const line = stdout.indexOf('\n', start) + 1;
    const { index, size, ...said } = JSON.parse(stdout.toString('utf8', start, line)) as { readonly index: number; readonly size: number } & Reply;
    const end = line + size;
    start = end;
    // A large fleet says more than fits beside what is made of it: each body is a text while somebody reads it.
    const reply: Reply =
      'none' in said
        ? said
        : {
            status: said.status,
            get body() {
              return stdout.toString('utf8', line, end);
            },
          };
    replies.set(distinct[index]?.[0], reply);
  }
  return keys.map((key) => replies.get(key) as Reply);
}
