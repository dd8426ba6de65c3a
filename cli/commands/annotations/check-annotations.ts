import { Command } from 'commander';
import { expectedDrift } from '../../prepare/prepare-annotations';
import { driftText } from '../../print/annotations/annotations-printer';
import { type Done, print, printJson } from '../../print/print';
import { readAnnotations } from '../../read/annotations/read-annotations';
import { loadFleet } from '../../read/load-fleet';
import { runSettled } from '../../run-alone';
import { formsOfFile } from './forms-of-file';

interface CheckAnnotationsFlags {
  readonly config: string;
  readonly output?: string;
  readonly json?: boolean;
}

export function checkAnnotationsCommand(done: Done): Command {
  return new Command('check')
    .description('what a file says otherwise than Git, with exit status 1 where it does')
    .argument('<file>', 'the file, or - for standard input')
    .option('--output <name>', 'the output of Terraform that says them')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what differs as JSON')
    .addHelpText(
      'after',
      `\nWrites nothing. Clusters that the file does not name are not compared.\n${formsOfFile}\n\nExample:\n  $ terraform output -json | npx fleet annotations check -`,
    )
    .action((file: string, flags: CheckAnnotationsFlags) => done(runSettled(flags.config, () => checkAnnotations(file, flags))));
}

function checkAnnotations(file: string, { config, output, json }: CheckAnnotationsFlags): number {
  const fleet = loadFleet(config);
  const drift = expectedDrift(fleet, readAnnotations(file, output));
  if (json) printJson({ ok: drift.length === 0, drift });
  else print(driftText(drift));
  return drift.length === 0 ? 0 : 1;
}
