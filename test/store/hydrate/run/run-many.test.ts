import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

let around: string;

beforeEach(() => {
  around = mkdtempSync(join(tmpdir(), 'run-many-'));
  mkdirSync(join(around, 'files'));
});

afterEach(() => rmSync(around, { recursive: true, force: true }));

/** A run of shell scripts, in a group of its own, as a terminal starts a command. */
function runMany(scripts: readonly string[], more: object = {}): ChildProcess {
  const folder = join(around, 'files');
  const jobs = scripts.map((script, index) => ({ program: '/bin/sh', args: ['-c', script], output: join(folder, `${index}.yaml`) }));
  const limits = { processes: 2, patience: 60_000, maxOutput: 1e6, pause: 0, memory: 2 ** 33, whole: { time: 60_000, output: 1e6 } };
  const order = { cwd: folder, around, env: { PATH: process.env.PATH }, jobs, ...limits, ...more };
  const child = spawn(process.execPath, [require.resolve('../../../../store/hydrate/run/run-many.js')], { detached: true });
  child.stdin.end(JSON.stringify(order));
  return child;
}

const ended = (child: ChildProcess) => new Promise((resolve) => child.on('close', resolve));

async function until(isSo: () => boolean): Promise<boolean> {
  for (const end = Date.now() + 5_000; Date.now() < end; await wait(20)) if (isSo()) return true;
  return false;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** As Helm does, it catches what should end it; and it has begun another program. */
const stubborn = (file: string) => `trap '' INT TERM HUP; sleep 60 & echo "$$ $!" > ${file}.new; mv ${file}.new ${file}; while :; do sleep 1; done`;

(process.platform === 'linux' ? describe : describe.skip)('a run of programs leaves none', () => {
  test.each<readonly [NodeJS.Signals, leaves: boolean]>([
    ['SIGINT', false],
    ['SIGTERM', false],
    ['SIGHUP', false],
    ['SIGKILL', true],
  ])('where its group gets %s', async (signal, leaves) => {
    const pids = join(tmpdir(), `run-many-${process.pid}-${signal}`);
    const child = runMany([stubborn(pids)]);
    try {
      expect(await until(() => existsSync(pids))).toBe(true);
      const started = readFileSync(pids, 'utf8').trim().split(' ').map(Number);
      expect(started.map(isRunning)).toEqual([true, true]);
      const end = ended(child);
      process.kill(-(child.pid as number), signal);
      await end;
      expect(await until(() => !started.some(isRunning))).toBe(true);
      expect(existsSync(around)).toBe(leaves);
    } finally {
      rmSync(pids, { force: true });
    }
  });

  test('nor where a program ends before what it began', async () => {
    const pids = join(around, 'pids');
    const child = runMany([`sleep 60 >/dev/null 2>&1 & echo $! > ${pids}`]);
    await ended(child);
    const pid = Number(readFileSync(pids, 'utf8'));
    expect(await until(() => !isRunning(pid))).toBe(true);
  });
});

async function results(child: ChildProcess): Promise<readonly Readonly<Record<string, unknown>>[]> {
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  await ended(child);
  return JSON.parse(text);
}

test('what all take together ends those that run, and none begins any more', async () => {
  const slow = await results(runMany(['echo a', 'exec sleep 60', 'exec sleep 60', 'echo b'], { whole: { time: 700, output: 1e6 } }));
  expect(slow.map(({ fault }) => fault)).toEqual([undefined, 'whole-time', 'whole-time', 'whole-time']);
  const large = await results(runMany(['echo a', 'exec yes', 'exec sleep 60'], { processes: 1, whole: { time: 60_000, output: 500 } }));
  expect(large.map(({ fault }) => fault)).toEqual([undefined, 'whole-output', 'whole-output']);
});

test('what failed is not run a second time', async () => {
  const file = join(around, 'files', 'runs');
  const jobs = [0, 1, 2].map((index) => ({
    ...{ program: '/bin/sh', args: ['-c', `echo x >> ${file}; exit 1`], output: join(around, `${index}.yaml`) },
    ...(index > 0 ? { after: 0 } : {}),
  }));
  expect((await results(runMany([], { jobs }))).map(({ status, fault }) => [status, fault])).toEqual([
    [1, undefined],
    [null, 'left'],
    [null, 'left'],
  ]);
  expect(readFileSync(file, 'utf8')).toBe('x\n');
});

test('a program that does not end gets as much time of processors as all of them have in its own', async () => {
  writeFileSync(join(around, 'files/x'), '');
  const child = runMany(['ulimit -t'], { patience: 7_500, processes: 2 });
  await ended(child);
  expect(readFileSync(join(around, 'files/0.yaml'), 'utf8').trim()).toBe(process.platform === 'linux' ? '17' : expect.anything());
});
