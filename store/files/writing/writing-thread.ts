import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { type Done, putSlot, type Shared } from './put-files';
import { type FolderTexts, sharedOf } from './shared-files';

/** What the thread says at its end. */
interface Answer {
  readonly done: Done;
  /** What the system said. @default - it refused nothing */
  readonly failure?: NodeJS.ErrnoException;
}

/** What `putFile` takes, but for what it knows of itself. */
type Words = readonly [old: string, path: string, text: string];

/** What a slot holds: nothing, files, or the last of them. */
const state = { free: 0, full: 1, last: 2 };
/** Three are enough that nobody waits for anything but the disk. */
const slotCount = 3;
const slotBytes = 1 << 20;
/** Where the thread says, beside the states of the slots, that a file could not be written. */
const stop = slotCount;
/** In milliseconds. Far more than any disk takes for a slot: so long after, there is no thread. */
const patience = 600_000;

/** How long a file's part of a slot is beside its words, in bytes. */
const headBytes = 20;

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
  readonly #done: Done = { written: [], differing: [] };
  /** What several folders hold alike, as both threads know it; 0 is no such number. */
  readonly #known = new Map<number, Shared>();
  readonly #ids = new Map<FolderTexts, number>();
  #turn = 0;
  /** Where the next file goes; its slot begins with where its files end. */
  #at = 4;
  /** How many bytes its files have that are not in it, because several folders hold them: a slot is so much work and no more. */
  #elsewhere = 0;
  #answer: Answer | undefined;

  /**
   * @param ahead folders that may be asked about as those that may hold what several hold: they are looked at while nothing is to be written
   * @returns nothing where the system lets no thread be started
   */
  static tryStart(ahead: readonly string[] = []): WritingThread | undefined {
    try {
      return new WritingThread(ahead);
    } catch {
      return undefined;
    }
  }

  private constructor(ahead: readonly string[]) {
    const { port1, port2 } = new MessageChannel();
    const slots = this.#slots.map(({ buffer }) => buffer);
    const workerData = { control: this.#control, slots, port: port2, words: { state, stop }, ahead };
    // Nothing of how this program was started: no module is loaded first, and nothing is waited for at its end.
    new Worker(require.resolve('./thread-main.cjs'), { workerData, transferList: [port2], execArgv: [], env: {} }).unref();
    port1.unref();
    this.#port = port1;
  }

  /** @param file its number @param words what `putFile` takes @throws what the system says, of a file before it */
  put(file: number, words: Words): void {
    this.#add(file, 0, words);
  }

  /** @param first number of the first of them @param words old folder, new folder and nothing @throws what the system says, of a file before it */
  putShared(first: number, words: Words, texts: FolderTexts): void {
    const id = this.#ids.get(texts) ?? this.#introduce(texts);
    this.#add(first, id, words);
    this.#elsewhere += texts.reduce((sum, { text }) => sum + text.length, 0);
  }

  #introduce(texts: FolderTexts): number {
    const id = this.#ids.size + 1;
    const shared = sharedOf(texts);
    this.#ids.set(texts, id);
    this.#known.set(id, shared);
    this.#port.postMessage({ id, shared });
    return id;
  }

  #add(file: number, id: number, words: Words): void {
    // No character takes more than three bytes for each of its places.
    const most = words.reduce((sum, { length }) => sum + 3 * length, headBytes);
    if (this.#at > 4 && this.#at + this.#elsewhere + most > this.#slot.length) this.#pass();
    if (this.#at + most > this.#slot.length) this.#grow(this.#at + most);
    const slot = this.#slot;
    const head = this.#at;
    slot.writeUInt32LE(file, head);
    slot.writeUInt32LE(id, head + 4);
    this.#at += headBytes;
    words.forEach((word, index) => {
      const length = slot.write(word, this.#at);
      slot.writeUInt32LE(length, head + 4 * (index + 2));
      this.#at += length;
    });
  }

  /** Waits until all is written. @returns what was done, in no order @throws what the system says */
  finish(): Done {
    this.#writeHere();
    const { done } = this.#expectWritten();
    return { written: this.#done.written.concat(done.written), differing: this.#done.differing.concat(done.differing) };
  }

  /** Waits until nothing is written any more, and writes nothing else. */
  end(): void {
    this.#empty();
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
      this.#empty();
    } else this.#writeHere();
    if (Atomics.load(this.#control, stop) === 1) this.#expectWritten();
  }

  #writeHere(): void {
    this.#slot.writeUInt32LE(this.#at, 0);
    this.#empty();
    putSlot(this.#made, this.#done, this.#known, this.#slot);
  }

  #empty(): void {
    this.#at = 4;
    this.#elsewhere = 0;
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
