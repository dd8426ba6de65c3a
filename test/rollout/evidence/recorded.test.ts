import type { Answer } from '../../../layers/law/evidence';
import { needsRecord } from '../../../rollout/evidence/recorded';

const hour = 3_600_000;
const since = new Date(0);
const bad: Answer = { is: 'bad', why: 'no pods' };

test.each([
  ['bad, and nothing is on record', bad, { last: 'nothing' }, true],
  ['bad after it was good', bad, { last: 'good', recorded: 1 }, true],
  ['bad, as it is on record', bad, { last: 'bad' }, false],
  ['bad, where nobody can tell what is on record', bad, {}, false],
  ['good again, since a moment', { is: 'good', since }, { last: 'bad' }, true],
  ['good since a moment', { is: 'good', since }, { last: 'nothing' }, false],
  ['good, nobody knows since when', { is: 'good' }, { last: 'nothing' }, true],
  ['good, and on record', { is: 'good' }, { last: 'good', recorded: 1 }, false],
  ['not yet, and nothing is on record', { is: 'not-yet', why: '' }, { last: 'nothing' }, false],
  ['not any more', { is: 'no-answer', why: '' }, { last: 'good', recorded: 1 }, true],
] as const)('what is %s: whether that has to be on record', (_, answer, known, expected) => {
  expect(needsRecord({ answer, soak: hour, ...known })).toBe(expected);
});
