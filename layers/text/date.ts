/** Which moment of a day, or of a minute, is meant where no more is said. */
export type Edge = 'start' | 'end';

const form = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** Whether a text is written as a date is, be there such a day or not. */
export function isDateText(text: string): boolean {
  return form.test(text);
}

/**
 * The moment that a date tells: `2026-11-01`, `2026-11-01T10:00`, `2026-11-01T10:00:30Z`, `2026-11-01T10:00+01:00`. Without an
 * offset it is one of a zone.
 *
 * @param edge which end of the day a date without a time means
 * @param zone of a date without an offset: that of this machine, or the same everywhere
 * @returns in milliseconds; `undefined` where it is no date, or there is no such day or time
 */
export function tryReadDate(text: string, edge: Edge, zone: 'here' | 'UTC' = 'here'): number | undefined {
  const [, year = '', month = '', day = '', hour, minute = '', second = '00', offset = ''] = form.exec(text) ?? [];
  if (year === '' || Number(day) < 1 || Number(day) > daysOf(Number(year), Number(month))) return undefined;
  if (Number(hour ?? 0) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const time = hour === undefined ? (edge === 'start' ? '00:00:00.000' : '23:59:59.999') : `${hour}:${minute}:${second}.000`;
  const shift = offset === '' ? (zone === 'UTC' ? 'Z' : '') : offset.toUpperCase() === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  const moment = Date.parse(`${year}-${month}-${day}T${time}${shift}`);
  return Number.isNaN(moment) ? undefined : moment;
}

/** The day of a moment, in the time zone of this machine. */
export function dayOf(moment: number): string {
  const date = new Date(moment);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(String);
  return [parts[0]?.padStart(4, '0'), parts[1]?.padStart(2, '0'), parts[2]?.padStart(2, '0')].join('-');
}

/** @param month one-based; 0 days where there is none */
function daysOf(year: number, month: number): number {
  return month < 1 || month > 12 ? 0 : month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
