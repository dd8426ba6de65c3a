import type { Plain } from '../../layers/layer';
import { FleetError } from '../../layers/problem';
import type { Repository } from '../git/repository';
import { blobsOf } from '../git/trees';
import { readRendered } from '../yaml/read-rendered';
import type { TreeFile } from './output-tree';

/** What files of a commit's output say, by their ids. */
export class Blobs {
  readonly #repository: Repository;
  readonly #files: readonly TreeFile[];
  readonly #nameOf: (path: string) => string;

  /** @param nameOf gives the name of a file, for messages */
  constructor(repository: Repository, files: readonly TreeFile[], nameOf: (path: string) => string) {
    this.#repository = repository;
    this.#files = files;
    this.#nameOf = nameOf;
  }

  /** @throws FleetError (`no-history`) where it is not here */
  text(id: string): string {
    const [[, bytes]] = [...blobsOf(this.#repository, [id])] as [readonly [string, Buffer]];
    return bytes.toString('utf8');
  }

  /** @param text where somebody has it already. @throws FleetError (`no-history`, `no-output`) where it is not here, and where it is no YAML */
  document(id: string, text = this.text(id)): Plain {
    return this.#parsed(id, text);
  }

  /** Each once, as they come: no more texts are in memory than need be. @throws FleetError (`no-history`) where one is not here */
  *texts(ids: Iterable<string>): Generator<readonly [id: string, text: string]> {
    for (const [id, bytes] of blobsOf(this.#repository, ids)) yield [id, bytes.toString('utf8')];
  }

  /** The same, parsed. @throws as {@link document} */
  *documents(ids: Iterable<string>): Generator<readonly [id: string, document: Plain]> {
    for (const [id, text] of this.texts(ids)) yield [id, this.#parsed(id, text)];
  }

  /** What to say of a file that is not what it should be. */
  refused(id: string, expected: string): FleetError {
    return noOutput(`${this.#name(id)} is not what was rendered`, { expected, hint: 'name another commit: what this one means nobody knows' });
  }

  #parsed(id: string, text: string): Plain {
    try {
      return readRendered(text);
    } catch (cause) {
      if (/^<{7} /m.test(text) && /^>{7} /m.test(text)) {
        throw noOutput(`${this.#name(id)} has the marks of a conflict: a merge was committed with them`, {
          hint: 'name a commit before or behind it; where it is the last one, run `npx fleet synth` and commit',
        });
      }
      throw noOutput(`${this.#name(id)} is no YAML`, { found: messageOf(cause), hint: 'name another commit: this one was not rendered so' });
    }
  }

  #name(id: string): string {
    return this.#nameOf(this.#files.find((file) => file.id === id)?.path ?? id);
  }
}

function messageOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
}

export function noOutput(message: string, more: { readonly expected?: string; readonly found?: string; readonly hint?: string }): FleetError {
  return new FleetError([{ code: 'no-output', message, place: [], ...more }]);
}
