/** What no manifest may hold, as it may stand among values. */
export interface BadValue {
  /** The same every time: functions are called for every target. */
  readonly value: unknown;
  readonly code: 'not-plain-data' | 'token-broken' | 'handwritten-expression';
  /** Whether it stands in a list only: a map leaves it out. @default false */
  readonly inListsOnly?: boolean;
}

class Box {
  readonly content = 1;
}

/** A text as the tool marks a token, with the check sum that tokens once had, as anybody can write it into a file. */
export const forgedToken = forged('name', 'name');

function forged(key: string, origin: string): string {
  const text = [key, origin, ''].join('\uE0F2');
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (sum * 31 + text.charCodeAt(at)) % 1_000_003;
  return `\uE0F0${text}\uE0F2${sum}\uE0F1`;
}

export const badValues: Readonly<Record<string, BadValue>> = {
  undefined: { value: undefined, code: 'not-plain-data', inListsOnly: true },
  NaN: { value: Number.NaN, code: 'not-plain-data' },
  Infinity: { value: Number.POSITIVE_INFINITY, code: 'not-plain-data' },
  // A function is asked for what it says of the target, and that is a function again.
  'a function': { value: () => () => 1, code: 'not-plain-data' },
  'a symbol': { value: Symbol('x'), code: 'not-plain-data' },
  'a bigint': { value: 5n, code: 'not-plain-data' },
  'a date': { value: new Date(0), code: 'not-plain-data' },
  'a Map': { value: new Map([['a', 1]]), code: 'not-plain-data' },
  'an instance of a class': { value: new Box(), code: 'not-plain-data' },
  'a lone surrogate': { value: 'x\ud800', code: 'not-plain-data' },
  'a lone surrogate of the other kind': { value: '\udc00x', code: 'not-plain-data' },
  'what only looks like a token': { value: `x-${forgedToken}`, code: 'token-broken' },
  'a stray private character': { value: 'x\uE0F2', code: 'token-broken' },
  'an expression written by hand': { value: '{{ .Values.cluster.name }}', code: 'handwritten-expression' },
};

/** Keys that no manifest may hold. */
export const badKeys: Readonly<Record<string, { readonly key: string; readonly code: BadValue['code'] }>> = {
  'a lone surrogate': { key: 'x\ud800', code: 'not-plain-data' },
  'what only looks like a token': { key: forgedToken, code: 'token-broken' },
  'an expression written by hand': { key: '{{ .Values.cluster.name }}', code: 'handwritten-expression' },
};
