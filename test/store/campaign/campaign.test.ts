import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Each campaign is a process that runs many others.
jest.setTimeout(180_000);

/** The campaign as somebody runs it. A short one, and the same every time: `npm run campaign` does more. */
async function campaign(...args: readonly string[]): Promise<{ readonly status: number | null; readonly output: string }> {
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'main.ts'), ...args], {
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output: Buffer.concat(chunks).toString('utf8') };
}

const seed = 20_261_126;

test.each([
  ['fleets', 24, 'random fleets render what the oracle says, alike in TypeScript and in YAML'],
  ['sequences', 2, 'random commands, edits and merges keep every law'],
  ['kills', 5, 'killed commands tear nothing, and the next one finishes or undoes'],
  ['disks', 1, 'full disks are told, and tear nothing'],
  ['concurrent', 2, 'commands at once give what one order gives'],
])('of %s, %i: %s', async (name, count) => {
  const { status, output } = await campaign(`--${name}`, String(count), '--seed', String(seed));
  expect(output).toBe(`seed ${seed}\n${count} ${name}, 0 failures\n`);
  expect(status).toBe(0);
});

test('nothing to do is answered with how to ask', async () => {
  expect(await campaign()).toEqual({ status: 1, output: expect.stringContaining('Usage: npm run campaign') });
  expect(await campaign('--kills', 'many')).toEqual({ status: 1, output: expect.stringContaining('Usage: npm run campaign') });
});

test('the oracle shares no code with the product', () => {
  const folder = join(__dirname, 'oracle');
  const model = ['fleet-model.ts'];
  const texts = [...readdirSync(folder).map((file) => join(folder, file)), ...model.map((file) => join(__dirname, file))].map((file) =>
    readFileSync(file, 'utf8'),
  );
  const imported = texts.flatMap((text) => [...text.matchAll(/\bfrom '([^']+)'|\b(?:require|import)\('([^']+)'\)/g)].map(([, from, called]) => from ?? called));
  const allowed = /^(node:util|yaml|\.\.\/fleet-model|\.\/(expected|go-template|layers))$/;
  expect(imported.length).toBeGreaterThan(5);
  expect(imported.filter((from) => !allowed.test(from ?? ''))).toEqual([]);
});
