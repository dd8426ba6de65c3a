import { Command } from 'commander';
import { fleetFromConfig } from '../../constructs';
import { readConfig } from '../../store/read/read-config';
import { type Done, print } from '../print/print';
import { runSettled } from '../run-alone';
import { recordOf } from './fleet-record';
import { withoutPath } from './without-path';

interface RecordFlags {
  readonly config: string;
  readonly without?: string;
}

/** What `readFleet` runs, in a process of its own: no part of what people type. */
export function recordCommand(done: Done): Command {
  return new Command('record')
    .description('print all that is rendered, for the tests of a fleet')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--without <path>', 'as if nothing were said for a dimension path')
    .option('--json', 'print problems as JSON too')
    .action(({ config, without }: RecordFlags) => done(runSettled(config, () => record(config, without))));
}

function record(config: string, without: string | undefined): number {
  const files = readConfig(config);
  const fleet = fleetFromConfig(files);
  const output = fleet.synth();
  const record = without === undefined ? recordOf(fleet, output) : recordOf(fleetFromConfig(withoutPath(files, without, output)));
  print(JSON.stringify(record));
  return 0;
}
