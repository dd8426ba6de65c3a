import { Command } from 'commander';
import { prepareAnnotations } from '../../prepare/prepare-annotations';
import { annotationsJson, annotationsText, printSaidAlready } from '../../print/annotations/annotations-printer';
import type { Done } from '../../print/print';
import { readAnnotations } from '../../read/annotations/read-annotations';
import { loadFleet } from '../../read/load-fleet';
import { runWriting } from '../../run-alone';
import { carryOut } from '../../write/carry-out';
import { withCommitOption, withWriteOptions } from '../../write-options';
import { formsOfFile } from './forms-of-file';

interface ImportAnnotationsFlags {
  readonly config: string;
  readonly output?: string;
  readonly prune?: boolean;
  readonly dryRun?: boolean;
  readonly commit?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

export function importAnnotationsCommand(done: Done): Command {
  return withCommitOption(
    withWriteOptions(
      new Command('import')
        .description('write the annotations of clusters into their files, and prove that nothing else changes')
        .argument('<file>', 'the file, or - for standard input')
        .option('--output <name>', 'the output of Terraform that says them')
        .option('--prune', 'take out what the file has no more: of the names that it says of any cluster'),
    ),
  )
    .addHelpText('after', `${formsOfFile}\n\nExample:\n  $ terraform output -json | npx fleet annotations import -`)
    .action((file: string, flags: ImportAnnotationsFlags) => {
      const run = () => importAnnotations(file, flags);
      done(runWriting(flags, run));
    });
}

function importAnnotations(file: string, flags: ImportAnnotationsFlags): number {
  const fleet = loadFleet(flags.config);
  const prepared = prepareAnnotations(fleet, readAnnotations(file, flags.output), flags.prune === true);
  const { change } = prepared;
  if (change) return carryOut(fleet, change, flags, flags.json ? annotationsJson(prepared) : annotationsText(prepared, fleet.fleet.path));
  printSaidAlready(prepared, flags.json);
  return 0;
}
