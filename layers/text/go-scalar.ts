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
