import type { Plain } from '../layer';

/** A scalar as Go has it, which tells two kinds of numbers apart. */
export interface GoScalar {
  readonly kind: 'null' | 'bool' | 'int' | 'float' | 'text';
  readonly value: Plain;
}

const words: ReadonlyMap<string, GoScalar> = new Map<string, GoScalar>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { kind: 'null', value: null }] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, { kind: 'bool', value: true }] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, { kind: 'bool', value: false }] as const),
]);

const integer = /^([-+]?)(0x[0-9a-f]+|0b[01]+|0o[0-7]+|0[0-7]*|[1-9]\d*)$/i;
const float = /^[-+]?(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?$/i;

/**
 * What Argo CD, Helm and kubectl take a scalar for that stands without quotation marks: that of go.yaml.in/yaml v2 (`resolve.go`),
 * as JSON holds it.
 *
 * @param refuse is told of numbers that JSON cannot hold
 */
export function goScalar(text: string, refuse: (message: string) => void): Plain {
  return goScalarOf(text, refuse).value;
}

/** The same, and of which kind it is. */
export function goScalarOf(text: string, refuse: (message: string) => void): GoScalar {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (/^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/.test(text)) {
    refuse(`JSON has no number ${text}`);
    return { kind: 'float', value: text };
  }
  // Dates stay texts, and match neither.
  const plain = /^[-+\d]/.test(text) ? text.replaceAll('_', '') : text;
  const [, sign, digits = ''] = integer.exec(plain) ?? [];
  if (sign !== undefined) {
    const size = BigInt(/^0\d/.test(digits) ? `0o${digits}` : digits);
    if (size > Number.MAX_SAFE_INTEGER) refuse(`the number ${text} is too large to be kept exactly`);
    return { kind: 'int', value: Number(sign === '-' ? -size : size) };
  }
  const number = float.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(number) ? { kind: 'float', value: number } : { kind: 'text', value: text };
}

/**
 * What becomes of a key that is a number with a point or an exponent: sigs.k8s.io/yaml writes it as Go writes a float of 32 bits
 * (`FormatFloat`, 'g'): of 1234567.0 the key is 1.234567e+06.
 */
export function goFloatKey(value: number): string {
  const rounded = Math.fround(value);
  if (rounded === 0) return Object.is(rounded, -0) ? '-0' : '0';
  if (!Number.isFinite(rounded)) return rounded < 0 ? '-.inf' : '.inf';
  // The shortest text that is this float.
  let precision = 0;
  while (Math.fround(Number(rounded.toExponential(precision))) !== rounded) precision += 1;
  const digits = mantissa(rounded, precision);
  const power = Number(rounded.toExponential(precision).split('e')[1]);
  if (power >= -4 && power < 6) return String(Number(`${digits}e${power}`));
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** Of two texts that are as near Go takes the one that ends even, where JavaScript takes the larger one. */
function mantissa(value: number, precision: number): string {
  const kept = new RegExp(`^-?\\d${precision === 0 ? '' : `\\.\\d{${precision}}`}`);
  const exact = value.toExponential(100);
  const [shorter = ''] = kept.exec(exact) ?? [];
  const isBetween = /^\.?50*e/.test(exact.slice(shorter.length));
  return isBetween && /[02468]$/.test(shorter) ? shorter : (value.toExponential(precision).split('e')[0] as string);
}
