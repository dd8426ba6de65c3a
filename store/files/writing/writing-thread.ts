import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';

/** What the thread says at its end. */
interface Answer {
  readonly written: readonly number[];
  /** What the system said. @default - it refused nothing */
  readonly failure?: NodeJS.ErrnoException;
}

/** What a slot holds: nothing, files, or the last of them. */
const state = { free: 0, full: 1, last: 2 };
/** Three are enough that nobody waits for anything but the disk. */
const slotCount = 3;
const slotBytes = 1 << 20;
/** Where the thread says, beside the states of the slots, that a file could not be written. */
const stop = slotCount;
/** In milliseconds. Far more than any disk takes for a slot: so long after, there is no thread. */
const patience = 600_000;

/**
 * A thread that writes files, and the memory that is shared with it: slots that are filled and emptied in turn, so that no
 * text is kept, and none is copied twice. It is waited for without a turn of the event loop.
 */
export class WritingThread {
  readonly #control = new Int32Array(new SharedArrayBuffer(4 * (slotCount + 1)));
  readonly #slots = Array.from({ length: slotCount }, () => Buffer.from(new SharedArrayBuffer(slotBytes)));
  readonly #port: MessagePort;
  #turn = 0;
  /** Where the next file goes; its slot begins with where its files end. */
  #at = 4;
  #answer: Answer | undefined;

  /** @returns nothing where the system lets no thread be started */
  static tryStart(): WritingThread | undefined {
    try {
      return new WritingThread();
    } catch {
      return undefined;
    }
  }

  private constructor() {
    const { port1, port2 } = new MessageChannel();
    const slots = this.#slots.map(({ buffer }) => buffer);
    const workerData = { control: this.#control, slots, port: port2, words: { state, stop } };
    // Nothing of how this program was started: no module is loaded first, and nothing is waited for at its end.
    new Worker(require.resolve('./thread-main.cjs'), { workerData, transferList: [port2], execArgv: [], env: {} }).unref();
    port1.unref();
    this.#port = port1;
  }

  /** @param file its number @param words what `putFile` takes @throws what the system says, of a file before it */
  put(file: number, words: readonly [old: string, path: string, text: string]): void {
    // No character takes more than three bytes for each of its places.
    const most = words.reduce((sum, { length }) => sum + 3 * length, 16);
    if (this.#at > 4 && this.#at + most > this.#slot.length) this.#handOver(state.full);
    if (this.#at + most > this.#slot.length) this.#grow(this.#at + most);
    const slot = this.#slot;
    const head = this.#at;
    slot.writeUInt32LE(file, head);
    this.#at += 16;
    words.forEach((word, index) => {
      const length = slot.write(word, this.#at);
      slot.writeUInt32LE(length, head + 4 * (index + 1));
      this.#at += length;
    });
  }

  /** Waits until all is written. @returns which files were, by their numbers @throws what the system says */
  finish(): readonly number[] {
    const { written, failure } = this.#finished();
    if (failure) throw Object.assign(new Error(failure.message), failure);
    return written;
  }

  /** Waits until nothing is written any more. */
  end(): void {
    this.#finished();
  }

  get #slot(): Buffer<SharedArrayBuffer> {
    return this.#slots[this.#turn] as Buffer<SharedArrayBuffer>;
  }

  /** Of a file that no slot holds. */
  #grow(bytes: number): void {
    const slot = new SharedArrayBuffer(bytes);
    this.#slots[this.#turn] = Buffer.from(slot);
    this.#port.postMessage({ turn: this.#turn, slot });
  }

  #handOver(word: number): void {
    this.#slot.writeUInt32LE(this.#at, 0);
    Atomics.store(this.#control, this.#turn, word);
    Atomics.notify(this.#control, this.#turn);
    if (word === state.last) return;
    this.#turn = (this.#turn + 1) % slotCount;
    this.#at = 4;
    this.#await(state.full);
    if (Atomics.load(this.#control, stop) === 1) this.finish();
  }

  #finished(): Answer {
    if (this.#answer) return this.#answer;
    this.#handOver(state.last);
    this.#await(state.last);
    this.#answer = receiveMessageOnPort(this.#port)?.message as Answer;
    this.#port.close();
    return this.#answer;
  }

  #await(word: number): void {
    if (Atomics.wait(this.#control, this.#turn, word, patience) === 'timed-out') throw new Error('the thread that writes files does not answer');
  }
}
