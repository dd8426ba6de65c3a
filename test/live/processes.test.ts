import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, Processes } from './processes';
import { until } from './until';

const folder = mkdtempSync(join(tmpdir(), 'fleet-processes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie has ended, and waits for its parent only.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const pidOf = (name: string) => Number(readFileSync(join(folder, name), 'utf8'));
const written = async () => (existsSync(join(folder, 'outer')) && existsSync(join(folder, 'inner')) && pidOf('outer') > 0 ? undefined : 'no process ids');

async function untilEnded(pids: readonly number[]): Promise<void> {
  await until('all processes have ended', 15, async () => pids.filter(isAlive).join(', ') || undefined, 50);
}

beforeEach(() => {
  for (const name of ['inner', 'outer']) rmSync(join(folder, name), { force: true });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends what was started, and what that started', async (signal, status) => {
  const suite = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'sleeper.ts'), folder], { stdio: 'ignore' });
  const end = new Promise((resolve) => suite.once('exit', resolve));
  await until('the sleeper runs', 60, written, 50);
  const pids = [pidOf('inner'), pidOf('outer')];
  expect(pids.filter(isAlive)).toEqual(pids);
  suite.kill(signal);
  expect(await end).toBe(status);
  await untilEnded(pids);
});

test('a failure that nobody caught ends what was started', async () => {
  const suite = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'sleeper.ts'), folder, 'throw'], { stdio: 'ignore' });
  const end = new Promise((resolve) => suite.once('exit', resolve));
  await until('the sleeper runs', 60, written, 50);
  const pids = [pidOf('inner'), pidOf('outer')];
  expect(await end).toBe(1);
  await untilEnded(pids);
});

test('one of several is ended, with what it started', async () => {
  const processes = new Processes(join(folder, 'logs'));
  try {
    await processes.start('one', { command: 'sh', args: ['-c', 'sleep 600 & echo $! > inner; echo $$ > outer; wait'], cwd: folder });
    await processes.start('other', { command: 'sleep', args: ['600'] });
    await until('it runs', 20, written, 50);
    const pids = [pidOf('inner'), pidOf('outer')];
    await processes.stop('one');
    await untilEnded(pids);
    expect([processes.has('one'), processes.has('other')]).toEqual([false, true]);
    expect(processes.lost()).toEqual([]);
  } finally {
    await processes.stopAll();
  }
  expect(processes.has('other')).toBe(false);
});

test('a program that ends before it serves is an error with what it said last', async () => {
  const processes = new Processes(join(folder, 'logs'));
  const broken = { command: 'sh', args: ['-c', 'echo no such file >&2; exit 3'], ready: async () => 'nobody listens' };
  await expect(processes.start('broken', broken)).rejects.toThrow('broken ended with status 3:\nno such file');
  expect(processes.lost()).toEqual(['broken ended with status 3:\nno such file']);
  await processes.stopAll();
});

test('a program that is not there is an error, too', async () => {
  const processes = new Processes(join(folder, 'logs'));
  const ready = async () => 'nobody listens';
  await expect(processes.start('absent', { command: '/nowhere/absent', args: [], ready })).rejects.toThrow('absent spawn /nowhere/absent ENOENT');
  await processes.stopAll();
});

test('a program that never serves is told with what it waits for, and ends', async () => {
  const processes = new Processes(join(folder, 'logs'));
  const late = { command: 'sleep', args: ['600'], ready: async () => 'nobody listens', patience: 0.5 };
  await expect(processes.start('late', late)).rejects.toThrow('waited 1.5 s until late serves, and found: nobody listens');
  await processes.stopAll();
  expect(processes.has('late')).toBe(false);
});

test('a free port is one of this machine alone', async () => {
  const port = await freePort();
  await new Promise<void>((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
});

test('while everything is ended, nothing is started that nobody would end', async () => {
  const processes = new Processes(join(folder, 'closed'));
  await processes.stopAll();
  await expect(processes.start('late', { command: process.execPath, args: [] })).rejects.toThrow('late is not started: everything is being ended');
  expect(processes.has('late')).toBe(false);
});
