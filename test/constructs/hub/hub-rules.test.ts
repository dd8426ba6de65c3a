import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hubRules } from '../../../constructs/hub/check/hub-rules';

const folder = join(__dirname, '../../../constructs/hub/check');

test('every rule of hubs is in the one list, once, and has a file of its own', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const written = files.flatMap((file) => {
    const rules = [...readFileSync(join(folder, file), 'utf8').matchAll(/^export function\*? (\w+)\([^)]*: HubSubject\): (?:Generator|Iterable)/gm)];
    expect([file, rules.length]).toEqual([file, Math.min(rules.length, 1)]);
    return rules.map(([, name]) => name);
  });
  expect(written.length).toBeGreaterThan(40);
  expect(hubRules.map(({ rule }) => rule.name).sort()).toEqual(written.sort());
});
