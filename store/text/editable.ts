import { FleetError } from '../../layers/problem';
import { positionAt } from './position';

/** A file as text, to be edited. */
export interface Editable {
  /** Relative to the working directory. */
  readonly file: string;
  readonly text: string;
}

/** A value that stands there in a way that cannot be edited: what to do by hand. */
export function cannotEdit({ file, text }: Editable, offset: number, message: string, byHand: string): FleetError {
  return new FleetError([{ code: 'cannot-edit', message, file, ...positionAt(text, offset), hint: byHand }]);
}
