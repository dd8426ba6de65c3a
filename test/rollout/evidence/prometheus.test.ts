import fc from 'fast-check';
import { answerOfRange, rangeOf } from '../../../rollout/evidence/prometheus';
import { runs } from '../../runs';

const now = Date.parse('2026-11-28T10:00:00Z');
const holds = (value: number) => value < 1;
const hour = 3_600_000;

/** What Prometheus answers, with these values up to now, the last of a list being the newest. */
function matrix(soak: number, ...series: readonly (readonly (number | string | undefined)[])[]) {
  const { end, step } = rangeOf(soak, now);
  const result = series.map((values) => ({
    metric: {},
    values: values.flatMap((value, index) => (value === undefined ? [] : [[end - (values.length - 1 - index) * step, String(value)]])),
  }));
  return { status: 'success', data: { resultType: 'matrix', result } };
}

const answer = (soak: number, body: unknown) => answerOfRange(body, rangeOf(soak, now), holds);

test('a range covers the soak time up to now, in steps that Prometheus gives', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 90 * 24 * hour }), fc.integer({ min: 1, max: 20_000 }), (soak, asked) => {
      const { start, end, step } = rangeOf(soak, now, asked);
      expect(end * 1000).toBe(now);
      expect(end - start).toBeGreaterThanOrEqual(soak / 1000);
      expect((end - start) % step).toBe(0);
      const points = (end - start) / step;
      expect(points).toBeLessThanOrEqual(11_000);
      // Never coarser than a minute where Prometheus gives that, and there are not thousands that are asked.
      if (asked <= 300 && soak <= 7 * 24 * hour) expect(step).toBeLessThanOrEqual(60);
      if (points > 501) expect(points * asked).toBeLessThanOrEqual(4_000_000 + asked);
    }),
    { numRuns: runs(1000) },
  );
});

test.each([
  [0, 15],
  [hour, 15],
  [6 * hour, 44],
  [24 * hour, 60],
  [14 * 24 * hour, 110],
])('the step of %d ms is %d s', (soak, step) => {
  expect(rangeOf(soak, now).step).toBe(step);
});

test('it is good since the first of the values that hold without a break', () => {
  const { step } = rangeOf(hour, now);
  expect(answer(hour, matrix(hour, [5, 0, 0, 0]))).toEqual({ is: 'good', since: new Date(now - 2 * step * 1000) });
  expect(answer(hour, matrix(hour, [0, undefined, 0, 0]))).toEqual({ is: 'good', since: new Date(now - step * 1000) });
  expect(answer(hour, matrix(hour, [0, 'NaN', 0]))).toEqual({ is: 'good', since: new Date(now) });
  const all = Array.from({ length: 1000 }, () => 0);
  expect(answer(hour, matrix(hour, all))).toMatchObject({ is: 'good', since: new Date(rangeOf(hour, now).start * 1000) });
});

test('every series counts, and one that is younger breaks nothing', () => {
  expect(answer(0, matrix(0, [0], [3]))).toEqual({ is: 'bad', why: 'the query gives 3' });
  const { step } = rangeOf(hour, now);
  expect(answer(hour, matrix(hour, [0, 0, 0], [0]))).toEqual({ is: 'good', since: new Date(now - 2 * step * 1000) });
});

test.each([
  ['no series', matrix(0), 'the query has no value now'],
  ['no value now', matrix(hour, [0, 0, undefined]), 'the query has no value now'],
  ['no number', matrix(0, ['NaN']), 'the query has no number now (NaN)'],
  ['a vector', { status: 'success', data: { resultType: 'vector', result: [] } }, 'it does not answer as Prometheus does'],
  ['an error', { status: 'error' }, 'it does not answer as Prometheus does'],
  ['garbage', { status: 'success', data: { resultType: 'matrix', result: [{ values: [['a', 1]] }] } }, 'it does not answer as Prometheus does'],
  ['nothing', undefined, 'it does not answer as Prometheus does'],
])('%s is no answer', (_, body, why) => {
  expect(answer(hour, body)).toEqual({ is: 'no-answer', why });
});

test('an answer with a warning is none, for it may be a part; what informs of the query is no warning', () => {
  const said = (more: object) => answer(0, { ...matrix(0, [0]), ...more });
  expect(said({ warnings: ['PromQL info: x', 'store a:10901: unavailable', 'other'] })).toEqual({
    is: 'no-answer',
    why: 'it may not know all: store a:10901: unavailable',
  });
  for (const more of [{ warnings: [] }, { warnings: null }, { infos: ['a'] }, { warnings: ['PromQL info: metric might not be a counter'] }]) {
    expect(said(more)).toMatchObject({ is: 'good' });
  }
});

test.each<[string, (value: number) => unknown, string]>([
  ['a promise', async (value) => value > 1, 'returns no boolean, but a Promise'],
  [
    'a promise of nothing',
    async () => {
      throw new Error('no idea');
    },
    'returns no boolean, but a Promise',
  ],
  ['nothing', () => undefined, 'returns no boolean, but nothing'],
  ['a number, of an earlier value', (value) => value === 0 || value, 'returns no boolean, but the number 5'],
  [
    'an error',
    () => {
      throw new Error('no idea');
    },
    'threw: no idea',
  ],
])('what `holds` says that is no boolean is no answer: %s', (_, said, why) => {
  const odd = answerOfRange(matrix(hour, [5, 0, 0]), rangeOf(hour, now), said as typeof holds);
  expect(odd).toEqual({ is: 'no-answer', why: `'holds' ${why}` });
});

test('infinite values are values', () => {
  expect(answer(0, matrix(0, ['+Inf']))).toEqual({ is: 'bad', why: 'the query gives Infinity' });
  expect(answer(0, matrix(0, ['-Inf'])).is).toBe('good');
});
