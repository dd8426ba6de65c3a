import { join, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { runFleet } from '../../cli/run-fleet';
import { startPrograms } from './small-spawner';

// Runs `fleet` again and again in one process, for tests of many commands: what takes time is loading it. A line of standard
// input is a command; a line of standard output is what came of it.
const answer = process.stdout.write.bind(process.stdout);
const written = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = ((text: string) => {
    written[name] += text;
    return true;
  }) as typeof process.stdout.write;
}

startPrograms();

// As `cli/main.ts` has it.
console.log = console.info = console.debug = console.error;

const ownPath = process.env.PATH;
const repository = join(__dirname, '../..') + sep;

createInterface({ input: process.stdin }).on('line', (line) => {
  const { cwd, args, path = ownPath } = JSON.parse(line) as { readonly cwd: string; readonly args: readonly string[]; readonly path?: string };
  process.chdir(cwd);
  process.env.PATH = path;
  answer(`${JSON.stringify({ status: runFleet(args), ...written })}\n`);
  written.stdout = written.stderr = '';
  // A process that lives as long as a user's has the configuration of one fleet.
  for (const file of Object.keys(require.cache)) if (!file.startsWith(repository)) delete require.cache[file];
});
