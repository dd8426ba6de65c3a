// @ts-check
// JavaScript, because Node starts this thread with nothing that makes TypeScript loadable: from source as from the package.
const { receiveMessageOnPort, workerData } = require('node:worker_threads');
const { putSlot } = require('./put-file.cjs');

/** @type {{ control: Int32Array, slots: SharedArrayBuffer[], port: import('node:worker_threads').MessagePort }} */
const { control, slots, port } = workerData;
const { state, stop } = /** @type {{ state: { free: number, full: number, last: number }, stop: number }} */ (workerData.words);
const made = new Set();
/** @type {number[]} */
const written = [];
/** @type {unknown} */
let failure;

for (let turn = 0, isLast = false; !isLast; turn = (turn + 1) % slots.length) {
  Atomics.wait(control, turn, state.free);
  for (let message = receiveMessageOnPort(port); message; message = receiveMessageOnPort(port)) slots[message.message.turn] = message.message.slot;
  isLast = Atomics.load(control, turn) === state.last;
  if (failure === undefined) failure = tryPut(slots[turn]);
  // Where it is the last one, the answer is there before anybody looks for it.
  if (isLast) port.postMessage({ written, failure });
  Atomics.store(control, turn, state.free);
  Atomics.notify(control, turn);
}
port.close();

/**
 * @param {SharedArrayBuffer} slot
 * @returns {unknown} what the system said, where it refused
 */
function tryPut(slot) {
  try {
    putSlot(made, written, Buffer.from(slot));
    return undefined;
  } catch (cause) {
    // Known at once, so that nobody renders on for nothing.
    Atomics.store(control, stop, 1);
    const { message, code, errno, syscall, path } = /** @type {NodeJS.ErrnoException} */ (cause);
    return { message, code, errno, syscall, path };
  }
}
