/** What is printed on a terminal of so many columns. */
export function onTerminal<T>(columns: number, run: () => T): T {
  const { isTTY, columns: before } = process.stdout;
  Object.assign(process.stdout, { isTTY: true, columns });
  try {
    return run();
  } finally {
    Object.assign(process.stdout, { isTTY, columns: before });
  }
}
