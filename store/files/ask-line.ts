import { readSync } from 'node:fs';
import { isatty } from 'node:tty';

/**
 * Whether a person sits at both ends: what is asked is seen, and what is typed is read. `process.stdin` is not touched for
 * that: it would open the terminal anew, in a mode in which nothing can be waited for.
 */
export function isAtTerminal(): boolean {
  return isatty(0) && isatty(2);
}

/**
 * Waits for a line of standard input. Until it ends, the terminal itself takes what is typed, with its own keys for
 * correcting; its key for ending (Ctrl-C) ends this process, as any that waits.
 *
 * @returns without its line break; `undefined` where the input has ended (Ctrl-D)
 */
export function readLine(): string | undefined {
  const bytes: number[] = [];
  const byte = Buffer.alloc(1);
  for (;;) {
    if (waitFor(byte) === 0) return bytes.length === 0 ? undefined : textOf(bytes);
    if (byte[0] === 10) return textOf(bytes);
    bytes.push(byte[0] as number);
  }
}

/** All of standard input, in UTF-8. */
export function readInput(): string {
  const chunks: Buffer[] = [];
  const chunk = Buffer.alloc(65_536);
  for (;;) {
    const size = waitFor(chunk);
    if (size === 0) return Buffer.concat(chunks).toString('utf8');
    chunks.push(Buffer.from(chunk.subarray(0, size)));
  }
}

/** @returns how many bytes there were; none at the end */
function waitFor(bytes: Buffer): number {
  for (;;) {
    const size = readBytes(bytes);
    if (size !== undefined) return size;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

/** @returns how many bytes were read; `undefined` where there is none yet, in a terminal that another program left so that it does not wait */
function readBytes(bytes: Buffer): number | undefined {
  try {
    return readSync(0, bytes);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EAGAIN') return undefined;
    // The end, as Windows tells it; a terminal that is gone.
    if (code === 'EOF' || code === 'EIO') return 0;
    throw cause;
  }
}

function textOf(bytes: readonly number[]): string {
  return Buffer.from(bytes).toString('utf8').replace(/\r$/, '');
}
