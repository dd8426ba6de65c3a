import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fleetRules } from '../../constructs/check/fleet-rules';

const folder = join(__dirname, '../../constructs/check');

/** What rules share, of both topologies, and what only `fleet check` asks for. */
const shared = ['app-rollouts', 'chart-values', 'compared-layers', 'needs', 'slip-problem'];

const files = readdirSync(folder, { withFileTypes: true })
  // Of debt, which is not in the table.
  .filter((entry) => entry.isDirectory() && entry.name !== 'debt')
  .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => file.replace(/\.ts$/, '')))
  .filter((file) => !shared.includes(file));

const camelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

test('every rule has a file that is called after it, and every file is a rule of the table', () => {
  expect(fleetRules.map(({ rule }) => rule.name).sort()).toEqual(files.map(camelCase).sort());
});
