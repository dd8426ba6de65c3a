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

type PutSlot = (made: Set<string>, written: number[], slot: Buffer) => void;

const { putSlot } = require('./put-file.cjs') as { readonly putSlot: PutSlot };

/**
 * A thread that writes files, and the memory that is shared with it: slots that are filled and emptied in turn, so that no
 * text is kept, and none is copied twice. Where the thread is behind, whoever fills slots writes one instead of waiting; at the
 * end it is waited for without a turn of the event loop.
 */
export class WritingThread {
  readonly #control = new Int32Array(new SharedArrayBuffer(4 * (slotCount + 1)));
  readonly #slots = Array.from({ length: slotCount }, () => Buffer.from(new SharedArrayBuffer(slotBytes)));
  readonly #port: MessagePort;
  readonly #made = new Set<string>();
  readonly #written: number[] = [];
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
    if (this.#at > 4 && this.#at + most > this.#slot.length) this.#pass();
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
    this.#writeHere();
    const { written } = this.#expectWritten();
    return [...this.#written, ...written].sort((a, b) => a - b);
  }

  /** Waits until nothing is written any more, and writes nothing else. */
  end(): void {
    this.#at = 4;
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

  /** Gives a slot that is full to whoever is free: the thread, or else nobody but this program itself. */
  #pass(): void {
    const next = (this.#turn + 1) % slotCount;
    if (Atomics.load(this.#control, next) === state.free) {
      this.#handOver(state.full);
      this.#turn = next;
      this.#at = 4;
    } else this.#writeHere();
    if (Atomics.load(this.#control, stop) === 1) this.#expectWritten();
  }

  #writeHere(): void {
    this.#slot.writeUInt32LE(this.#at, 0);
    this.#at = 4;
    putSlot(this.#made, this.#written, this.#slot);
  }

  #handOver(word: number): void {
    this.#slot.writeUInt32LE(this.#at, 0);
    Atomics.store(this.#control, this.#turn, word);
    Atomics.notify(this.#control, this.#turn);
  }

  /** @throws what the system said */
  #expectWritten(): Answer {
    const answer = this.#finished();
    if (answer.failure) throw Object.assign(new Error(answer.failure.message), answer.failure);
    return answer;
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
