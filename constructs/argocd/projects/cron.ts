/** What may stand in each place of a schedule: numbers, or names of them. */
interface Place {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const places: readonly Place[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, names: months },
  { name: 'day of the week', from: 0, to: 6, names: days },
];

/** What is wrong with a schedule; `expected` where that is more than the form of all. */
export interface CronFault {
  readonly message: string;
  readonly hint?: string;
}

/** The form of a schedule, in words. */
export const cronForm = 'minute, hour, day of the month, month and day of the week, such as `0 22 * * 5`';

/** Reads a schedule as Argo CD does (argo-cd, `InlineSyncWindow.Validate`: robfig/cron with five fields, no words for all of them). */
export function cronFault(schedule: string): CronFault | undefined {
  const text = schedule.replace(/^(CRON_)?TZ=\S* /, '').trim();
  if (text.startsWith('@')) return { message: 'it is a word, and Argo CD reads fields only', hint: wordHints[text] };
  const fields = text === '' ? [] : text.split(/\s+/);
  if (fields.length !== places.length) {
    const hint = fields.length === 6 ? 'Argo CD knows no seconds: leave the first field out' : undefined;
    return { message: `it has ${fields.length === 1 ? 'one field' : `${fields.length} fields`} and not five`, hint };
  }
  for (const [index, place] of places.entries()) {
    const fault = faultIn(fields[index] as string, place);
    if (fault) return fault;
  }
  return undefined;
}

const wordHints: Readonly<Record<string, string>> = {
  '@hourly': 'write `0 * * * *`',
  '@daily': 'write `0 0 * * *`',
  '@midnight': 'write `0 0 * * *`',
  '@weekly': 'write `0 0 * * 0`',
  '@monthly': 'write `0 0 1 * *`',
  '@yearly': 'write `0 0 1 1 *`',
  '@annually': 'write `0 0 1 1 *`',
};

function faultIn(field: string, place: Place): CronFault | undefined {
  const parts = field.split(',').filter((part) => part !== '');
  if (parts.length === 0) return { message: `the ${place.name} '${field}' says nothing` };
  for (const part of parts) {
    const fault = faultInPart(part, place);
    if (fault) return fault;
  }
  return undefined;
}

function faultInPart(part: string, place: Place): CronFault | undefined {
  const [range = '', step, ...more] = part.split('/');
  const [low = '', high, ...beyond] = range.split('-');
  if (more.length > 0 || beyond.length > 0) return { message: `the ${place.name} '${part}' cannot be read` };
  if (step !== undefined && !/^[1-9]\d*$/.test(step)) return { message: `the ${place.name} '${part}' has no step after the slash` };
  if (low === '*' || low === '?') return high === undefined ? undefined : { message: `the ${place.name} '${part}' cannot be read` };
  const [from, to] = [numberOf(low, place), high === undefined ? undefined : numberOf(high, place)];
  for (const [text, number] of [[low, from] as const, ...(high === undefined ? [] : [[high, to] as const])]) {
    if (number === undefined) return { message: `the ${place.name} '${text}' is no number${place.names ? ` and none of ${place.names.join(', ')}` : ''}` };
    if (number < place.from || number > place.to) {
      const hint = place.names === days && number === 7 ? 'Sunday is 0' : undefined;
      return { message: `the ${place.name} '${text}' is not between ${place.from} and ${place.to}`, hint };
    }
  }
  if (from !== undefined && to !== undefined && from > to) return { message: `the ${place.name} '${part}' ends before it begins` };
  return undefined;
}

function numberOf(text: string, { names, from }: Place): number | undefined {
  const index = names?.indexOf(text.toLowerCase()) ?? -1;
  if (index >= 0) return index + from;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Seconds of a duration as Go writes them (`1h30m`); `undefined` where it is none. It has no days. */
export function goDuration(text: string): number | undefined {
  const [, sign = '', parts = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  if (parts === '0') return 0;
  if (!/^((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(parts)) return undefined;
  const seconds = [...parts.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
  return sign === '-' ? -seconds : seconds;
}

const units: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };
