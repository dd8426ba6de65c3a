import type { Problem } from '../../layers/problem';
import { changedBuiltIn } from './built-ins';
import { endProcess, ownProcess } from './own-process';
import { takeReported } from './reported';
import { keepHeapSmall } from './small-heap';

/**
 * Runs a command and ends the process with its status: when all is printed, and whatever code of the configuration left
 * open (timers, servers, promises, threads).
 *
 * @param command returns its exit status; what it throws is a bug
 * @param tell    is given what code of the configuration did wrong behind the back of a command that did well: the status is 1 then
 */
export function runCommand(command: () => number, tell: (problems: readonly Problem[]) => void): void {
  ownProcess();
  keepHeapSmall();
  // Whoever reads the beginning only (`| head`) stops nothing that is being written elsewhere.
  let isPrinted = true;
  const streams = [process.stdout, process.stderr];
  // As they are now: code may replace them.
  const writers = streams.map((stream) => stream.write.bind(stream));
  for (const stream of streams) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code !== 'EPIPE') isPrinted = false;
    });
  }
  let status = 1;
  const finish = () => {
    const late = behindItsBack(status);
    if (late.length > 0) tell(late);
    const final = late.length > 0 && status === 0 ? 1 : status;
    const end = () => endProcess(isPrinted ? final : final || 1);
    writers.reduce((next, write) => () => write('', next), end)();
  };
  // One turn of the event loop: rejections are told at its end.
  setImmediate(finish);
  try {
    status = command();
  } catch (cause) {
    // Nobody's code but ours runs out here.
    process.stderr.write(`${cause instanceof Error ? cause.stack : cause}\n`);
    status = 2;
  }
}

/** What a command that failed has told already is not told again. */
function behindItsBack(status: number): readonly Problem[] {
  const name = changedBuiltIn();
  const found = takeReported();
  const changed: readonly Problem[] = name === undefined ? [] : [{ code: 'config-throws', message: `code of the configuration changed ${name}` }];
  return status === 0 ? [...found, ...changed] : [];
}
