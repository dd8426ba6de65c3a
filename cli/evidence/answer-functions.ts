import { type Answer, type AnswerWord, answerWords, type EvidenceFunction } from '../../layers/law/evidence';
import { describe, isMap } from '../../layers/plain-data';
import { messageOf } from '../../layers/thrown';
import { endWith, readOrder } from '../../store/evidence/end-with';
import { watchFunctions } from '../../store/evidence/watch-functions';
import type { FunctionAsk, WrittenAnswer } from '../read/evidence/functions';
import { loadFleet } from '../read/load-fleet';

/** How long a function may take. */
const patience = 60_000;
const atOnce = 8;

/** Asks functions of the configuration, in a process that does nothing else. @param limit how long one may take, in milliseconds */
export async function answerFunctions(config: string, limit: number = patience): Promise<void> {
  const order = readOrder() as readonly FunctionAsk[];
  const { output } = loadFleet(config);
  const answers: WrittenAnswer[] = [];
  const watch = watchFunctions(order, limit);
  let next = 0;
  const work = async () => {
    for (let index = next++; index < order.length; index = next++) {
      const { node, index: at, target, ...step } = order[index] as FunctionAsk;
      const found = output.nodes.find(({ path }) => path === node)?.node.evidence?.[at];
      watch(index);
      const answer = typeof found === 'function' ? await answerOf(found, { ...step, at: output.findTarget(step.clusterType, target) }, limit) : gone;
      answers[index] = answer;
      watch(index, answer);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  endWith(answers);
}

const gone: WrittenAnswer = { is: 'no-answer', why: 'the configuration has no such function any more' };

async function answerOf(ask: EvidenceFunction, step: Parameters<EvidenceFunction>[0], limit: number): Promise<WrittenAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<WrittenAnswer>((done) => {
    timer = setTimeout(() => done({ is: 'no-answer', why: `it did not answer within ${limit / 1000} seconds` }), limit);
  });
  try {
    return await Promise.race([late, Promise.resolve(ask(step)).then(written)]);
  } catch (cause) {
    return { is: 'no-answer', why: `it threw: ${messageOf(cause)}` };
  } finally {
    clearTimeout(timer);
  }
}

/** What a function returned, as far as it is an answer. */
function written(answer: Answer | unknown): WrittenAnswer {
  const { is, why, since } = isMap(answer) ? answer : {};
  if (!answerWords.includes(is as AnswerWord)) return { is: 'no-answer', why: `it returns no answer, but ${describe(isMap(answer) ? is : answer)}` };
  if (is !== 'good') return { is: is as Exclude<AnswerWord, 'good'>, why: typeof why === 'string' && why !== '' ? why : 'it does not say why' };
  if (since === undefined) return { is: 'good' };
  const time = since instanceof Date || typeof since === 'string' || typeof since === 'number' ? new Date(since).getTime() : Number.NaN;
  return Number.isNaN(time) ? { is: 'no-answer', why: `'since' is no moment, but ${describe(since)}` } : { is: 'good', since: new Date(time).toISOString() };
}
