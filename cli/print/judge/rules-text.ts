import type { Rule } from '../../../changes/judge/rule';
import { paintFor } from '../print';
import { withoutControls } from '../without-controls';

/** A rule, and whose it is. */
export interface ListedRule {
  readonly rule: Rule;
  /** Where it is written. @default - it is the tool's own */
  readonly file?: string;
}

export function rulesText(rules: readonly ListedRule[]): string {
  const paint = paintFor(process.stdout);
  return rules
    .map(({ rule: { id, what, why, wayOut }, file }) => {
      const rows = [['why', why], ['way out', wayOut], ...(file === undefined ? [] : [['in', file]])] as const;
      const lines = rows.map(([label = '', text = '']) => `  ${paint.label(label.padEnd(7))}  ${withoutControls(text)}`);
      return [`${paint.bold(withoutControls(id))}: ${withoutControls(what)}`, ...lines].join('\n');
    })
    .join('\n\n');
}

export function rulesData(rules: readonly ListedRule[]) {
  return rules.map(({ rule: { id, what, why, wayOut }, file }) => ({ id, what, why, wayOut, ...(file === undefined ? {} : { file }) }));
}
