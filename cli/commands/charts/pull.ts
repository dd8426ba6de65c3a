import { Command } from 'commander';
import type { Done } from '../../print/print';
import { withFetchOptions } from './fetch-charts';

export function pullCommand(done: Done): Command {
  return withFetchOptions(
    new Command('pull').description('fetch the Helm charts that apps name, in every version, and make no new types'),
    done,
    'charts pull',
  ).addHelpText(
    'after',
    `
What \`fleet import\` does, for who wants archives and lock alone: types that are there are kept current, and none are made.
What no app names any more goes. The installed \`helm\` fetches charts; what is there already, and folders, need none.

Example:
  $ npx fleet charts pull
  $ npx fleet charts pull cert-manager --dry-run`,
  );
}
