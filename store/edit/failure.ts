import { FleetError } from '../../layers/problem';

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
  EISDIR: 'a folder is in the way',
  ENOTEMPTY: 'a folder is in the way',
};

/** The disk refused: why, and where. Nothing was changed. */
export function writeFailure(folder: string, cause: unknown, file?: string): FleetError {
  const { code, path } = (typeof cause === 'string' ? { code: cause } : cause) as { readonly code?: string; readonly path?: string };
  // Whatever is not the disk's is a bug.
  if (code === undefined) throw cause;
  const at = file ?? path;
  const reason = words[code] === undefined ? code : `${words[code]} (${code})`;
  return new FleetError([
    { code: 'config-write', message: `'${folder}' cannot be written: ${reason}`, ...(at === undefined ? {} : { found: at }), hint: 'nothing was changed' },
  ]);
}
