import { Worker } from 'node:worker_threads';

/** A function that is asked at a target: the same one where the node and its place there are the same. */
export interface Watched {
  readonly node: string;
  readonly index: number;
  readonly target: string;
}

/** Is told of every function that begins or answers, and that there is time for others. */
export type Watch = (index?: number, answer?: object) => void;

/**
 * Ends the process where a function blocks it for longer than it may take, with the answers that there are; those that were not asked
 * are `null`, but of the same function. Functions that wait for something block nothing.
 */
export function watchFunctions(order: readonly Watched[], patience: number): Watch {
  const worker = new Worker(require.resolve('./watching.cjs'), { workerData: { order, patience }, execArgv: [] });
  const watch: Watch = (...told) => worker.postMessage(told);
  setInterval(() => watch(), Math.min(1000, patience / 4));
  return watch;
}
