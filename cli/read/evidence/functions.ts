import { join } from 'node:path';
import type { Answer } from '../../../layers/law/evidence';
import { runApart } from '../../../store/code/run-apart';
import type { Ask } from './asking';
import type { Outside } from './outside';

/** A function that is asked, as the process that asks it finds it. */
export interface FunctionAsk {
  readonly node: string;
  readonly index: number;
  readonly target: string;
  readonly clusterType: string;
  readonly app: string;
  readonly apps: readonly string[];
  readonly patch: string;
  readonly soak: number;
}

/** An answer as JSON has it. */
export type WrittenAnswer = Exclude<Answer, { is: 'good' }> | { readonly is: 'good'; readonly since?: string };

/**
 * Has functions answer, all at once, in a process of their own that reads the configuration anew: a command waits for nothing, and
 * what they do to their process is no matter of its.
 *
 * @param outside through which goes what they print
 */
export function askFunctions(asks: readonly Ask[], config: string, outside: Outside): readonly Answer[] {
  if (asks.length === 0) return [];
  const order = asks.map(({ asked: { node, index, target }, step: { at: _, ...step } }): FunctionAsk => ({ node, index, target, ...step }));
  const { status, stdout, stderr } = runApart(join(__dirname, '../../fleet.js'), ['__evidence', config], JSON.stringify(order));
  // What they print is told; the last line of the other stream is the answers.
  process.stderr.write(outside.log(stderr));
  const answers = parsed(stdout.trimEnd().split('\n').at(-1) ?? '');
  // One that blocked the process was ended, with the answers of the others.
  if ((status ?? 0) !== 0 || answers?.length !== asks.length) {
    return asks.map(() => ({ is: 'no-answer', why: `the process that asks functions ended with ${status ?? 'a signal'}` }));
  }
  // The one that blocked has an answer now: fewer are left.
  const again = [
    ...askFunctions(
      asks.filter((_, index) => answers[index] === null),
      config,
      outside,
    ),
  ];
  return answers.map((answer) => (answer === null ? (again.shift() as Answer) : read(answer)));
}

function read(answer: WrittenAnswer): Answer {
  return answer.is === 'good' ? { is: 'good', ...(answer.since === undefined ? {} : { since: new Date(answer.since) }) } : answer;
}

/** @returns `null` for each that was not asked */
function parsed(text: string): readonly (WrittenAnswer | null)[] | undefined {
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? (found as readonly (WrittenAnswer | null)[]) : undefined;
  } catch {
    return undefined;
  }
}
