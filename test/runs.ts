/** How many times as much is tried as the tests say: `npm test` is the short form, `npm run test:long` the long one. */
export const times = Number(process.env['FLEET_TEST_RUNS'] ?? 0.2);

/** @param count of what is tried at `FLEET_TEST_RUNS=1` */
export function runs(count: number): number {
  return Math.ceil(count * times);
}
