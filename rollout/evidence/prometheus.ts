import type { Answer, PrometheusOptions } from '../../layers/law/evidence';
import { describe, isMap } from '../../layers/plain-data';
import { messageOf } from '../../layers/thrown';
import { mapOf, saidIn } from './application';

/** A range of moments at which a query is evaluated, in seconds. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** More points Prometheus does not give of a series. */
const most = 11_000;
/** So many of each are asked for, however many are asked. */
const least = 500;
/** As many of all together as can be held, where they have several series each. */
const together = 4_000_000;
/** In seconds: nothing is scraped more often, and mostly it is once in a minute. */
const [finest, usual] = [15, 60];

/**
 * The range that tells whether something held for a time up to now: a minute between two moments hides nothing that is scraped then.
 *
 * @param soak and now in milliseconds
 * @param asked how many ranges are asked at once
 */
export function rangeOf(soak: number, now: number, asked = 1): Range {
  const end = Math.floor(now / 1000);
  const stepFor = (points: number) => Math.ceil(soak / 1000 / points);
  const step = Math.max(finest, Math.min(usual, stepFor(least)), stepFor(Math.min(most, Math.max(least, Math.floor(together / asked)))));
  return { start: end - step * Math.ceil(soak / 1000 / step), end, step };
}

/** What a query over a range says. @param body as Prometheus answers it */
export function answerOfRange(body: unknown, { start, end, step }: Range, holds: PrometheusOptions['holds']): Answer {
  const series = seriesIn(body);
  if (series === undefined) return { is: 'no-answer', why: 'it does not answer as Prometheus does' };
  const warning = warningIn(body);
  if (warning !== undefined) return { is: 'no-answer', why: `it may not know all: ${saidIn(warning)}` };
  const byTime = new Map<number, number[]>();
  for (const [time, value] of series.flat()) byTime.set(Math.round(time), [...(byTime.get(Math.round(time)) ?? []), value]);
  const last = byTime.get(end);
  if (last === undefined) return { is: 'no-answer', why: 'the query has no value now' };
  if (last.some(Number.isNaN)) return { is: 'no-answer', why: 'the query has no number now (NaN)' };
  let odd: string | undefined;
  const isGood = (value: number): boolean => {
    const said = saidBy(holds, value);
    if (typeof said === 'string') odd ??= said;
    return said === true;
  };
  const wrong = last.find((value) => !isGood(value));
  if (odd !== undefined) return { is: 'no-answer', why: odd };
  if (wrong !== undefined) return { is: 'bad', why: `the query gives ${wrong}` };
  let since = end;
  for (let time = end - step; time >= start; time -= step) {
    const values = byTime.get(time);
    if (values === undefined || values.some((value) => Number.isNaN(value) || !isGood(value))) break;
    since = time;
  }
  return odd === undefined ? { is: 'good', since: new Date(since * 1000) } : { is: 'no-answer', why: odd };
}

/** What a function of the configuration says of a value, or why it says nothing: a promise, say, is true whatever comes of it. */
function saidBy(holds: (value: number) => unknown, value: number): boolean | string {
  try {
    const said = holds(value);
    if (typeof said === 'boolean') return said;
    // What nobody waits for must not end the process.
    Promise.resolve(said).catch(() => undefined);
    return `'holds' returns no boolean, but ${describe(said)}`;
  } catch (cause) {
    return `'holds' threw: ${messageOf(cause)}`;
  }
}

/** What it warns of: that stores did not answer, say, and it tells what the others have. What informs of a query is none, as older ones have it, too. */
function warningIn(body: unknown): string | undefined {
  const { warnings } = mapOf(body);
  return Array.isArray(warnings) ? warnings.map(String).find((one) => !one.startsWith('PromQL info:')) : undefined;
}

type Sample = readonly [time: number, value: number];

/** @returns `undefined` for what is no range of values */
function seriesIn(body: unknown): readonly (readonly Sample[])[] | undefined {
  const data = isMap(body) && body.status === 'success' && isMap(body.data) ? body.data : {};
  if (data.resultType !== 'matrix' || !Array.isArray(data.result)) return undefined;
  const series = data.result.map((one: unknown) => (isMap(one) && Array.isArray(one.values) ? one.values.map(sampleOf) : undefined));
  return series.every((samples) => samples?.every((sample) => sample !== undefined)) ? (series as readonly (readonly Sample[])[]) : undefined;
}

function sampleOf(sample: unknown): Sample | undefined {
  const [time, value] = Array.isArray(sample) ? (sample as readonly unknown[]) : [];
  if (typeof time !== 'number' || typeof value !== 'string') return undefined;
  // As Go writes them.
  const number = /^[+-]?Inf$/.test(value) ? Number(value.replace('Inf', 'Infinity')) : value === 'NaN' ? Number.NaN : Number(value);
  return value !== 'NaN' && Number.isNaN(number) ? undefined : [time, number];
}
