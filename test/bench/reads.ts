import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installBuilt } from '../package/installed-package';
import { examples } from '../workspaces/workspace';
import { movePatch, nameOf, patchedTargets, sectors, writeConfig } from './fleet-files';

/** What a command that only reads takes, beside one run of `fleet synth` that changes nothing. */
export interface ReadMeasurement {
  readonly fleet: string;
  readonly command: string;
  readonly seconds: number;
  /** The command's own processor time, without that of Git. */
  readonly cpu: number;
  readonly render: number;
  readonly commits: number;
  readonly runs: number;
}

/** A fleet in a repository with some commits, the last of which is what is measured. */
interface ReadFleet {
  readonly name: string;
  readonly folder: string;
  readonly commits: number;
  readonly target: string;
  readonly environment: string;
  readonly app: string;
  readonly field: string;
  /** The `fleet` that is run. */
  readonly program: string;
  /** Edits a base value of the app. */
  readonly edit: () => void;
}

/** Edits a default that every manifest has. */
function editDefault(folder: string): void {
  const file = join(folder, 'config/management-cluster/defaults.ts');
  writeFileSync(file, readFileSync(file, 'utf8').replace('selfHeal: true', 'selfHeal: false'));
}

/** Every command that is measured: one more is a line more. The commits edit base values of all targets, which is refused. */
const commands: readonly (readonly [title: string, args: (fleet: ReadFleet) => readonly string[], how?: 'edited' | 'everywhere' | 'refuses'])[] = [
  ['synth, nothing changed', () => ['synth']],
  ['diff of one base value', () => ['diff'], 'edited'],
  ['diff of a commit', () => ['diff', 'HEAD~1..HEAD']],
  ['diff of all commits', ({ commits }) => ['diff', `HEAD~${commits}..HEAD`]],
  ['versions', () => ['versions']],
  ['versions --at', () => ['versions', '--at', 'HEAD~1']],
  ['explain TARGET APP', ({ target, app }) => ['explain', target, app]],
  ['explain TARGET APP FIELD', ({ target, app, field }) => ['explain', target, app, field]],
  ['history TARGET', ({ target }) => ['history', target]],
  ['history NODE', ({ environment }) => ['history', environment]],
  ['check', () => ['check']],
  ['check --since of a commit', () => ['check', '--since', 'HEAD~1'], 'refuses'],
  ['check --since of ten commits', () => ['check', '--since', 'HEAD~10'], 'refuses'],
  ['check --since of a change of every manifest', () => ['check', '--since', 'HEAD'], 'everywhere'],
  ['history NODE APP', ({ environment, app }) => ['history', environment, app]],
];

/** Of a fleet of so many targets: a first commit, and then commits that promote its patch or edit a value. */
export function measureReads(targets: number, commits: number, runs: number): readonly ReadMeasurement[] {
  return inFolder((folder, program) => {
    const config = join(folder, 'config');
    const app = nameOf(2);
    const file = join(config, 'management-cluster', `${app}.ts`);
    const edit = (value: number) => writeFileSync(file, readFileSync(file, 'utf8').replace(/replicaCount: \d+/, `replicaCount: ${value}`));
    writeConfig(config, targets);
    begin(folder, program);
    for (let index = 1; index <= commits; index += 1) {
      if (index % 2 === 0) edit(index);
      else movePatch(config, targets, patchedTargets(targets) + index);
      commit(folder, `Change ${index}`, program);
    }
    const { environment, name, regions } = sectors(targets)[0] ?? { environment: '', name: '', regions: [] };
    const target = `${environment}/${name}/${regions[0]}`;
    const fleet = {
      name: `${targets.toLocaleString('en-US')} targets`,
      folder,
      program,
      commits,
      target,
      environment,
      app,
      field: 'source.helm.valuesObject.replicaCount',
    };
    return measured({ ...fleet, edit: () => edit(999) }, runs);
  });
}

/** The same of the example: here most of it is starting. */
export function measureExampleReads(commits: number, runs: number): readonly ReadMeasurement[] {
  return inFolder((folder, program) => {
    cpSync(examples.typescript, join(folder, 'config'), { recursive: true });
    const file = join(folder, 'config/management-cluster/cert-manager.ts');
    begin(folder, program);
    for (let index = 1; index <= commits; index += 1) {
      appendFileSync(file, `// ${index}\n`);
      commit(folder, `Change ${index}`, program);
    }
    const fleet = { name: 'the example', folder, program, commits, target: 'stage/stage-sector-2/ap-east1', environment: 'stage', app: 'cert-manager' };
    const base = join(folder, 'config/management-cluster/hypershift.ts');
    const editBase = () => writeFileSync(base, readFileSync(base, 'utf8').replace(/v0\.1\.\d+/, 'v0.1.99'));
    return measured({ ...fleet, field: 'source.targetRevision', edit: editBase }, runs);
  });
}

/** In a folder of its own, with the installed package: that is what people run. */
function inFolder(measureIn: (folder: string, program: string) => readonly ReadMeasurement[]): readonly ReadMeasurement[] {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-bench-'));
  try {
    return measureIn(folder, join(installBuilt(folder, ['--code']), 'cli/fleet.js'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measured(fleet: ReadFleet, runs: number): readonly ReadMeasurement[] {
  const times = commands.map(([command, args, how]) => {
    if (how === 'edited') fleet.edit();
    if (how === 'everywhere') {
      editDefault(fleet.folder);
      run(fleet.folder, ['synth'], fleet.program);
    }
    const all = Array.from({ length: runs }, () => run(fleet.folder, args(fleet), fleet.program, how === undefined || how === 'edited' ? [0] : [0, 1]));
    if (how === 'edited' || how === 'everywhere') git(fleet.folder, 'checkout', '-q', '.');
    const mid = (key: 'seconds' | 'cpu') => all.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
    return { command, seconds: mid('seconds'), cpu: mid('cpu') };
  });
  const render = times[0]?.seconds ?? Number.NaN;
  return times.map((time) => ({ fleet: fleet.name, ...time, render, commits: fleet.commits, runs }));
}

function begin(folder: string, program: string): void {
  execFileSync('git', ['init', '-q', '-b', 'main', folder]);
  // The first time it has to be said: output is there in the repository around this one.
  run(folder, ['synth', '--output', 'dist'], program);
  commit(folder, 'Begin', program);
}

function commit(folder: string, message: string, program: string): void {
  run(folder, ['synth'], program);
  git(folder, 'add', 'config', 'dist');
  git(folder, '-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', 'commit', '-q', '-m', message);
}

function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', ['-c', 'gc.auto=0', ...args], { cwd: folder });
}

/** The real command, as a process of its own. */
function run(folder: string, args: readonly string[], program: string, statuses: readonly number[] = [0]): { readonly seconds: number; readonly cpu: number } {
  const cpu = join(folder, '.git/bench-cpu');
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: `--require ${JSON.stringify(resolve('test/bench/max-rss.cjs'))}`, BENCH_MAX_RSS: `${cpu}-rss`, BENCH_CPU: cpu },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const seconds = (performance.now() - started) / 1000;
  if (status === null || !statuses.includes(status)) throw new Error(`fleet ${args.join(' ')} failed with status ${status}: ${stderr}`);
  return { seconds, cpu: Number(readFileSync(cpu, 'utf8')) };
}
