/**
 * Runs a user's function that declares something, and expects that it is done when it returns.
 *
 * @throws Error where it returns a promise: what it declares later, nobody would render
 */
export function runAtOnce(run: () => unknown): void {
  const result = run();
  if (!(result instanceof Promise)) return;
  // Should it be rejected, that is the same mistake.
  result.catch(() => {});
  throw new Error('it returned a promise, and nobody waits for it');
}
