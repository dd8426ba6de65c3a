import { Command } from 'commander';
import { fleetFromConfig } from '../constructs';
import { readConfig } from '../store/read-config';
import { reportText, writeOutput } from '../store/write-output';
import { type Done, fileLines, ProgressLine, print, printJson, printProblems } from './print';

interface Options {
  readonly config: string;
  readonly output?: string;
  readonly json?: boolean;
}

export function synthCommand(done: Done): Command {
  return new Command('synth')
    .description('render every target; write what changed, remove what no longer belongs')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--output <dir>', "the folder to write (default: the fleet's path, dist)")
    .option('--json', 'print counts and changed files as JSON')
    .addHelpText('after', '\nExample:\n  $ npx fleet synth\n  $ npx fleet synth --output /tmp/preview --json')
    .action((options: Options) => done(synth(options)));
}

function synth({ config, output: dir, json }: Options): number {
  const fleet = fleetFromConfig(readConfig(config));
  const output = fleet.synth();
  const folder = dir ?? fleet.path;
  const progress = new ProgressLine('rendering');
  const report = (() => {
    try {
      return writeOutput(folder, output, progress.update);
    } finally {
      progress.end();
    }
  })();
  if (json) {
    const { targets, files, written, removed, unchanged } = report;
    printJson({ ok: true, output: folder, targets, files, unchanged, written, removed, warnings: output.warnings });
    return 0;
  }
  printProblems(output.warnings);
  print([reportText(folder, report), ...fileLines('written', folder, report.written), ...fileLines('removed', folder, report.removed)].join('\n'));
  return 0;
}
