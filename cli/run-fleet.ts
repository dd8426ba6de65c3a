import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { findConfig } from '../store/read/find-config';
import { bootstrapCommand } from './commands/bootstrap';
import { checkCommand } from './commands/check';
import { clustersCommand } from './commands/clusters';
import { migrateCommand } from './commands/migrate';
import { moveCommand } from './commands/move';
import { newCommand } from './commands/new';
import { planCommand } from './commands/plan';
import { promoteCommand } from './commands/promote';
import { retireCommand } from './commands/retire';
import { rollbackCommand } from './commands/rollback';
import { schemaCommand } from './commands/schema';
import { statusCommand } from './commands/status';
import { synthCommand } from './commands/synth';
import { printFailure } from './print/print';

/** Runs the `fleet` command. @returns the exit status: 0 done, 1 mistakes of the user, 2 a bug */
export function runFleet(args: readonly string[]): number {
  const program = new Command('fleet')
    .description('Renders a fleet of Kubernetes clusters to the exact Argo CD manifests of every target.')
    .version(version)
    .showHelpAfterError('Run `fleet --help` or `fleet COMMAND --help` for what there is.')
    .configureHelp({ showGlobalOptions: false })
    .addHelpText('after', '\nExample:\n  $ npx fleet synth\n  $ npx fleet check')
    .hook('preAction', (_, command) => {
      // Without --config, every command takes the fleet around the working directory.
      if (command.getOptionValueSource('config') === 'default') command.setOptionValueWithSource('config', findConfig(), 'default');
    })
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
    schemaCommand,
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
    // Commander has printed what is wrong with the command line already; asking for help is nothing wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    return printFailure(error, args.includes('--json'));
  }
}
