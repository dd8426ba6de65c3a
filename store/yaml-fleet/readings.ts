/**
 * Plain scalars as YAML 1.1 resolves them (yaml.org/type, and PyYAML where it is narrower), beside what YAML 1.2 makes of
 * them. Fleets were read by Python and Go so far: whatever they read otherwise must not change its meaning in silence.
 */
export interface Reading {
  /** A boolean that 1.2 takes for a string: `yes`, `off`. Read as it always was. */
  readonly boolean?: boolean;
  /** What the two versions make of it, in words, where it is not the same; and how to write what is no text. */
  readonly doubt?: { readonly in11: string; readonly in12: string; readonly plain?: string };
}

const booleans = /^(yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;
const yes = /^(yes|on)$/i;
const nulls = /^(~|null|Null|NULL)?$/;
const binary = /^[-+]?0b[01_]+$/;
const octal = /^[-+]?0[0-7_]+$/;
const decimal = /^[-+]?(0|[1-9][0-9_]*)$/;
const hexadecimal = /^[-+]?0x[0-9a-fA-F_]+$/;
const sexagesimal = /^[-+]?([1-9][0-9_]*(:[0-5]?[0-9])+|[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*)$/;
const float = /^([-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?)$/;
const special = /^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;
const timestamp = /^(\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?([Tt]|[ \t]+)\d\d?:\d\d:\d\d(\.\d*)?([ \t]*(Z|[-+]\d\d?(:\d\d)?))?)$/;

const same: Reading = {};
const readings = new Map<string, Reading>();

/**
 * How a plain scalar reads.
 *
 * @param source as it is written
 * @param in12   what YAML 1.2 makes of it
 */
export function readingOf(source: string, in12: unknown): Reading {
  let reading = readings.get(source);
  if (!reading) {
    reading = compare(source, in12);
    if (readings.size > 10_000) readings.clear();
    readings.set(source, reading);
  }
  return reading;
}

function compare(source: string, in12: unknown): Reading {
  if (booleans.test(source)) return { boolean: yes.test(source) };
  const in11 = resolve(source);
  const isSame = in11.value === in12 || (Number.isNaN(in11.value) && Number.isNaN(in12));
  if (isSame && in11.kind === undefined) return same;
  const numbers = [in11.value, in12].filter((value) => typeof value === 'number' && Number.isFinite(value));
  const plain = in11.plain ?? (numbers.length > 0 ? numbers.join(' or ') : undefined);
  return { doubt: { in11: in11.kind ?? inWords(in11.value), in12: inWords(in12), ...(plain === undefined ? {} : { plain }) } };
}

/** @returns the value; `kind` says what it is where no JSON value is equal to it, or where parsers do not agree */
function resolve(source: string): { readonly value?: unknown; readonly kind?: string; readonly plain?: string } {
  // The types of YAML 1.1 have it as a boolean, PyYAML and go-yaml as a string.
  if (/^[yYnN]$/.test(source)) return { kind: `the boolean ${/y/i.test(source)}`, plain: String(/y/i.test(source)) };
  if (nulls.test(source)) return { value: null };
  if (/^(true|True|TRUE|false|False|FALSE)$/.test(source)) return { value: source.toLowerCase() === 'true' };
  if (source === '=' || source === '<<') return { kind: 'a special value' };
  if (timestamp.test(source)) return { kind: 'a date' };
  const digits = source.replaceAll('_', '').replace(/^[-+]/, '');
  const sign = source.startsWith('-') ? -1 : 1;
  if (binary.test(source)) return { value: sign * Number.parseInt(digits.slice(2), 2) };
  if (octal.test(source)) return { value: sign * Number.parseInt(digits, 8) };
  if (decimal.test(source) || float.test(source)) return { value: sign * Number(digits) };
  if (hexadecimal.test(source)) return { value: sign * Number.parseInt(digits.slice(2), 16) };
  if (sexagesimal.test(source)) return { value: sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) };
  if (special.test(source)) return { value: /nan/i.test(source) ? Number.NaN : sign * Number.POSITIVE_INFINITY };
  return { value: source };
}

function inWords(value: unknown): string {
  if (typeof value === 'number') return `the number ${String(value)}`;
  return typeof value === 'string' ? `the string '${value}'` : value === null ? 'null' : `the boolean ${String(value)}`;
}
