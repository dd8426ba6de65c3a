import type { ConfigFile, ConfigFiles } from '../../layers/config-files';
import type { Finding } from '../../layers/consequences';
import { lawRules } from '../../layers/law/law';
import type { RuleConfig } from '../../layers/law/own-rule';
import { describe, isMap } from '../../layers/plain-data';
import { readFields } from '../../layers/shape/read-fields';
import { ruleShape } from '../../layers/shape/rule-shape';
import { type FleetTree, ownRulesFile } from '../tree/fleet-tree';
import { readWithPlaces } from './read-export';

const id = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Declares what `rules.ts` lists. What is wrong with one is reported, and it judges nothing. */
export function declareRules(fleet: FleetTree, { rules: file, hasUnreadRules = false }: ConfigFiles, problems: Finding[]): void {
  const found: Finding[] = [];
  if (file)
    for (const [index, rule] of readWithPlaces(file, found, (own) => readRules(file, own))) fleet.addRule(rule, { config: file, keys: [String(index)] });
  // What an exemption names may be one of those that could not be read.
  if (hasUnreadRules || found.length > 0) fleet.addUnread(ownRulesFile, ownRulesFile);
  problems.push(...found);
}

function readRules({ file, content }: ConfigFile, problems: Finding[]): readonly (readonly [number, RuleConfig])[] {
  const expected = 'a list of { id, what, why, wayOut, judge }';
  if (!Array.isArray(content)) {
    problems.push({ code: 'config-shape', message: 'the rules cannot be read', file, place: [], expected, found: describe(content) });
    return [];
  }
  const taken = new Set<string>();
  return content.flatMap((item: unknown, index) => {
    const place = [String(index)];
    if (!isMap(item)) {
      problems.push({
        code: 'config-shape',
        message: 'a rule cannot be read',
        file,
        place,
        expected: expected.replace('a list of ', ''),
        found: describe(item),
      });
      return [];
    }
    const rule = readFields(item, ruleShape, { file, place, noun: 'the rule' }, problems);
    const { id, what, why, wayOut, judge } = rule;
    if (id === undefined || what === undefined || why === undefined || wayOut === undefined || judge === undefined) return [];
    if (!isUsable(id, taken, { file, place: [...place, 'id'] }, problems)) return [];
    taken.add(id);
    return [[index, { id, what, why, wayOut, judge }] as const];
  });
}

function isUsable(name: string, taken: ReadonlySet<string>, at: Pick<Finding, 'file' | 'place'>, problems: Finding[]): boolean {
  if (!id.test(name)) {
    const expected = "lower-case words joined by '-': 'cpu-limit'";
    problems.push({ code: 'invalid-name', message: `'${name}' cannot be the id of a rule`, ...at, expected });
    return false;
  }
  if (lawRules.includes(name)) {
    const message = `'${name}' is a rule of the tool itself`;
    problems.push({ code: 'duplicate-name', message, ...at, hint: 'give it an id of its own; `npx fleet check --rules` lists those that there are' });
    return false;
  }
  if (taken.has(name)) problems.push({ code: 'duplicate-name', message: `two rules are called '${name}'`, ...at, hint: 'rename or remove one of them' });
  return !taken.has(name);
}
