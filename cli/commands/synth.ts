import { Command } from 'commander';
import { fleetFromConfig } from '../../constructs';
import { thousands } from '../../layers/text/problem-text';
import { outputPlace } from '../../store/output/output-place';
import { leftNotices } from '../../store/output/refused-strangers';
import { lookAhead, reportText, settledLines, writeOutput } from '../../store/output/write-output';
import { readConfig } from '../../store/read/read-config';
import { type Done, fileLines, print, printJson, printProblems } from '../print/print';
import { ProgressLine } from '../print/progress-line';
import { runAlone, runSettled } from '../run-alone';

interface SynthFlags {
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
    .action((flags: SynthFlags) => {
      const run = () => synth(flags);
      // What is rendered elsewhere is a preview: nothing but that folder is written.
      done(flags.output === undefined ? runAlone(flags.config, run) : runSettled(flags.config, run));
    });
}

function synth({ config, output: dir, json }: SynthFlags): number {
  const fleet = fleetFromConfig(readConfig(config));
  const folder = dir ?? outputPlace(config, fleet.path);
  const progress = new ProgressLine();
  const ahead = lookAhead(folder);
  const { output, report } = progress.during((show) => {
    try {
      const rendered = fleet.synth((done, all) => show(`checking ${thousands(done)} of ${thousands(all)} targets`));
      return { output: rendered, report: writeOutput(folder, rendered, { config, ahead, progress: (done) => show(`rendering ${thousands(done)} files`) }) };
    } finally {
      ahead.end();
    }
  });
  if (json) {
    const { targets, files, written, removed, unchanged, left, settled } = report;
    printJson({ ok: true, output: folder, targets, files, unchanged, written, removed, left, settled, warnings: output.warnings });
    return 0;
  }
  printProblems([...output.warnings, ...leftNotices(folder, report.left)]);
  const files = [...fileLines('written', folder, report.written), ...fileLines('removed', folder, report.removed)];
  const settled = settledLines(folder, report);
  print([reportText(folder, report), ...files, ...(settled.length > 0 ? ['', ...settled] : [])].join('\n'));
  return 0;
}
