import { type Done, putFile, putShared } from './put-files';
import { type FolderTexts, sharedOf } from './shared-files';
import { WritingThread } from './writing-thread';

/** A thread takes longer to start than these take to be written. */
const filesWithoutThread = 500;

/** Takes what is to be written, one after the other: the first file has the number 0. Folders above it are made. */
export interface Put {
  /** @param path absolute; `''` where nothing shall be written @param old a file: where it says the same, nothing is written @default - nothing is compared */
  file(path: string, text: string, old?: string): void;
  /**
   * Files that several folders hold alike.
   *
   * @param path absolute: the folder that they are written to, by their names; where there is an old one, by their numbers. `''` where nothing shall be written
   * @param old  a folder: where it holds exactly these and nothing else, nothing is written
   */
  shared(path: string, texts: FolderTexts, old?: string): void;
}

/**
 * Writes files while the next ones are made: what is given is written by another thread, unless it is little. Whoever makes
 * files faster than that writes some meanwhile, so that only a few megabytes of them are in memory.
 *
 * When it returns, or throws, nothing is written any more. It waits without a turn of the event loop, as all that a command does.
 *
 * @param make  gives one file after the other
 * @param ahead a thread that runs already; it ends here. @default - one is started where there is much to write
 * @returns which were written, or would be, and which folders differ; sorted
 * @throws what the system says of a file, and what `make` throws
 */
export function writeFiles(make: (put: Put) => void, ahead?: WritingThread): Done {
  const made = new Set<string>();
  const done: Done = { written: [], differing: [] };
  let thread = ahead;
  let count = 0;
  const next = (files: number) => {
    const first = count;
    count += files;
    if (count > filesWithoutThread && first <= filesWithoutThread) thread ??= WritingThread.tryStart();
    return first;
  };
  try {
    make({
      file: (path, text, old = '') => {
        const number = next(1);
        if (thread) thread.put(number, [old, path, text]);
        else if (putFile(made, old, path, Buffer.from(text))) done.written.push(number);
      },
      shared: (path, texts, old = '') => {
        const first = next(texts.length);
        if (thread) thread.putShared(first, [old, path, ''], texts);
        else putShared(made, done, sharedOf(texts), first, old, path);
      },
    });
    const more = thread?.finish() ?? { written: [], differing: [] };
    const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
    return { written: sorted(done.written.concat(more.written)), differing: sorted(done.differing.concat(more.differing)) };
  } finally {
    thread?.end();
  }
}
