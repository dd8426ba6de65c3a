import { FleetError } from '../../layers/problem';

/** A file as text, to be edited. */
export interface Editable {
  /** Relative to the working directory. */
  readonly file: string;
  readonly text: string;
}

/** A value that stands there in a way that cannot be edited: what to do by hand. */
export function cannotEdit({ file, text }: Editable, offset: number, message: string, byHand: string): FleetError {
  const before = text.slice(0, offset).split('\n');
  const line = before.length;
  const column = (before[before.length - 1] ?? '').length + 1;
  return new FleetError([{ code: 'cannot-edit', message, file, line, column, hint: byHand }]);
}
