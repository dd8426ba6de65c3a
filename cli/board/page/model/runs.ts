import type { BoardApp, BoardField, BoardSaid } from '../../board';

const decoded = new WeakMap<BoardField, Int32Array>();

/** Which of what a field says holds at each of the app's targets; -1 where it is not set. Made once, when somebody looks at the field. */
export function heldBy(app: BoardApp, field: BoardField): Int32Array {
  let held = decoded.get(field);
  if (held === undefined) {
    held = new Int32Array(app.targets.length);
    if (field.runs !== undefined) fill(held, field.runs);
    decoded.set(field, held);
  }
  return held;
}

function fill(held: Int32Array, runs: readonly number[]): void {
  held.fill(-1);
  let from = 0;
  for (let index = 0; index + 1 < runs.length; index += 2) {
    const to = from + (runs[index] ?? 0);
    held.fill(runs[index + 1] ?? -1, from, to);
    from = to;
  }
}

/** @param position of a target among the app's @returns `undefined` where the field is not set */
export function saidAt(app: BoardApp, field: BoardField, position: number): BoardSaid | undefined {
  return field.said[heldBy(app, field)[position] ?? -1];
}
