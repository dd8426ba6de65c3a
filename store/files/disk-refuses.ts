import { FleetError } from '../../layers/problem';

/**
 * What the system had against a file or a stream, as a mistake that is no bug: no rights, no space, a folder where a file
 * was expected. Whoever knows more about the place says it before this is asked.
 *
 * @returns `undefined` where the system had nothing to do with it
 */
export function asRefusal(cause: unknown): FleetError | undefined {
  const { code, message, path, syscall } = (cause ?? {}) as NodeJS.ErrnoException;
  const isPath = code === 'ERR_INVALID_ARG_VALUE' && /null bytes/.test(message);
  if (!isPath && (syscall === undefined || code === undefined)) return undefined;
  return new FleetError([
    {
      code: 'disk-refused',
      message: isPath ? 'a path holds a character that no path can hold' : `the system refuses: ${message}`,
      ...(path === undefined ? {} : { file: path }),
      place: [],
      hint: isPath ? 'look for U+0000 in the options and in `path`' : 'see that the path is right, and that it can be read and written',
    },
  ]);
}
