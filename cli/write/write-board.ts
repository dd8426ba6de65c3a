import { dirname, relative, resolve, sep } from 'node:path';
import { FleetError } from '../../constructs';
import { entryAt } from '../../store/files/entry-at';
import { beginsWith, expectRoom, writeWhole } from '../../store/files/own-document';
import { isOutside } from '../../store/files/paths';
import { specialKind } from '../../store/files/read-file';
import { writeFailure } from '../../store/files/write-failure';
import { realPath } from '../../store/git/find-repository';
import { outputDir } from '../../store/output/output-place';

/** How every board begins: a file that does is one, and a later one may take its place. */
const mark = '<!-- Written by `fleet board` of cdk8s-fleet -->\n';

/** The folders of the fleet that a board is of. */
export interface BoardPlace {
  readonly config: string;
  /** The fleet's `path`. @default - it is not known yet */
  readonly path?: string;
}

/** A board as a file has it. */
export function boardFile(html: string): string {
  return `${mark}${html}`;
}

/**
 * Looks whether a board can be written there, before anything is read for it.
 *
 * @throws FleetError (`board-output`) as {@link writeBoard}
 */
export function expectRoomForBoard(file: string, place: BoardPlace): void {
  const why = unfit(file, place);
  if (why) throw refused(file, why);
  try {
    expectRoom(resolve(file));
  } catch (cause) {
    throw notWritten(file, cause);
  }
}

/**
 * Writes a board, over an earlier one as well, and over nothing else.
 *
 * @returns the topmost folder that was made for it, absolute. @default - all were there
 * @throws FleetError (`board-output`) where something else is there, where it is no place for it, and where the disk refuses
 */
export function writeBoard(file: string, html: string, place: BoardPlace): string | undefined {
  const why = unfit(file, place);
  if (why) throw refused(file, why);
  try {
    return writeWhole(resolve(file), boardFile(html));
  } catch (cause) {
    throw notWritten(file, cause);
  }
}

function notWritten(file: string, cause: unknown): FleetError {
  const hint = hintOf('see that the path is right, that it can be written, and how much room there is');
  return writeFailure({ code: 'board-output', folder: file, hint }, cause, file);
}

interface Unfit {
  readonly message: string;
  readonly found?: string;
}

/** Why no board can be written there; `undefined` where it can. */
function unfit(file: string, { config, path }: BoardPlace): Unfit | undefined {
  if (file === '' || file.endsWith('/')) return { message: 'it has no name' };
  if (file.includes('\0')) return { message: 'its name holds a character that no path can hold' };
  const real = realPath(dirname(resolve(file)));
  if (real.split(sep).some((name) => name.toLowerCase() === '.git')) return { message: 'it lies in a Git directory' };
  const [inside] = [['the configuration', config] as const, ...(path === undefined ? [] : [['the rendered output', outputDir(config, path)] as const])].filter(
    ([, folder]) => !isOutside(relative(realPath(folder), real)),
  );
  if (inside) return { message: `it lies in ${inside[0]}`, found: inside[1] };
  try {
    return strangerAt(file);
  } catch (cause) {
    throw writeFailure({ code: 'board-output', folder: file, hint: hintOf('see that the path is right, and that it can be read') }, cause, file);
  }
}

function strangerAt(file: string): Unfit | undefined {
  const entry = entryAt(file);
  if (!entry) return undefined;
  const special = entry.isSymbolicLink() ? 'a link' : entry.isDirectory() ? 'a folder' : specialKind(entry);
  if (special !== undefined) return { message: `${special} is there`, found: special };
  return beginsWith(file, mark) ? undefined : { message: 'another file is there, which is left alone', found: 'a file that does not begin as a board does' };
}

function refused(file: string, { message, found }: Unfit): FleetError {
  return new FleetError([
    {
      code: 'board-output',
      message: `the board cannot be written to '${file}': ${message}`,
      place: [],
      expected: "a file of its own, such as 'board.html', that is not there yet or is a board",
      ...(found === undefined ? {} : { found }),
      hint: hintOf('name another one with `--output`, or `-` for standard output'),
    },
  ]);
}

function hintOf(what: string): string {
  return `nothing was written; ${what}`;
}
