import { join, relative } from 'node:path';
import { FleetError, type Problem } from '../../layers/problem';
import { problemsText } from '../../layers/text/problem-text';
import { runApart } from '../../store/code/run-apart';
import type { FleetRecord } from './record';
import { TestedFleet } from './tested-fleet';

/**
 * The fleet of a configuration folder as it renders now, in TypeScript or YAML, for tests. It is rendered by a process of its
 * own, so that whatever runs the tests need not know TypeScript, and nothing is left behind in it. Nothing is written.
 *
 * @param folder of the configuration, absolute or relative to the working directory. @default - `config` beside or above, as commands find it
 * @throws FleetError with everything wrong with the fleet, as `fleet check` tells it
 */
export function readFleet(folder?: string): TestedFleet {
  const read = (...flags: readonly string[]) => recordFrom(folder, flags);
  return new TestedFleet(read(), (path) => read('--without', path));
}

function recordFrom(folder: string | undefined, flags: readonly string[]): FleetRecord {
  const args = ['record', '--json', ...(folder === undefined ? [] : ['--config', shortest(folder)]), ...flags];
  const { status, stdout, stderr } = runApart(join(__dirname, '../fleet.js'), args);
  if (status === 0) {
    // What code of the configuration printed.
    process.stderr.write(stderr);
    return JSON.parse(stdout) as FleetRecord;
  }
  const problems = problemsIn(stdout);
  if (problems === undefined) throw new Error(`the fleet could not be read: ${stderr.trim() || `the process that reads it ended with ${status}`}`);
  const error = new FleetError(problems);
  // All that a test runner shows of it is the message.
  error.message = `the fleet does not render\n\n${problemsText(problems)}`;
  throw error;
}

/** Messages name files as a person would. */
function shortest(folder: string): string {
  const short = relative(process.cwd(), folder) || '.';
  return short.length < folder.length && !short.startsWith('..') ? short : folder;
}

function problemsIn(stdout: string): readonly Problem[] | undefined {
  try {
    return (JSON.parse(stdout) as { readonly problems?: readonly Problem[] }).problems;
  } catch {
    return undefined;
  }
}
