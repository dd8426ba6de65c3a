import { Worker } from 'node:worker_threads';

/** A function that is asked at a target: the same one where the node and its place there are the same. */
export interface Watched {
  readonly node: string;
  readonly index: number;
  readonly target: string;
}

/** Is told of every function that begins or answers, and that there is time for others. */
export type Watch = (index?: number, answer?: object) => void;

/** Runs beside the functions: who blocks the process leaves no time to find that out in it. */
const program = `
const { parentPort, workerData: { order, patience } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const answers = order.map(() => null);
const open = new Set();
let [last, begun] = [Date.now()];
parentPort.on('message', ([index, answer]) => {
  last = Date.now();
  begun = answer ? undefined : index;
  if (answer) answers[index] = answer;
  if (answer) open.delete(index);
  else if (index !== undefined) open.add(index);
});
setInterval(() => {
  if (open.size === 0 || Date.now() - last < patience) return;
  const why = 'it did not answer within ' + patience / 1000 + ' seconds';
  // Who began and left no time for anything, or else any that is not done.
  for (const index of begun === undefined ? open : [begun]) {
    answers[index] = { is: 'no-answer', why };
    const { node, index: which, target } = order[index];
    order.forEach((one, at) => {
      if (one.node === node && one.index === which && !open.has(at)) answers[at] ??= { is: 'no-answer', why: 'it was not asked, since at ' + target + ' ' + why };
    });
  }
  const text = Buffer.from('\\n' + JSON.stringify(answers) + '\\n');
  for (let at = 0; at < text.length; ) {
    try { at += writeSync(1, text, at); } catch ({ code }) { if (code !== 'EAGAIN') break; }
  }
  process.kill(process.pid, 'SIGKILL');
}, Math.min(1000, patience / 4));
`;

/**
 * Ends the process where a function blocks it for longer than it may take, with the answers that there are; those that were not asked
 * are `null`, but of the same function. Functions that wait for something block nothing.
 */
export function watchFunctions(order: readonly Watched[], patience: number): Watch {
  const worker = new Worker(program, { eval: true, workerData: { order, patience } });
  const watch: Watch = (...told) => worker.postMessage(told);
  setInterval(() => watch(), Math.min(1000, patience / 4));
  return watch;
}
