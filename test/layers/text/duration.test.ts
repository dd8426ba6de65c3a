import fc from 'fast-check';
import { durationCode, durationText, parseDuration } from '../../../layers/text/duration';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('a duration', () => {
  test.each([
    ['24h', day],
    ['90m', 90 * minute],
    ['1d12h', 36 * hour],
    ['45s', 45_000],
    ['0h', 0],
    ['007m', 7 * minute],
  ])('%s is read', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each(['', '24', 'h', '24 h', '-1h', '1.5h', '1w', '24H', 'PT24H', ' 24h', '1h,2m'])("'%s' is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test('is written as it is read', () => {
    expect([24 * hour, 7 * day, 36 * hour, 90 * minute, 45_000, 2 * hour].map(durationCode)).toEqual(['24h', '7d', '36h', '90m', '45s', '2h']);
    fc.assert(
      fc.property(fc.nat({ max: 9_000_000_000_000 }), (seconds) => {
        expect(parseDuration(durationCode(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
    // Of more than anybody waits it is enough that it can be read.
    for (const endless of [1e30, Number.POSITIVE_INFINITY]) expect(parseDuration(durationCode(endless))).toBeGreaterThan(1e15);
  });

  test('is the sum of its parts, in any order', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(99), fc.nat(99), (days, hours, minutes) => {
        expect(parseDuration(`${minutes}m${days}d${hours}h`)).toBe(days * day + hours * hour + minutes * minute);
      }),
    );
  });
});

describe('the text of a duration', () => {
  test.each([
    [0, 'less than a minute'],
    [minute - 1, 'less than a minute'],
    [minute, '1 min'],
    [59 * minute, '59 min'],
    [hour, '1 h'],
    [hour + 20 * minute, '1 h 20 min'],
    [day, '24 h'],
    [2 * day - minute, '47 h 59 min'],
    [2 * day, '2 days'],
    [30 * day + hour, '30 days'],
  ])('of %d ms is %s', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });
});
