import { objectsOf } from './objects';
import type { Repository } from './repository';
import { isBlank, type Trailer, trailersOf } from './trailers';

/** What a commit says of itself. Its texts are as they were written: whoever prints them cleans them. */
export interface CommitInfo {
  readonly hash: string;
  readonly tree: string;
  /** All that it names, those that a shallow clone left out, too. */
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string };
  /** Who committed it: of a merge on a forge, and of what somebody else applied, another one. */
  readonly committer: { readonly name: string; readonly email: string };
  /** When it was written, as ISO 8601 with its author's offset: `2026-11-01T10:00:00+01:00`. */
  readonly date: string;
  /** When it was committed, in milliseconds. */
  readonly time: number;
  /** The first paragraph of its message, in one line; `''` where it has none. */
  readonly subject: string;
  /** What follows the first paragraph, trailers included. */
  readonly body: string;
  readonly trailers: readonly Trailer[];
  /** All of it, line by line as it was written. */
  readonly message: string;
}

/** @returns one for each hash. @throws FleetError (`no-history`) where one cannot be read */
export function commitInfos(repository: Repository, hashes: readonly string[]): readonly CommitInfo[] {
  const found: CommitInfo[] = [];
  for (const bytes of objectsOf(repository.git, hashes)) {
    if (bytes === undefined) throw repository.missing();
    found.push(readCommit(hashes[found.length] ?? '', bytes));
  }
  return found;
}

/** @param bytes as Git keeps it: headers, an empty line, the message */
function readCommit(hash: string, bytes: Buffer): CommitInfo {
  const headEnd = bytes.indexOf('\n\n');
  const head = (headEnd < 0 ? bytes : bytes.subarray(0, headEnd)).toString('latin1');
  // A header goes on where a line begins with a space, as that of a signature does.
  const headers = head.split(/\n(?! )/);
  const all = (name: string) => headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const decode = decoderOf(all('encoding')[0]);
  const message = headEnd < 0 ? '' : decode(bytes.subarray(headEnd + 2));
  const author = signatureOf(decode(Buffer.from(all('author')[0] ?? '', 'latin1')));
  const committer = signatureOf(decode(Buffer.from(all('committer')[0] ?? '', 'latin1')));
  const lines = message.split('\n');
  const start = lines.findIndex((line) => !isBlank(line));
  const end = lines.findIndex((line, at) => at > start && isBlank(line));
  const [title, rest] = start < 0 ? [[], []] : end < 0 ? [lines.slice(start), []] : [lines.slice(start, end), lines.slice(end)];
  return {
    hash,
    tree: all('tree')[0] ?? '',
    parents: all('parent'),
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
    date: isoDate(author.seconds, author.offset),
    time: committer.seconds * 1000,
    subject: title.map((line) => line.trim()).join(' '),
    body: rest
      .slice(
        Math.max(
          0,
          rest.findIndex((line) => !isBlank(line)),
        ),
      )
      .join('\n')
      .trimEnd(),
    trailers: trailersOf(message),
    message,
  };
}

/** A message is UTF-8 unless it says otherwise; one that lies about it is read as far as it goes. */
function decoderOf(encoding: string | undefined): (bytes: Buffer) => string {
  if (encoding === undefined) return (bytes) => bytes.toString('utf8');
  try {
    const decoder = new TextDecoder(encoding.trim());
    return (bytes) => decoder.decode(bytes);
  } catch {
    return (bytes) => bytes.toString('utf8');
  }
}

function signatureOf(text: string): { readonly name: string; readonly email: string; readonly seconds: number; readonly offset: string } {
  const [start, end, last] = [text.indexOf('<'), text.indexOf('>'), text.lastIndexOf('>')];
  const [, seconds = '0', offset = '+0000'] = /^ (\d{1,12}) ([+-]\d{4})$/.exec(text.slice(last + 1)) ?? [];
  const [name, email] = start < 0 || end < start ? [text, ''] : [text.slice(0, start), text.slice(start + 1, end)];
  return { name: name.trim(), email, seconds: Number(seconds), offset };
}

function isoDate(seconds: number, offset: string): string {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3));
  // No place of this world is further away.
  const isPlace = Number(offset.slice(3)) < 60 && minutes <= 14 * 60;
  const moment = new Date(seconds * 1000 + (isPlace ? (offset.startsWith('-') ? -minutes : minutes) * 60_000 : 0));
  return moment.toISOString().replace('.000Z', isPlace ? `${offset.slice(0, 3)}:${offset.slice(3)}` : '+00:00');
}
