import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../../long-test';
import { isLongForm, runs } from '../../runs';

// A campaign is a process that runs many others.
jest.setTimeout(300_000);

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

longTest(
  'random fleets render what the oracle says, random commands keep every law, and neither kills, full disks nor commands at once tear anything',
  async () => {
    // Sequences, kills, disks and commands at once are many commands each: the long form has them.
    const atLength = isLongForm ? { sequences: runs(2), kills: runs(5), disks: runs(1), concurrent: runs(2) } : {};
    const counts = { fleets: runs(24), ...atLength };
    const flags = Object.entries(counts).flatMap(([name, count]) => [`--${name}`, String(count)]);
    const { status, output } = await campaign(...flags, '--seed', '20261126');
    const done = Object.entries(counts).map(([name, count]) => `${count} ${name}, `);
    expect(output).toBe(`seed 20261126\n${done.join('')}0 failures\n`);
    expect(status).toBe(0);
  },
);

longTest.each([[[]], [['--kills', 'many']]])('nothing to do is answered with how to ask: %j', async (args) => {
  expect(await campaign(...args)).toEqual({ status: 1, output: expect.stringContaining('Usage: npm run campaign') });
});

test('the oracle shares no code with the product', () => {
  const folder = join(__dirname, 'oracle');
  const model = ['fleet-model.ts'];
  const texts = [...readdirSync(folder).map((file) => join(folder, file)), ...model.map((file) => join(__dirname, file))].map((file) =>
    readFileSync(file, 'utf8'),
  );
  const imported = texts.flatMap((text) => [...text.matchAll(/\bfrom '([^']+)'|\b(?:require|import)\('([^']+)'\)/g)].map(([, from, called]) => from ?? called));
  const allowed = /^(node:util|yaml|\.\.\/fleet-model|\.\/(expected|go-template|layers|recorded))$/;
  expect(imported.length).toBeGreaterThan(5);
  expect(imported.filter((from) => !allowed.test(from ?? ''))).toEqual([]);
});
