import type { Plain } from '../../../../layers/layer';
import { nearest } from '../../../../layers/text/nearest';
import { hasToken } from '../../../../layers/text/token';
import type { ManifestRule, Remark, Spec } from '../../manifest-rule';
import { cronFault, cronForm, goDuration } from '../../projects/cron';
import { itemsIn } from '../../projects/items';

/**
 * What Argo CD finds out only when it is asked whether a sync is allowed, and then allows none: a window that cannot be read
 * (argo-cd, `InlineSyncWindow.Validate`), and one that is for nothing.
 */
export const syncWindows: ManifestRule = ({ written }) => itemsIn(written, 'syncWindows').flatMap(({ item, path }) => remarksOn(item, path));

function remarksOn(window: Spec, path: readonly string[]): readonly Remark[] {
  const key = path[path.length - 1] ?? '';
  const name = path.slice(1).join('.');
  const remarks: Remark[] = [];
  for (const [field, expected] of [
    ['kind', "'allow' or 'deny'"],
    ['schedule', cronForm],
    ['duration', 'how long it is open, such as `8h`'],
  ] as const) {
    if (window[field] === undefined)
      remarks.push({ code: 'missing-field', path: [...path, field], message: `the sync window ${key} needs '${field}'`, expected });
  }
  const texts = (field: string) => (typeof window[field] === 'string' && !hasToken(window[field]) ? window[field] : undefined);
  const schedule = texts('schedule');
  const fault = schedule === undefined ? undefined : cronFault(schedule);
  if (fault) {
    const message = `'${name}.schedule' is no schedule: ${fault.message}`;
    remarks.push({ code: 'invalid-field', path: [...path, 'schedule'], message, expected: cronForm, found: `'${schedule}'`, hint: fault.hint });
  }
  const duration = texts('duration');
  if (duration !== undefined) remarks.push(...durationRemarks(duration, [...path, 'duration'], name));
  const isFor = ['applications', 'namespaces', 'clusters'].some((field) => isSaidOf(window[field]));
  if (!isFor) {
    remarks.push({
      code: 'missing-field',
      path,
      message: `the sync window ${key} is for nothing`,
      expected: "'applications', 'namespaces' or 'clusters', as lists of patterns",
      hint: "for all that the project has, write `applications: ['*']`",
    });
  }
  const zone = texts('timeZone');
  if (zone !== undefined && !isTimeZone(zone)) remarks.push(zoneRemark(zone, [...path, 'timeZone'], name));
  return remarks;
}

/** What is no list has another mistake. */
function isSaidOf(list: Plain | undefined): boolean {
  return list !== undefined && !(Array.isArray(list) && list.length === 0);
}

function durationRemarks(duration: string, path: readonly string[], name: string): readonly Remark[] {
  const seconds = goDuration(duration);
  if (seconds !== undefined && seconds > 0) return [];
  const days = /^(\d+)d$/.exec(duration);
  return [
    {
      code: 'invalid-field',
      path,
      message: `'${name}.duration' is ${seconds === undefined ? 'no duration' : 'no time at all'}`,
      expected: 'hours, minutes and seconds, such as `8h` or `1h30m`',
      found: `'${duration}'`,
      hint: days ? `Argo CD knows no days: write \`${Number(days[1]) * 24}h\`` : undefined,
    },
  ];
}

/** Argo CD takes UTC where it does not know a zone, and says so in its log only. */
function zoneRemark(zone: string, path: readonly string[], name: string): Remark {
  const meant = nearest(zone, Intl.supportedValuesOf('timeZone'));
  return {
    code: 'invalid-field',
    severity: 'warning',
    path,
    message: `'${name}.timeZone' is no time zone that is known: Argo CD would take UTC`,
    expected: 'a name of the IANA database, such as `Europe/Berlin`',
    found: `'${zone}'`,
    hint: meant === undefined ? undefined : `did you mean '${meant}'?`,
  };
}

function isTimeZone(zone: string): boolean {
  if (/^[-+\d]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
