import type { PatchView } from '../../../constructs';
import { getOr } from '../../../layers/get-or';
import type { Answer, AskedOptions, EvidenceStep } from '../../../layers/law/evidence';
import { FleetError, type Problem } from '../../../layers/problem';
import { isOpenOnTheWay, isVariable, variableInWords, wrongAddressOf } from '../../../layers/shape/read-evidence';
import { parseDuration } from '../../../layers/text/duration';
import { plural } from '../../../layers/text/problem-text';
import { messageOf } from '../../../layers/thrown';
import type { AskedEvidence } from '../../../rollout/evidence/asked';
import type { Question, Reply, WebQuestion } from '../../../store/evidence/ask-all';
import { tryReadCertificates } from '../../../store/evidence/read-certificates';
import type { LoadedFleet } from '../load-fleet';

/** A piece of evidence that is asked about a patch at a target. */
export interface Ask {
  readonly view: PatchView;
  readonly asked: AskedEvidence;
  readonly step: EvidenceStep;
}

/** How messages call what is asked, and where. */
export type Asked = Pick<AskedEvidence, 'name' | 'target'>;

/** A question to one of several servers. */
export interface ServerQuestion extends WebQuestion {
  readonly server: string;
}

/** What is asked, and what comes of the answers. */
export interface Asking {
  readonly questions: readonly Question[];
  answer(replies: readonly Reply[]): Answer;
}

export function askOf({ output }: LoadedFleet, view: PatchView, asked: AskedEvidence): Ask {
  const { clusterType, app, patch } = view.state;
  const at = output.findTarget(clusterType, asked.target);
  return { view, asked, step: { at, clusterType, app, apps: view.apps, patch, soak: asked.soak } };
}

/** What is wrong with how evidence is to be asked, each once; nothing is asked then. */
export class AskingProblems {
  readonly #found = new Map<string, { readonly problem: Problem; readonly targets: Set<string> }>();
  readonly #config: string;
  /** All that were read. */
  readonly tokens = new Set<string>();

  /** @param config from which names of files count */
  constructor(config: string) {
    this.#config = config;
  }

  /** @param target where it is so: the same elsewhere is counted. @default - it is so anywhere */
  add(problem: Omit<Problem, 'code' | 'place'>, target?: string): void {
    const key = target === undefined ? JSON.stringify(problem) : problem.message.replaceAll(target, '');
    const { targets } = getOr(this.#found, key, () => ({
      problem: { code: 'evidence' as const, place: [], hint: 'nothing was asked', ...problem },
      targets: new Set<string>(),
    }));
    if (target !== undefined) targets.add(target);
  }

  /** @throws FleetError with all of them */
  expectNone(): void {
    if (this.#found.size === 0) return;
    const counted = ({ message }: Problem, { size }: ReadonlySet<string>) =>
      size < 2 ? message : `${message} (and the same at ${plural(size - 1, 'more target')})`;
    throw new FleetError([...this.#found.values()].map(({ problem, targets }): Problem => ({ ...problem, message: counted(problem, targets) })));
  }

  /** What a function of the configuration says. @returns `undefined` where it threw */
  call<T>({ name, target }: Asked, key: string, said: () => T): T | undefined {
    try {
      return said();
    } catch (cause) {
      this.add({ message: `'${key}' of the evidence '${name}' threw at ${target}: ${messageOf(cause)}` }, target);
      return undefined;
    }
  }

  /** A question to an address, with what is said beside it. @returns `undefined` where it cannot be asked */
  question(asked: Asked, base: unknown, path: string, { tokenEnv, caFile, timeout }: AskedOptions): ServerQuestion | undefined {
    const address = typeof base === 'string' ? base.replace(/\/+$/, '') : base;
    const wrong = typeof address === 'string' ? wrongAddressOf(address) : String(address);
    if (wrong !== undefined) {
      const message = `the evidence '${asked.name}' has no address that can be asked at ${asked.target}`;
      this.add({ message, expected: 'https://…', found: wrong }, asked.target);
      return undefined;
    }
    const token = tokenEnv === undefined ? undefined : this.#token(asked, tokenEnv, address as string);
    const ca = caFile === undefined ? undefined : tryReadCertificates(this.#config, caFile);
    if (caFile !== undefined && ca === undefined) {
      this.add({ message: `'${caFile}' of the evidence '${asked.name}' holds no certificates`, expected: 'a file in PEM, from the configuration folder' });
    }
    const time = parseDuration(timeout ?? '10s') ?? 0;
    return {
      url: `${address}${path}`,
      server: address as string,
      timeout: time,
      ...(token === undefined ? {} : { token }),
      ...(ca === undefined ? {} : { ca }),
    };
  }

  #token({ name, target }: Asked, variable: string, address: string): string | undefined {
    if (!isVariable(variable)) {
      this.add({ message: `'tokenEnv' of the evidence '${name}' names no environment variable at ${target}`, expected: variableInWords }, target);
      return undefined;
    }
    const token = process.env[variable];
    if (token === undefined || token.trim() === '') {
      this.add({ message: `the token of the evidence '${name}' is not set`, expected: `the environment variable ${variable}` });
      return undefined;
    }
    if (isOpenOnTheWay(address)) {
      this.add({
        message: `the token of the evidence '${name}' would go to ${address} as everybody can read it`,
        expected: 'https://…, or evidence without a token',
      });
    }
    this.tokens.add(token.trim());
    return token.trim();
  }
}

/** What a server says, as JSON, or why it is no answer. */
export function jsonOf(reply: Reply | undefined, saysWhy: (body: unknown) => string | undefined): { readonly body: unknown } | { readonly none: string } {
  if (reply === undefined || 'none' in reply) return { none: reply?.none ?? 'it was not asked' };
  const body = parsed(reply.body);
  if (reply.status === 401 || reply.status === 403) return { none: `it does not let this token read (${reply.status})` };
  if (reply.status !== 200) return { none: saysWhy(body) ?? `it answers with status ${reply.status}` };
  return body === undefined ? { none: 'what it answers is no JSON' } : { body };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
