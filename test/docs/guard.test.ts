import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownRules } from '../../changes/judge/rules';

const file = join(__dirname, '../../docs/guard.md');

/** The rules as a table, between the comments that hold its place. */
function withRules(text: string): string {
  const rows = ownRules.map(({ id, what, why, wayOut }) => `| \`${id}\` | ${what} | ${why} | ${wayOut} |`);
  const table = ['| rule | what it demands | why | instead |', '| --- | --- | --- | --- |', ...rows];
  return text.replace(/(<!-- rules -->\n).*?(?=<!-- rules end -->)/s, `$1${table.join('\n')}\n`);
}

test('the table of rules says what the rules say (`npm run docs` writes it)', () => {
  const text = readFileSync(file, 'utf8');
  const written = withRules(text);
  if (process.env['FLEET_DOCS'] === 'write') writeFileSync(file, written);
  else expect(text).toBe(written);
  expect(written.match(/^\| `/gm)?.length).toBeGreaterThanOrEqual(ownRules.length);
});
