import type { Answer, PrometheusOptions } from '../../../layers/law/evidence';
import { isMap } from '../../../layers/plain-data';
import { answerOfRange, rangeOf } from '../../../rollout/evidence/prometheus';
import { type Ask, type Asking, type AskingProblems, jsonOf } from './asking';

/** @param now what the clock says, in milliseconds. @param asked how many metrics are asked at once */
export function askPrometheus(ask: Ask, options: PrometheusOptions, now: number, asked: number, problems: AskingProblems): Asking {
  const { url, query, holds } = options;
  const base = typeof url === 'string' ? url : problems.call(ask.asked, 'url', () => url(ask.step.at));
  const text = typeof query === 'string' ? query : problems.call(ask.asked, 'query', () => query(ask.step) as unknown);
  const range = rangeOf(ask.asked.soak, now, asked);
  if (text !== undefined && (typeof text !== 'string' || text.trim() === '')) {
    problems.add(
      { message: `the evidence '${ask.asked.name}' has no query at ${ask.asked.target}`, expected: 'a text in PromQL', found: String(text) },
      ask.asked.target,
    );
  }
  const words = new URLSearchParams({ query: String(text), start: String(range.start), end: String(range.end), step: String(range.step) });
  const question = base === undefined ? undefined : problems.question(ask.asked, base, `/api/v1/query_range?${words}`, options);
  return {
    questions: question ? [question] : [],
    answer: ([reply]): Answer => {
      const said = jsonOf(reply, (body) => {
        const error = isMap(body) && typeof body.error === 'string' ? body.error : undefined;
        return error === undefined ? undefined : `it does not take the query: ${error}`;
      });
      if ('none' in said) return { is: 'no-answer', why: said.none };
      return answerOfRange(said.body, range, holds);
    },
  };
}
