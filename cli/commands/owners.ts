import { Command, Option } from 'commander';
import { codeOwnersText } from '../print/owners/code-owners-text';
import { ownersData, ownersText } from '../print/owners/owners-text';
import { type Done, print, printJson, printProblems } from '../print/print';
import { codeOwners, unknownOwners } from '../read/owners/code-owners';
import { ownedFleet } from '../read/owners/owned-fleet';
import { runSettled } from '../run-alone';

interface OwnersFlags {
  readonly config: string;
  readonly output?: string;
  readonly codeowners?: boolean;
  readonly format: 'terminal' | 'json';
  readonly json?: boolean;
}

export function ownersCommand(done: Done): Command {
  return new Command('owners')
    .description('who owns what, and apps without an owner; or a CODEOWNERS file, by which a forge demands the review of owners and approvers')
    .addOption(new Option('--codeowners', 'print a CODEOWNERS file, of GitHub or GitLab').conflicts(['format', 'json']))
    .addOption(new Option('--format <format>', 'how it is printed').choices(['terminal', 'json']).default('terminal'))
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--output <dir>', "the folder of rendered output that CODEOWNERS names (default: the fleet's path, dist)")
    .option('--json', 'the same as --format json')
    .addHelpText('after', '\nWrites nothing.\n\nExample:\n  $ npx fleet owners\n  $ npx fleet owners --codeowners > .github/CODEOWNERS')
    .action((flags: OwnersFlags) => done(runSettled(flags.config, () => owners(flags))));
}

function owners(flags: OwnersFlags): number {
  const fleet = ownedFleet(flags.config);
  if (flags.codeowners) {
    const file = codeOwners(fleet, flags);
    printProblems(unknownOwners(fleet));
    print(codeOwnersText(file));
  } else if (flags.json || flags.format === 'json') printJson({ ok: true, ...ownersData(fleet) });
  else print(ownersText(fleet));
  return 0;
}
