import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ChartFinding } from '../../../layers/charts/chart-input';
import { inSandbox } from './sandbox';
import type { WholeLimits } from './whole-limits';

/** What a program is asked for. */
export interface Job {
  /** Absolute. */
  readonly program: string;
  readonly args: readonly string[];
  /** @default - a folder that is removed afterwards */
  readonly cwd?: string;
  /** Arguments of runs of the same program that come first, one after the other. @default - none */
  readonly before?: readonly (readonly string[])[];
  /** What it gets to know beside what all do. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What is rendered. */
export interface Rendering {
  /** How often it is rendered again, to see whether it gives the same. */
  readonly furtherRuns: number;
  /** What is said where it fails (`Helm cannot render web 1.0.0`), the command that says whether the program works, and what is rendered. */
  readonly names: { readonly failure: string; readonly check: string; readonly shown: string };
  /** @param folder is removed afterwards @param index another one for each */
  prepare(folder: string, index: number): Job;
  /** What it said is wrong, and what helps. */
  explain(ended: Pick<Ended, 'status' | 'stderr'>, folder: string): Explained;
}

interface Explained extends Pick<ChartFinding, 'found' | 'hint'> {
  /** More exactly, one for each thing that is wrong. @default - none */
  readonly findings?: readonly ChartFinding[];
}

/** What a program printed, each time; or what it said was wrong. */
export type Printed = readonly [string, ...string[]] | { readonly problems: readonly ChartFinding[] };

export interface Limits {
  /** How long a rendering may take, in milliseconds. */
  readonly patience: number;
  /** How much it may print, in bytes. */
  readonly output: number;
  /** How much memory it may have, in bytes, reserved memory included. */
  readonly memory: number;
  /** How long after a run further ones of the same begin at the earliest, in milliseconds. */
  readonly pause: number;
  /** Of all together. */
  readonly whole: WholeLimits;
}

/** How one run ended, as run-many.js says it. */
interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  readonly fault?: string;
  /** How long it took, in milliseconds. */
  readonly time: number;
  /** How much it printed, in bytes. */
  readonly size: number;
}

/**
 * Has programs render, the doubtful several times, in as many processes as there are cores, and waits for them. A program of its own waits for
 * these processes, since whoever asks waits for nothing: what code of a configuration did to this process does not reach it.
 *
 * Further runs are some time later, and in a place of the world where it is another day: charts that write down when they were
 * rendered show that by it.
 */
export function runRenderings(renderings: readonly Rendering[], limits: Limits): readonly Printed[] {
  if (renderings.length === 0) return [];
  return inSandbox(({ folder, around, env }) => {
    const output = (run: number) => join(folder, `${run}.yaml`);
    const prepared = renderings.map((rendering, index) => rendering.prepare(folder, index));
    const doubtful = renderings.flatMap(({ furtherRuns }, index) => Array.from({ length: furtherRuns }, () => index));
    const jobs = [
      ...prepared.map((job, index) => ({ ...job, output: output(index), env: { TZ: 'UTC', ...job.env } })),
      ...doubtful.map((after, index) => ({ ...prepared[after], output: output(prepared.length + index), env: { TZ: elsewhere() }, after })),
    ];
    const { patience, output: maxOutput, pause, memory, whole } = limits;
    const order = { cwd: folder, around, env, jobs, processes: availableParallelism(), patience, maxOutput, pause, memory, whole: whole.left };
    const begun = performance.now();
    // Without what Node would load before it.
    const runMany = spawnSync(process.execPath, [require.resolve('./run-many.js')], {
      input: JSON.stringify(order),
      env: { ...process.env, NODE_OPTIONS: '' },
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    if (runMany.error) throw runMany.error;
    if (runMany.status !== 0) throw new Error(`run-many.js ended with ${runMany.status ?? runMany.signal}: ${runMany.stderr}`);
    const ended = JSON.parse(runMany.stdout) as readonly Ended[];
    const shownOf = (run: number) => renderings[run < prepared.length ? run : (doubtful[run - prepared.length] as number)]?.names.shown ?? '';
    whole.take(
      performance.now() - begun,
      ended.map(({ time, size }, run) => ({ shown: shownOf(run), time, size })),
    );
    return renderings.map((rendering, index): Printed => {
      const runs = [index, ...doubtful.flatMap((after, further) => (after === index ? [prepared.length + further] : []))];
      const failed = runs.map((run) => ended[run]).find((run) => run && (run.status !== 0 || run.fault !== undefined));
      if (failed) return { problems: findings(rendering, failed, limits, folder) };
      return runs.map((run) => readFileSync(output(run), 'utf8')) as [string, ...string[]];
    });
  });
}

/** UTC + 14 where it is afternoon, UTC - 12 where it is not: another day than it is now. */
function elsewhere(): string {
  return new Date().getUTCHours() >= 12 ? 'Pacific/Kiritimati' : 'Etc/GMT+12';
}

/** What Go says where it gets no memory. */
const noMemory =
  /fatal error: .*(out of memory|cannot allocate memory)|runtime: (out of memory|cannot allocate|cannot map)|failed to (create new OS thread|reserve)|pthread_create failed/;

function findings({ names, explain }: Rendering, { fault, signal, status, stderr }: Ended, limits: Limits, folder: string): readonly ChartFinding[] {
  const code = 'chart-render';
  const message = names.failure;
  if (fault === 'whole-time' || fault === 'whole-output') return [limits.whole.finding(fault === 'whole-time' ? 'time' : 'output')];
  if (fault === 'slow') return [{ code, message: `${message}: it did not come to an end`, found: `no answer for ${limits.patience / 1000} seconds` }];
  if (fault === 'large') return [{ code, message: `${message}: it prints too much`, expected: `at most ${limits.output} bytes` }];
  if (noMemory.test(stderr)) return [{ code, message: `${message}: it takes too much memory`, expected: `at most ${limits.memory} bytes` }];
  if (fault !== undefined || signal !== null) {
    return [{ code, message, found: fault ?? `it was killed (${signal})`, hint: `see whether \`${names.check}\` works` }];
  }
  const { found, hint, findings: exact = [] } = explain({ status, stderr }, folder);
  if (exact.length > 0) return exact;
  return [{ code, message, found: found === 'nothing' ? `it ended with ${status}, and said nothing` : found, ...(hint === undefined ? {} : { hint }) }];
}
