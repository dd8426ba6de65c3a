import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installBuilt } from '../package/installed-package';
import { examples } from '../workspaces/workspace';

/** What a command of the installed package takes from its call to its end. */
export interface StartUp {
  readonly command: string;
  readonly seconds: number;
  /** In seconds. */
  readonly aim: number;
  readonly runs: number;
}

/** Builds and installs the package, gives it this repository's example, and has it do what needs no work. */
export function measureStartUp(folder: string, runs: number): readonly StartUp[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const fleet = join(installBuilt(folder, ['--code']), 'cli/fleet.js');
  cpSync(examples.typescript, join(folder, 'config'), { recursive: true });
  // As whoever installed it has it: in a repository, rendered before.
  execFileSync('git', ['init', '-q', folder]);
  const run = (args: readonly string[]) => {
    const started = performance.now();
    execFileSync(process.execPath, [fleet, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    return (performance.now() - started) / 1000;
  };
  run(['synth']);
  const commands = [
    { args: ['--version'], aim: 0.12 },
    { args: ['synth'], aim: 0.4 },
  ];
  return commands.map(({ args, aim }) => {
    const seconds = Array.from({ length: runs }, () => run(args)).sort((a, b) => a - b);
    return { command: `fleet ${args.join(' ')}`, seconds: seconds[Math.floor(runs / 2)] ?? Number.NaN, aim, runs };
  });
}
