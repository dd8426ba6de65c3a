import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A folder that is made once in a run of the tests, by the first test file that wants it. Nobody writes in it: it is copied.
 *
 * @param make makes it anywhere, and returns where
 */
export async function kept(name: string, make: () => Promise<string>): Promise<string> {
  const folder = join(process.env['FLEET_TEST_RUN'] as string, name);
  if (existsSync(folder)) return folder;
  const made = await make();
  try {
    renameSync(made, folder);
  } catch (cause) {
    // A test file beside this one was faster.
    if (!existsSync(folder)) throw cause;
    rmSync(made, { recursive: true });
  }
  return folder;
}
