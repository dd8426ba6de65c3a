import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { until } from './until';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Resolves to nothing once it serves; a text says what it still waits for. */
  readonly ready?: () => Promise<string | undefined>;
  /** In seconds. @default 60 */
  readonly patience?: number;
}

interface Running {
  readonly child: ChildProcess;
  readonly log: string;
  /** How it ended, once it did. */
  readonly end: Promise<string>;
  ended: string | undefined;
}

const graceMilliseconds = 8_000;

/** Programs that run beside the suite. Each leads a process group of its own, so that what it started ends with it. */
export class Processes {
  private readonly running = new Map<string, Running>();
  /** Whether all are being ended: what a step would start meanwhile, nobody would end. */
  private isClosed = false;

  /** @param logs the folder that gets the output of each */
  constructor(private readonly logs: string) {
    mkdirSync(logs, { recursive: true });
  }

  async start(name: string, program: Program): Promise<void> {
    if (this.isClosed) throw new Error(`${name} is not started: everything is being ended`);
    if (this.running.has(name)) throw new Error(`${name} runs already`);
    const log = join(this.logs, `${name}.log`);
    const output = openSync(log, 'a');
    const child = spawn(program.command, program.args, { cwd: program.cwd, env: program.env, detached: true, stdio: ['ignore', output, output] });
    closeSync(output);
    const running: Running = {
      child,
      log,
      ended: undefined,
      end: new Promise((resolve) => {
        child.once('error', (error) => resolve(error.message));
        child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with status ${code}`));
      }),
    };
    this.running.set(name, running);
    running.end.then((end) => {
      running.ended = end;
    });
    const { ready } = program;
    if (ready) {
      await until(`${name} serves`, program.patience ?? 60, async () => {
        if (running.ended) throw new Error(`${name} ${running.ended}:\n${this.tail(name)}`);
        return ready();
      });
    }
  }

  has(name: string): boolean {
    return this.running.get(name)?.ended === undefined && this.running.has(name);
  }

  /** Of those that are meant to run, which do not any more, and what they said last. */
  lost(): readonly string[] {
    return [...this.running].flatMap(([name, { ended }]) => (ended ? [`${name} ${ended}:\n${this.tail(name)}`] : []));
  }

  tail(name: string, lines = 15): string {
    const log = this.running.get(name)?.log;
    return log ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '';
  }

  async stop(name: string): Promise<void> {
    const running = this.running.get(name);
    if (!running) return;
    await endGroup(running);
    this.running.delete(name);
  }

  /** Ends all, the last that came first. None can be started after it. */
  async stopAll(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.running.keys()].reverse().map((name) => this.stop(name)));
  }

  /** For the end of this process itself, when there is no time to wait. */
  killAll(): void {
    for (const { child } of this.running.values()) signal(child, 'SIGKILL');
  }
}

async function endGroup({ child, end, ended }: Running): Promise<void> {
  if (ended === undefined) {
    signal(child, 'SIGTERM');
    const late = setTimeout(() => signal(child, 'SIGKILL'), graceMilliseconds);
    await end;
    clearTimeout(late);
  }
  // What it started and left behind.
  signal(child, 'SIGKILL');
}

/** To the whole group, by the process id of its leader: never by a name. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Runs the cleaning on Ctrl-C and SIGTERM, and then ends with what a shell expects. */
export function onInterrupt(clean: () => Promise<void>): void {
  let interrupted = false;
  for (const [name, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(name, () => {
      if (interrupted) return;
      interrupted = true;
      process.stderr.write(`\n${name}: ends everything that was started\n`);
      clean().then(
        () => process.exit(status),
        (error) => {
          process.stderr.write(`${error}\n`);
          process.exit(status);
        },
      );
    });
  }
}

/** A port of 127.0.0.1 that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
