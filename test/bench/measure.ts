import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installBuilt } from '../package/installed-package';
import { movePatch, patchedTargets, writeChartedConfig, writeConfig } from './fleet-files';
import { moveRelease, promotedSpokes, writeHubConfig } from './hub-fleet-files';
import type { Phases } from './phases';
import { writeYamlConfig } from './yaml-fleet-files';

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
  /** The patch goes one region further by the command that does it: proof and rendering included. */
  readonly promoted: Run;
  /** Seconds to write the same files and do nothing else. */
  readonly floor: number;
  readonly phases: Phases;
  /** The same fleet as YAML files. */
  readonly yaml: Phases & { readonly files: number };
}

/** A fleet of hubs and spokes. */
export interface HubMeasurement {
  readonly spokes: number;
  readonly files: number;
  readonly runs: number;
  /** Into an empty folder, the configuration compiled by an earlier run. */
  readonly fresh: Run;
  /** The same for the very first time: every file of the configuration is compiled. */
  readonly first: Run;
  readonly unchanged: Run;
  /** `fleet check`, with the output in place. */
  readonly checked: Run;
  /** One spoke more gets a release, proof and rendering included. */
  readonly promoted: Run;
  readonly floor: number;
  readonly phases: Phases;
}

/** A fleet of which some charts are opened, and the same one where none is. */
export interface OpenedMeasurement {
  readonly targets: number;
  readonly runs: number;
  readonly closed: Synths;
  /** `fresh` where nothing was rendered before. */
  readonly opened: Synths;
}

interface Synths {
  readonly files: number;
  readonly fresh: Run;
  readonly unchanged: Run;
  readonly floor: number;
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
  const yamlConfig = join(folder, 'yaml');
  const yamlFiles = writeYamlConfig(yamlConfig, targets);
  const all = Array.from({ length: runs }, (_, index) => {
    const output = join(folder, `output-${index}`);
    movePatch(config, targets, patchedTargets(targets));
    const fresh = synth(folder, config, output);
    const floor = Number(child(['test/bench/floor.ts', output, join(folder, `floor-${index}`)]));
    const unchanged = synth(folder, config, output);
    movePatch(config, targets, patchedTargets(targets) + 1);
    const moved = synth(folder, config, output);
    const promoted = promote(folder, output);
    const phases = JSON.parse(child(['test/bench/phases.ts', config])) as Phases;
    const yaml = JSON.parse(child(['test/bench/phases.ts', yamlConfig])) as Phases;
    expectFiles('unchanged', unchanged.files, unchanged.unchanged);
    expectFiles('after the patch moved', moved.files - 2, moved.unchanged);
    return { files: fresh.files, fresh, floor, unchanged, moved, promoted, phases, yaml };
  });
  const mid = (pick: (run: (typeof all)[number]) => number) => median(all.map(pick));
  const run = (key: 'fresh' | 'unchanged' | 'moved' | 'promoted'): Run => ({
    seconds: mid((one) => one[key].seconds),
    megabytes: mid((one) => one[key].megabytes),
  });
  const phases = (pick: (run: (typeof all)[number]) => Phases): Phases => {
    const phase = (key: keyof Phases) => mid((run) => pick(run)[key]);
    return { start: phase('start'), load: phase('load'), check: phase('check'), text: phase('text') };
  };
  return {
    targets,
    files: mid(({ files }) => files),
    runs,
    fresh: run('fresh'),
    unchanged: run('unchanged'),
    moved: run('moved'),
    promoted: run('promoted'),
    floor: mid(({ floor }) => floor),
    phases: phases((one) => one.phases),
    yaml: { ...phases((one) => one.yaml), files: yamlFiles },
  };
}

/** Measures a fleet of hubs and spokes; only the first run of a size compiles the configuration. */
export function measureHub(folder: string, spokes: number, runs: number): HubMeasurement {
  rmSync(folder, { recursive: true, force: true });
  const config = join(folder, 'config');
  writeHubConfig(config, spokes);
  const first = synth(folder, config, join(folder, 'first'));
  const all = Array.from({ length: runs }, (_, index) => {
    const output = join(folder, `output-${index}`);
    moveRelease(config, spokes, promotedSpokes(spokes));
    const fresh = synth(folder, config, output);
    const floor = Number(child(['test/bench/floor.ts', output, join(folder, `floor-${index}`)]));
    const unchanged = synth(folder, config, output);
    const checked = inRepository(folder, output, ['check']);
    const promoted = promote(folder, output, ['addons', 'releases', 'patch-001']);
    const phases = JSON.parse(child(['test/bench/phases.ts', config])) as Phases;
    expectFiles('unchanged', unchanged.files, unchanged.unchanged);
    return { fresh, floor, unchanged, checked, promoted, phases };
  });
  const mid = (pick: (run: (typeof all)[number]) => number) => median(all.map(pick));
  const run = (key: 'fresh' | 'unchanged' | 'checked' | 'promoted'): Run => ({
    seconds: mid((one) => one[key].seconds),
    megabytes: mid((one) => one[key].megabytes),
  });
  const phase = (key: keyof Phases) => mid(({ phases }) => phases[key]);
  return {
    spokes,
    files: first.files,
    runs,
    first,
    fresh: run('fresh'),
    unchanged: run('unchanged'),
    checked: run('checked'),
    promoted: run('promoted'),
    floor: mid(({ floor }) => floor),
    phases: { start: phase('start'), load: phase('load'), check: phase('check'), text: phase('text') },
  };
}

/** Measures what it costs to open charts; each run of either begins without anything that was rendered before. */
export function measureOpened(folder: string, targets: number, runs: number): OpenedMeasurement {
  rmSync(folder, { recursive: true, force: true });
  // A repository of its own: what Git does not hold is not rendered, and this one ignores the folder.
  execFileSync('git', ['init', '-q', folder]);
  const cache = join(folder, 'cache');
  const measureOne = (isOpened: boolean): Synths => {
    const kind = isOpened ? 'opened' : 'closed';
    const config = join(folder, kind);
    writeChartedConfig(config, targets, folder, 'charts', isOpened);
    execFileSync('git', ['-C', folder, 'add', 'charts']);
    const all = Array.from({ length: runs }, (_, index) => {
      const output = join(folder, `output-${kind}-${index}`);
      rmSync(join(cache, 'cdk8s-fleet/charts'), { recursive: true, force: true });
      const fresh = synth(folder, config, output, folder, cache);
      const floor = Number(child(['test/bench/floor.ts', output, join(folder, `floor-${kind}-${index}`)]));
      const unchanged = synth(folder, config, output, folder, cache);
      expectFiles(kind, unchanged.files, unchanged.unchanged);
      return { fresh, floor, unchanged };
    });
    const run = (key: 'fresh' | 'unchanged'): Run => ({
      seconds: median(all.map((one) => one[key].seconds)),
      megabytes: median(all.map((one) => one[key].megabytes)),
    });
    return { files: all[0]?.fresh.files ?? 0, fresh: run('fresh'), unchanged: run('unchanged'), floor: median(all.map(({ floor }) => floor)) };
  };
  return { targets, runs, closed: measureOne(false), opened: measureOne(true) };
}

/** A benchmark that measured something else than it says is worse than none. */
function expectFiles(when: string, expected: number, found: number): void {
  if (expected !== found) throw new Error(`${when}: expected ${expected} unchanged files, found ${found}`);
}

let program: string | undefined;

/** The command of the installed package: what users run. */
function installed(): string {
  if (!program) {
    const folder = resolve('.bench/package');
    mkdirSync(folder, { recursive: true });
    program = join(installBuilt(folder, ['--code']), 'cli/fleet.js');
  }
  return program;
}

/** The real command, as a process of its own. */
function synth(folder: string, config: string, output: string, cwd = '.', cache?: string): Outcome {
  const { report, ...run } = fleet(folder, ['synth', '--config', config, '--output', output], cwd, cache === undefined ? {} : { XDG_CACHE_HOME: cache });
  const head = readHead(report);
  return { ...run, files: count(head, 'files'), unchanged: count(head, 'unchanged') };
}

/** One step of the patch, proved and rendered into `dist`. */
function promote(folder: string, output: string, patch = ['management-cluster', 'app-01', 'patch-001']): Run {
  const { report, ...run } = inRepository(folder, output, ['promote', ...patch]);
  if (!/covers/.test(readHead(report))) throw new Error(`the promotion said something else than expected: see ${report}`);
  return run;
}

/** A command where the output is at its place, in a repository of its own: it belongs to the top of the one that holds the configuration. */
function inRepository(folder: string, output: string, args: readonly string[]): Run & { readonly report: string } {
  execFileSync('git', ['init', '-q', folder]);
  const dist = join(folder, 'dist');
  renameSync(output, dist);
  const run = fleet(folder, args, folder);
  renameSync(dist, output);
  return run;
}

function fleet(folder: string, args: readonly string[], cwd = '.', more: NodeJS.ProcessEnv = {}): Run & { readonly report: string } {
  const maxRss = join(folder, 'max-rss');
  const report = join(folder, 'report.txt');
  const stdout = openSync(report, 'w');
  settle();
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [installed(), ...args], {
    cwd,
    env: { ...process.env, ...more, NODE_OPTIONS: `--require ${JSON.stringify(resolve('test/bench/max-rss.cjs'))}`, BENCH_MAX_RSS: maxRss },
    stdio: ['ignore', stdout, 'inherit'],
  });
  const seconds = (performance.now() - started) / 1000;
  closeSync(stdout);
  if (status !== 0) throw new Error(`fleet ${args[0]} failed with status ${status}: see ${report}`);
  return { seconds, megabytes: Number(readFileSync(maxRss, 'utf8')) / 1024, report };
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
