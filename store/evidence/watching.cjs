// @ts-check
// Runs beside functions of evidence, in a thread of its own (watch-functions.ts): who blocks the process leaves no time to find that
// out in it. JavaScript, because Node starts this thread with nothing that makes TypeScript loadable: from source as from the package.
const { writeSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');

/** @type {{ order: readonly import('./watch-functions').Watched[], patience: number }} */
const { order, patience } = workerData;
/** @type {(object | null)[]} */
const answers = order.map(() => null);
/** @type {Set<number>} */
const open = new Set();
let last = Date.now();
/** @type {number | undefined} */
let begun;

parentPort?.on('message', (/** @type {[index?: number, answer?: object]} */ [index, answer]) => {
  last = Date.now();
  begun = answer ? undefined : index;
  if (index === undefined) return;
  if (answer) {
    answers[index] = answer;
    open.delete(index);
  } else open.add(index);
});

setInterval(
  () => {
    if (open.size > 0 && Date.now() - last >= patience) end();
  },
  Math.min(1000, patience / 4),
);

/** Ends the process with the answers that there are. */
function end() {
  const why = `it did not answer within ${patience / 1000} seconds`;
  // Who began and left no time for anything, or else any that is not done.
  for (const index of begun === undefined ? open : [begun]) {
    answers[index] = { is: 'no-answer', why };
    const blocking = order[index];
    for (const [at, one] of order.entries()) {
      if (one.node !== blocking?.node || one.index !== blocking.index || open.has(at)) continue;
      answers[at] ??= { is: 'no-answer', why: `it was not asked, since at ${blocking.target} ${why}` };
    }
  }
  const text = Buffer.from(`\n${JSON.stringify(answers)}\n`);
  for (let at = 0; at < text.length; ) {
    try {
      at += writeSync(1, text, at);
    } catch (cause) {
      // Whoever reads it is not as fast.
      if (/** @type {NodeJS.ErrnoException} */ (cause).code !== 'EAGAIN') break;
    }
  }
  process.kill(process.pid, 'SIGKILL');
}
