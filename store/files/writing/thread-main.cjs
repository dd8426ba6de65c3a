// @ts-check
// JavaScript, because Node starts this thread with nothing that makes TypeScript loadable: from source as from the package.
const { receiveMessageOnPort, workerData } = require('node:worker_threads');
const { putSlot } = require('./put-file.cjs');
const { SeenFolders } = require('./seen-folders.cjs');

/** @type {{ control: Int32Array, slots: SharedArrayBuffer[], port: import('node:worker_threads').MessagePort, ahead: string[] }} */
const { control, slots, port, ahead } = workerData;
const { state, stop } = /** @type {{ state: { free: number, full: number, last: number }, stop: number }} */ (workerData.words);
const made = new Set();
const seen = new SeenFolders();
let looked = 0;
/** @type {Map<number, import('./put-files').Shared>} */
const known = new Map();
/** @type {import('./put-files').Done} */
const done = { written: [], differing: [] };
/** @type {unknown} */
let failure;

for (let turn = 0, isLast = false; !isLast; turn = (turn + 1) % slots.length) {
  // What there is time for.
  while (looked < ahead.length && Atomics.load(control, turn) === state.free) seen.look(ahead[looked++]);
  Atomics.wait(control, turn, state.free);
  for (let found = receiveMessageOnPort(port); found; found = receiveMessageOnPort(port)) take(found.message);
  isLast = Atomics.load(control, turn) === state.last;
  if (failure === undefined) failure = tryPut(slots[turn]);
  // Where it is the last one, the answer is there before anybody looks for it.
  if (isLast) port.postMessage({ done, failure });
  Atomics.store(control, turn, state.free);
  Atomics.notify(control, turn);
}
port.close();

/** @param {{ turn: number, slot: SharedArrayBuffer } | { id: number, shared: import('./put-files').Shared }} message a larger slot, or files that several folders hold */
function take(message) {
  if ('slot' in message) slots[message.turn] = message.slot;
  else known.set(message.id, message.shared);
}

/**
 * @param {SharedArrayBuffer} slot
 * @returns {unknown} what the system said, where it refused
 */
function tryPut(slot) {
  try {
    putSlot(made, done, known, Buffer.from(slot), seen);
    return undefined;
  } catch (cause) {
    // Known at once, so that nobody renders on for nothing.
    Atomics.store(control, stop, 1);
    const { message, code, errno, syscall, path } = /** @type {NodeJS.ErrnoException} */ (cause);
    return { message, code, errno, syscall, path };
  }
}
