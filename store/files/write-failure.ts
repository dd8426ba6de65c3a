import { FleetError } from '../../layers/problem';
import type { ProblemCode } from '../../layers/problem-codes';

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'nothing can be made there',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
  EISDIR: 'a folder is in the way',
  ENOTEMPTY: 'a folder is in the way',
  EBUSY: 'something is mounted there, or it is in use',
  EXDEV: 'it lies on another file system',
  ENAMETOOLONG: 'a name is too long',
  ELOOP: 'links go round in a circle',
};

/** Who could not write, and what that left. */
export interface Writing {
  readonly code: ProblemCode;
  /** As the user knows it. */
  readonly folder: string;
  readonly hint: string;
}

/** Writing a configuration folder: all of it or nothing. */
export function writingConfig(folder: string): Writing {
  return { code: 'config-write', folder, hint: 'nothing was changed' };
}

/** A file that is still aside is told by the place that it was for; where it lies says nothing to anybody. */
function named(path: string | undefined): string | undefined {
  if (!path?.includes('.fleet-staging')) return path;
  return /\.fleet-staging\/run-[^/]+\/tree\/(.+)$/.exec(path)?.[1];
}

/**
 * The disk refused: why, and where.
 *
 * @param cause what was thrown, or the system's code
 * @throws cause where it is not the disk's: then it is a bug
 */
export function writeFailure({ code, folder, hint }: Writing, cause: unknown, file?: string): FleetError {
  if (cause instanceof FleetError) return cause;
  const found = (typeof cause === 'string' ? { code: cause } : cause) as { readonly code?: string; readonly path?: string; readonly dest?: string };
  if (found.code === undefined) throw cause;
  const at = named(file ?? found.dest ?? found.path);
  const known = words[found.code];
  return new FleetError([
    {
      code,
      message: `'${folder}' cannot be written: ${known === undefined ? found.code : `${known} (${found.code})`}`,
      place: [],
      ...(at === undefined ? {} : { found: at }),
      hint,
    },
  ]);
}
