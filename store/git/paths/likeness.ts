import { objectsOf, sizesOf } from '../objects';
import type { Repository } from '../repository';

/** In bytes: what is larger is another where it is not the same. */
const largest = 1 << 20;

/** Lines of files, and how much two files have in common. */
export class Contents {
  readonly #repository: Repository;
  readonly #lines = new Map<string, ReadonlyMap<string, number> | undefined>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  load(ids: readonly string[]): void {
    const unknown = [...new Set(ids)].filter((id) => !this.#lines.has(id));
    const sizes = sizesOf(this.#repository.git, unknown);
    for (const id of unknown) this.#lines.set(id, undefined);
    const small = unknown.filter((_, at) => (sizes[at] ?? largest) < largest);
    let at = 0;
    for (const content of objectsOf(this.#repository.git, small)) {
      if (content) this.#lines.set(small[at] ?? '', countLines(content.toString('latin1')));
      at += 1;
    }
  }

  /** From 0 to 1: the bytes of the lines that two files share, of those of the larger one. */
  likeness(one: string, other: string): number {
    if (one === other) return 1;
    const [a, b] = [this.#lines.get(one), this.#lines.get(other)];
    if (!a || !b) return 0;
    let shared = 0;
    for (const [line, count] of a) shared += Math.min(count, b.get(line) ?? 0) * (line.length + 1);
    return shared / Math.max(bytesOf(a), bytesOf(b), 1);
  }
}

function countLines(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

function bytesOf(lines: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [line, count] of lines) sum += (line.length + 1) * count;
  return sum;
}
