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
const ownDate = Date;

/** Stops the clock, or lets it go on. */
function setClock(now: number | undefined): void {
  for (const name of ['GIT_AUTHOR_DATE', 'GIT_COMMITTER_DATE']) {
    if (now === undefined) delete process.env[name];
    else process.env[name] = `@${now / 1000} +0000`;
  }
  const stopped: ProxyHandler<DateConstructor> = {
    construct: (date, given, made) => Reflect.construct(date, given.length === 0 ? [now] : given, made),
    get: (date, key) => (key === 'now' ? () => now : Reflect.get(date, key)),
  };
  globalThis.Date = now === undefined ? ownDate : new Proxy(ownDate, stopped);
}
const repository = join(__dirname, '../..') + sep;

interface Order {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly path?: string;
  readonly now?: number;
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { cwd, args, path = ownPath, now } = JSON.parse(line) as Order;
  process.chdir(cwd);
  process.env.PATH = path;
  setClock(now);
  answer(`${JSON.stringify({ status: runFleet(args), ...written })}\n`);
  written.stdout = written.stderr = '';
  // A process that lives as long as a user's has the configuration of one fleet.
  for (const file of Object.keys(require.cache)) if (!file.startsWith(repository)) delete require.cache[file];
});
