import { parseArgs } from 'node:util';
import { type Campaign, type Failure, failureText, repeat } from './campaign';
import { concurrent } from './concurrent';
import { disks } from './disks';
import { fleets } from './fleets';
import { kills } from './kills';
import { sequences } from './sequences';

const campaigns: readonly Campaign[] = [fleets, sequences, kills, disks, concurrent];

const usage = `Usage: npm run campaign -- [--seed S] ${campaigns.map(({ name }) => `[--${name} N]`).join(' ')}

Does so many experiments of each kind. The same seed gives the same experiments; without one it is told.
A failure is printed with its seed, and its folder is kept. Exit status 1 where there is one.`;

/** @returns the exit status */
async function main(args: readonly string[]): Promise<number> {
  const options = Object.fromEntries(['seed', ...campaigns.map(({ name }) => name)].map((name) => [name, { type: 'string' }] as const));
  const { values } = parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean' } } });
  const numbers = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
  const chosen = campaigns.filter(({ name }) => (numbers[name] ?? 0) > 0);
  if (values['help'] || chosen.length === 0 || Object.values(numbers).some((value) => !Number.isSafeInteger(value) || value < 0)) {
    process.stdout.write(`${usage}\n`);
    return values['help'] ? 0 : 1;
  }
  const seed = numbers['seed'] ?? Math.floor(Math.random() * 1_000_000_000);
  process.stdout.write(`seed ${seed}\n`);
  const failures: Failure[] = [];
  for (const campaign of chosen) {
    const count = numbers[campaign.name] as number;
    const found = await repeat(campaign, count, seed, (done, failure) => progress(campaign.name, done, count, failure));
    failures.push(...found);
  }
  const counts = chosen.map(({ name }) => `${(numbers[name] as number).toLocaleString('en')} ${name}`);
  process.stdout.write(`${[...counts, `${failures.length} failures`].join(', ')}\n`);
  return failures.length > 0 ? 1 : 0;
}

function progress(name: string, done: number, all: number, failure: Failure | undefined): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${done === all && !failure ? '' : `${name} ${done} of ${all}`}`);
  if (failure) process.stdout.write(`\n${failureText(failure)}\n`);
}

// What is compiled once and thrown away is not worth remembering (`npm run campaign` says so to tsx); the commands that are run are.
delete process.env['TSX_DISABLE_CACHE'];

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (cause: unknown) => {
    // A mistake of the command line has a code, and its message says it all.
    const isTypo = cause instanceof Error && /^ERR_PARSE_ARGS/.test((cause as NodeJS.ErrnoException).code ?? '');
    process.stderr.write(`${cause instanceof Error ? (isTypo ? cause.message : (cause.stack ?? cause.message)) : String(cause)}\n`);
    process.exit(1);
  },
);
