import { join } from 'node:path';
import { createInterface } from 'node:readline';

// Runs `fleet` again and again in one process, for tests of many commands: what takes time is loading it. A line of standard
// input is a command; a line of standard output is what came of it.
const main = join(__dirname, '../../cli/main.ts');
const { run } = require(main) as typeof import('../../cli/main');
const answer = process.stdout.write.bind(process.stdout);
const written = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = ((text: string) => {
    written[name] += text;
    return true;
  }) as typeof process.stdout.write;
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { cwd, args } = JSON.parse(line) as { readonly cwd: string; readonly args: readonly string[] };
  process.chdir(cwd);
  const status = run(args);
  answer(`${JSON.stringify({ status, ...written })}\n`);
  written.stdout = written.stderr = '';
});
