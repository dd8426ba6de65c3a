import type { ProblemCode } from './problem-codes';

/** What works and should not stay: `check` alone looks for it. */
export const debtCodes = ['layer-idle', 'layer-hidden', 'patch-stalled', 'app-unowned', 'undeclared-difference'] as const satisfies readonly ProblemCode[];

/** One of {@link debtCodes}. */
export type DebtCode = (typeof debtCodes)[number];

/** Findings that may be none: whoever knows better says so, with a reason. Each is called by its code and by where or what it is. */
export const silencedCodes = [
  'project',
  'secret-value',
  'value-key',
  'value-type',
  'sync-option',
  'no-namespace',
  'floating-version',
  'chart-value',
  'folder-size',
  ...debtCodes,
] as const satisfies readonly ProblemCode[];

/** One of {@link silencedCodes}. */
export type SilencedCode = (typeof silencedCodes)[number];

/** What a finding is called by whoever silences it: `value-key source.helm.valuesObject.webhok`. */
export function silenceKey(code: string, key: string): string {
  return `${code} ${key}`;
}

/** What to write where a finding is none, behind what to do where it is one. @param key what it is called by */
export function silenceHint(code: SilencedCode, key: string, advice = ''): string {
  const silence = `f it is meant so, say why in the file of the app: \`silence: { '${silenceKey(code, key)}': 'why' }\``;
  if (advice === '') return `i${silence}`;
  return advice.endsWith('?') ? `${advice} I${silence}` : `${advice}; i${silence}`;
}
