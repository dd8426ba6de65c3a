/** How many times as much is tried as the tests say: `npm test` is the short form, `npm run test:long` the long one. */
export const times = Number(process.env['FLEET_TEST_RUNS'] ?? 0.05);

/** Whether everything is tried, and not a part of it. */
export const isLongForm = times >= 1;

/** A part of a table for the short form, taken from all along it; the whole table in the long one. */
export function partly<Row>(rows: readonly Row[], count: number): readonly Row[] {
  if (isLongForm || rows.length <= count) return rows;
  return Array.from({ length: count }, (_, index) => rows[Math.floor((index * rows.length) / count)] as Row);
}

/** A third of a table for the short form, another one at each place where the table is tried; the whole table in the long one. */
export function inTurn<Row>(rows: readonly Row[], turn: number): readonly Row[] {
  return isLongForm ? rows : rows.filter((_, index) => index % 3 === turn % 3);
}

/** How often a property is tried whose every try takes long, renders files and commits them: in the short form a fifth of its part. */
export function ofSlow(count: number): number {
  return isLongForm ? count : Math.ceil(count / 5);
}

/** @param count of what is tried at `FLEET_TEST_RUNS=1` */
export function runs(count: number): number {
  return Math.ceil(count * times);
}
