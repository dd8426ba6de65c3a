import { WritingThread } from './writing-thread';

type PutFile = (made: Set<string>, old: string, path: string, bytes: Uint8Array) => boolean;

const { putFile } = require('./put-file.cjs') as { readonly putFile: PutFile };

/** A thread takes longer to start than these take to be written. */
const filesWithoutThread = 500;
/** @param path absolute; folders above it are made @param old a file: where it says the same, nothing is written @default - nothing is compared */
export type Put = (path: string, text: string, old?: string) => void;

/**
 * Writes files while the next ones are made: what is given is written by another thread, unless it is little. Whoever makes
 * files faster than that writes some meanwhile, so that only a few megabytes of them are in memory.
 *
 * When it returns, or throws, nothing is written any more. It waits without a turn of the event loop, as all that a command does.
 *
 * @param make gives one file after the other
 * @returns which were written, by their numbers: the first is 0
 * @throws what the system says of a file, and what `make` throws
 */
export function writeFiles(make: (put: Put) => void): readonly number[] {
  const made = new Set<string>();
  const written: number[] = [];
  let thread: WritingThread | undefined;
  let count = 0;
  const put: Put = (path, text, old = '') => {
    const file = count++;
    if (file === filesWithoutThread) thread = WritingThread.tryStart();
    if (thread) thread.put(file, [old, path, text]);
    else if (putFile(made, old, path, Buffer.from(text))) written.push(file);
  };
  try {
    make(put);
    return [...written, ...(thread?.finish() ?? [])];
  } finally {
    thread?.end();
  }
}
