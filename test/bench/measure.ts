import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { movePatch, patchedTargets, writeConfig } from './fleet-files';
import type { Phases } from './phases';

/** One run of the command. */
export interface Run {
  readonly seconds: number;
  readonly megabytes: number;
}

export interface Measurement {
  readonly targets: number;
  readonly files: number;
  readonly runs: number;
  /** Into an empty folder. */
  readonly fresh: Run;
  /** Again, nothing changed. */
  readonly unchanged: Run;
  /** After a patch entered one more region. */
  readonly moved: Run;
  /** Seconds to write the same files and do nothing else. */
  readonly floor: number;
  readonly phases: Phases;
}

interface Outcome extends Run {
  readonly files: number;
  readonly unchanged: number;
}

/** Measures one size, several times; every run writes to a folder that never was there before. */
export function measure(folder: string, targets: number, runs: number): Measurement {
  rmSync(folder, { recursive: true, force: true });
  const config = join(folder, 'config');
  writeConfig(config, targets);
  const all = Array.from({ length: runs }, (_, index) => {
    const output = join(folder, `output-${index}`);
    movePatch(config, targets, patchedTargets(targets));
    const fresh = synth(folder, config, output);
    const floor = Number(child(['test/bench/floor.ts', output, join(folder, `floor-${index}`)]));
    const unchanged = synth(folder, config, output);
    movePatch(config, targets, patchedTargets(targets) + 1);
    const moved = synth(folder, config, output);
    const phases = JSON.parse(child(['test/bench/phases.ts', config])) as Phases;
    expectFiles('unchanged', unchanged.files, unchanged.unchanged);
    expectFiles('after the patch moved', moved.files - 2, moved.unchanged);
    return { files: fresh.files, fresh, floor, unchanged, moved, phases };
  });
  const mid = (pick: (run: (typeof all)[number]) => number) => median(all.map(pick));
  const run = (key: 'fresh' | 'unchanged' | 'moved'): Run => ({ seconds: mid((one) => one[key].seconds), megabytes: mid((one) => one[key].megabytes) });
  const phase = (key: keyof Phases) => mid(({ phases }) => phases[key]);
  return {
    targets,
    files: mid(({ files }) => files),
    runs,
    fresh: run('fresh'),
    unchanged: run('unchanged'),
    moved: run('moved'),
    floor: mid(({ floor }) => floor),
    phases: { start: phase('start'), load: phase('load'), check: phase('check'), text: phase('text') },
  };
}

/** A benchmark that measured something else than it says is worse than none. */
function expectFiles(when: string, expected: number, found: number): void {
  if (expected !== found) throw new Error(`${when}: expected ${expected} unchanged files, found ${found}`);
}

/** The real command, as a process of its own. */
function synth(folder: string, config: string, output: string): Outcome {
  const maxRss = join(folder, 'max-rss');
  const report = join(folder, 'report.txt');
  const stdout = openSync(report, 'w');
  settle();
  const started = performance.now();
  const { status } = spawnSync(process.execPath, ['cli/fleet.js', 'synth', '--config', config, '--output', output], {
    env: { ...process.env, NODE_OPTIONS: `--require ${JSON.stringify(resolve('test/bench/max-rss.cjs'))}`, BENCH_MAX_RSS: maxRss },
    stdio: ['ignore', stdout, 'inherit'],
  });
  const seconds = (performance.now() - started) / 1000;
  closeSync(stdout);
  if (status !== 0) throw new Error(`fleet synth failed with status ${status}: see ${report}`);
  const head = readHead(report);
  return { seconds, megabytes: Number(readFileSync(maxRss, 'utf8')) / 1024, files: count(head, 'files'), unchanged: count(head, 'unchanged') };
}

/** Not the whole report: Linux lets a process inherit the peak memory of the one that started it. */
function readHead(file: string): string {
  const fd = openSync(file, 'r');
  const buffer = Buffer.alloc(1024);
  const length = readSync(fd, buffer);
  closeSync(fd);
  return buffer.toString('utf8', 0, length);
}

/** `23,000 files in …` */
function count(report: string, noun: string): number {
  return Number(new RegExp(`([\\d,]+) ${noun}`).exec(report)?.[1]?.replaceAll(',', ''));
}

function child(args: readonly string[]): string {
  settle();
  return execFileSync(process.execPath, ['--require', 'tsx/cjs', ...args], { encoding: 'utf8' });
}

/** What earlier runs wrote reaches the disk before the next one is timed, not meanwhile. */
function settle(): void {
  if (process.platform !== 'win32') execFileSync('sync');
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
