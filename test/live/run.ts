import { type ChildProcess, spawn } from 'node:child_process';

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

const active = new Set<ChildProcess>();
let hasEnded = false;

/** Runs a command to its end, without holding up what else is waited for. */
export function run(command: string, args: readonly string[], { cwd, env, input }: RunOptions = {}): Promise<Ran> {
  if (hasEnded) return Promise.reject(new Error(`${command} is not run: everything is being ended`));
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    active.add(child);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (status) => {
      active.delete(child);
      resolve({ status: status ?? 1, stdout, stderr });
    });
    // A command that fails at once reads none of it.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** The output of a command that has to succeed. */
export async function output(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await run(command, args, options);
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} ended with status ${status}:\n${stderr}${stdout}`.trimEnd());
  return stdout;
}

/** Ends what still runs to its end: builds, and commands that wait. @param forGood whether none is run any more */
export function endRuns(forGood: boolean): void {
  hasEnded ||= forGood;
  for (const { pid } of active) {
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}
