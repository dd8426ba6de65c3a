import type { RuleConfig } from '../../../layers/law/own-rule';

/** A rule of a fleet's own, with the types of what it gets and yields. @returns its argument */
export function defineRule(rule: RuleConfig): RuleConfig {
  return rule;
}

/** Rules of a fleet's own, by which `fleet check --since` judges beside its own: `config/rules.ts` exports what this returns. @returns its argument */
export function defineRules(rules: readonly RuleConfig[]): readonly RuleConfig[] {
  return rules;
}
