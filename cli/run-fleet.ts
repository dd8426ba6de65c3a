import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { allowRender } from '../store/read/allow-render';
import { type Done, printFailure } from './print/print';

/** In the order of the help. Each is loaded where it is asked for: to load all takes longer than to run most of them. */
const commands: Readonly<Record<string, () => (done: Done) => Command>> = {
  init: () => (require('./commands/init') as typeof import('./commands/init')).initCommand,
  synth: () => (require('./commands/synth') as typeof import('./commands/synth')).synthCommand,
  check: () => (require('./commands/check') as typeof import('./commands/check')).checkCommand,
  diff: () => (require('./commands/diff/diff') as typeof import('./commands/diff/diff')).diffCommand,
  status: () => (require('./commands/status') as typeof import('./commands/status')).statusCommand,
  plan: () => (require('./commands/plan') as typeof import('./commands/plan')).planCommand,
  promote: () => (require('./commands/promote') as typeof import('./commands/promote')).promoteCommand,
  rollback: () => (require('./commands/rollback') as typeof import('./commands/rollback')).rollbackCommand,
  freeze: () => (require('./commands/freeze/freeze') as typeof import('./commands/freeze/freeze')).freezeCommand,
  unfreeze: () => (require('./commands/freeze/unfreeze') as typeof import('./commands/freeze/unfreeze')).unfreezeCommand,
  new: () => (require('./commands/new/new') as typeof import('./commands/new/new')).newCommand,
  explain: () => (require('./commands/explain') as typeof import('./commands/explain')).explainCommand,
  history: () => (require('./commands/history') as typeof import('./commands/history')).historyCommand,
  owners: () => (require('./commands/owners') as typeof import('./commands/owners')).ownersCommand,
  versions: () => (require('./commands/versions') as typeof import('./commands/versions')).versionsCommand,
  board: () => (require('./commands/board') as typeof import('./commands/board')).boardCommand,
  notify: () => (require('./commands/notify') as typeof import('./commands/notify')).notifyCommand,
  clusters: () => (require('./commands/clusters') as typeof import('./commands/clusters')).clustersCommand,
  annotations: () => (require('./commands/annotations/annotations') as typeof import('./commands/annotations/annotations')).annotationsCommand,
  move: () => (require('./commands/move') as typeof import('./commands/move')).moveCommand,
  retire: () => (require('./commands/retire') as typeof import('./commands/retire')).retireCommand,
  bootstrap: () => (require('./commands/bootstrap') as typeof import('./commands/bootstrap')).bootstrapCommand,
  import: () => (require('./commands/charts/import') as typeof import('./commands/charts/import')).importCommand,
  charts: () => (require('./commands/charts/charts') as typeof import('./commands/charts/charts')).chartsCommand,
  migrate: () => (require('./commands/migrate') as typeof import('./commands/migrate')).migrateCommand,
  schema: () => (require('./commands/schema') as typeof import('./commands/schema')).schemaCommand,
  completion: () => (done) => (require('./commands/completion') as typeof import('./commands/completion')).completionCommand(done, wholeProgram),
};

/** The program with all of its commands, for what tells of them and runs none. */
function wholeProgram(): Command {
  const program = new Command('fleet').version(version);
  for (const load of Object.values(commands)) program.addCommand(withRenderOption(load()(() => undefined)));
  return program;
}

/** What other programs of this package run: no help names it. */
const hidden: typeof commands = {
  record: () => (require('./testing/record-command') as typeof import('./testing/record-command')).recordCommand,
};

/** The commands that a command line is about: its own, none for the version, and all where help or a suggestion may name any. */
function commandsFor([first = '']: readonly string[]): readonly ((done: Done) => Command)[] {
  if (first === '--version' || first === '-V') return [];
  const own = [commands, hidden].find((some) => Object.hasOwn(some, first))?.[first];
  return (own ? [own] : Object.values(commands)).map((load) => load());
}

/** What every command has that reads a configuration: a fleet in YAML may have come from elsewhere, and runs no program by itself. */
function withRenderOption(command: Command): Command {
  const reads = command.options.some(({ long }) => long === '--config');
  if (reads) command.option('--allow-render', 'open the charts of a fleet in YAML, too, which runs helm and kustomize');
  for (const below of command.commands) withRenderOption(below);
  return command;
}

/** What holds for the program holds for a command and for all below it: help and mistakes end none of them by ending the process. */
function inherit(command: Command, parent: Command, path = ''): Command {
  command.copyInheritedSettings(parent);
  if (path !== '') command.showHelpAfterError(`Run \`fleet ${path} ${command.name()} --help\` for what there is.`);
  for (const below of command.commands) inherit(below, command, `${path} ${command.name()}`.trim());
  return command;
}

/** Whether mistakes, too, are told as data. */
function asksForJson(args: readonly string[]): boolean {
  return args.some((arg, index) => arg === '--json' || arg === '--format=json' || (arg === 'json' && args[index - 1] === '--format'));
}

/** Runs the `fleet` command. @returns the exit status: 0 done, 1 mistakes of the user, 2 a bug */
export function runFleet(args: readonly string[]): number {
  if (args[0] === '__complete') return (require('./complete-names') as typeof import('./complete-names')).completeNames(args.slice(1));
  const program = new Command('fleet')
    .description('Renders a fleet of Kubernetes clusters to the exact Argo CD manifests of every target.')
    .version(version)
    // `--version` behind a command is the command's.
    .enablePositionalOptions()
    .showHelpAfterError('Run `fleet --help` or `fleet COMMAND --help` for what there is.')
    .configureHelp({ showGlobalOptions: false })
    .addHelpText('after', '\nExample:\n  $ npx fleet synth\n  $ npx fleet check')
    .hook('preAction', (_, command) => {
      // Before any code of a configuration runs.
      require('../store/read/locate');
      allowRender(command.opts().allowRender === true);
      // Without --config, every command takes the fleet around the working directory.
      if (command.getOptionValueSource('config') !== 'default') return;
      const { findConfig } = require('../store/read/find-config') as typeof import('../store/read/find-config');
      command.setOptionValueWithSource('config', findConfig(), 'default');
    })
    .exitOverride();
  let status = 0;
  try {
    for (const command of commandsFor(args)) {
      const own = command((result) => {
        status = result;
      });
      program.addCommand(inherit(withRenderOption(own), program));
    }
    program.parse(args, { from: 'user' });
    return status;
  } catch (error) {
    // Commander has printed what is wrong with the command line already; asking for help is nothing wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    return printFailure(error, asksForJson(args));
  }
}
