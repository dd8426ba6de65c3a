import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Run {
  /** `null` where it was killed. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const patience = 100_000;

/** A process that runs one `fleet` command after the other (`serve-fleet.ts`): starting one takes longer than most commands. */
export class FleetServer {
  #child: ChildProcess | undefined;
  /** The end of a pipe where a line is an answer. It is read without the event loop, for tests that wait for nothing. */
  #answers = -1;

  /**
   * @param path where programs are looked for. @default - where this process does
   * @param now  what the clock says while it runs, in milliseconds; Git dates commits by it. @default - what it says
   */
  run(cwd: string, args: readonly string[], path?: string, now?: number): Run {
    this.#child ??= this.#start();
    this.#child.stdin?.write(`${JSON.stringify({ cwd, args, path, now })}\n`);
    const line = this.#line();
    if (line !== undefined) return JSON.parse(line) as Run;
    this.stop();
    return { status: null, stdout: '', stderr: `the process that runs commands has ended, or took longer than ${patience} ms` };
  }

  stop(): void {
    if (!this.#child) return;
    this.#child.kill('SIGKILL');
    this.#child = undefined;
    closeSync(this.#answers);
  }

  #start(): ChildProcess {
    const folder = mkdtempSync(join(tmpdir(), 'fleet-server-'));
    const pipe = join(folder, 'answers');
    spawnSync('mkfifo', [pipe]);
    this.#answers = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    const answer = openSync(pipe, 'w');
    const { CI: _, NO_COLOR: __, FORCE_COLOR: ___, CDK8S_OUTDIR: ____, ...env } = process.env;
    const repository = join(__dirname, '../..');
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'serve-fleet.ts')], {
      env,
      cwd: repository,
      stdio: ['pipe', answer, 'inherit'],
    });
    closeSync(answer);
    rmSync(folder, { recursive: true });
    // It ends with the process that started it, which does not wait for it.
    child.unref();
    (child.stdin as unknown as { unref(): void }).unref();
    return child;
  }

  /** @returns `undefined` where none comes */
  #line(): string | undefined {
    const chunks: Buffer[] = [];
    const chunk = Buffer.alloc(65_536);
    const sleeper = new Int32Array(new SharedArrayBuffer(4));
    for (const end = Date.now() + patience; Date.now() < end; ) {
      const size = readSome(this.#answers, chunk);
      if (size === 0) return undefined;
      if (size === undefined) Atomics.wait(sleeper, 0, 0, 1);
      else {
        chunks.push(Buffer.from(chunk.subarray(0, size)));
        if (chunk[size - 1] === 10) return Buffer.concat(chunks).toString('utf8');
      }
    }
    return undefined;
  }
}

/** @returns `undefined` where there is nothing yet, and 0 where nobody writes any more */
function readSome(file: number, chunk: Buffer): number | undefined {
  try {
    return readSync(file, chunk);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw cause;
  }
}
