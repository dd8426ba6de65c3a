import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installBuilt } from '../package/installed-package';
import { examples } from '../workspaces/workspace';

/** What a command of the installed package takes from its call to its end. */
export interface StartUp {
  readonly command: string;
  readonly seconds: number;
  /** In seconds. @default - it is what the others are measured against */
  readonly aim?: number;
  readonly runs: number;
}

const commands = [
  { args: ['--version'], aim: 0.12 },
  { args: ['synth'], aim: 0.4 },
];

/** Builds and installs the package, gives it this repository's example, and has it do what needs no work. */
export function measureStartUp(runs: number): readonly StartUp[] {
  // As whoever installed it has it: in a repository of its own, rendered before.
  const folder = mkdtempSync(join(tmpdir(), 'fleet-bench-'));
  try {
    const fleet = join(installBuilt(folder, ['--code']), 'cli/fleet.js');
    cpSync(examples.typescript, join(folder, 'config'), { recursive: true });
    execFileSync('git', ['init', '-q', folder]);
    const run = (args: readonly string[]) => {
      const started = performance.now();
      execFileSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
      return (performance.now() - started) / 1000;
    };
    const median = (args: readonly string[]) => Array.from({ length: runs }, () => run(args)).sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
    run([fleet, 'synth']);
    const bare = { command: 'node -e 0', seconds: median(['-e', '0']), runs };
    return [bare, ...commands.map(({ args, aim }) => ({ command: `fleet ${args.join(' ')}`, seconds: median([fleet, ...args]), aim, runs }))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
