import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { runCommand } from '../store/code/run-command';
import { bootstrapCommand } from './bootstrap';
import { checkCommand } from './check';
import { clustersCommand } from './clusters';
import { migrateCommand } from './migrate';
import { moveCommand, retireCommand } from './move';
import { newCommand } from './new';
import { planCommand } from './plan';
import { printFailure, printProblems } from './print';
import { promoteCommand } from './promote';
import { rollbackCommand } from './rollback';
import { statusCommand } from './status';
import { synthCommand } from './synth';

/** Runs the `fleet` command. @returns the exit status: 0 done, 1 mistakes of the user, 2 a bug */
export function run(args: readonly string[]): number {
  const program = new Command('fleet')
    .description('Renders a fleet of Kubernetes clusters to the exact Argo CD manifests of every target.')
    .version(version)
    .showHelpAfterError('Run `fleet --help` or `fleet COMMAND --help` for what there is.')
    .configureHelp({ showGlobalOptions: false })
    .addHelpText('after', '\nExample:\n  $ npx fleet synth\n  $ npx fleet check')
    .exitOverride();
  let status = 0;
  for (const command of [
    synthCommand,
    checkCommand,
    statusCommand,
    planCommand,
    promoteCommand,
    rollbackCommand,
    newCommand,
    clustersCommand,
    moveCommand,
    retireCommand,
    bootstrapCommand,
    migrateCommand,
  ]) {
    program.addCommand(
      command((result) => {
        status = result;
      }).copyInheritedSettings(program),
    );
  }
  try {
    program.parse(args, { from: 'user' });
    return status;
  } catch (error) {
    // Commander has already said what is wrong with the command line; asking for help is nothing wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    return printFailure(error, args.includes('--json'));
  }
}

// Standard output is the commands' own: what a configuration file prints must not end up in it.
console.log = console.info = console.debug = console.error;

/** Runs what the command line says, and ends the process. */
export function main(): void {
  runCommand(() => run(process.argv.slice(2)), printProblems);
}
