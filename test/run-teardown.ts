import { rmSync } from 'node:fs';

/** After all test files. */
export default function tearDown(): void {
  const { FLEET_TEST_RUN: folder } = process.env;
  if (folder) rmSync(folder, { recursive: true, force: true });
}
