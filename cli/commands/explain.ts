import { Command, Option } from 'commander';
import { fleetFromConfig } from '../../constructs';
import { readConfig } from '../../store/read/read-config';
import { explainData } from '../print/history/explain-data';
import { explainText } from '../print/history/explain-text';
import { type Done, print, printJson } from '../print/print';
import { explain } from '../read/history/explain';
import { runSettled } from '../run-alone';

interface ExplainFlags {
  readonly config: string;
  readonly at?: string;
  readonly format: 'terminal' | 'json';
  readonly json?: boolean;
}

export function explainCommand(done: Done): Command {
  return new Command('explain')
    .description('where each value of an app at a target comes from: the layer, its file and line, what it hid, and the commit that made it so')
    .argument('<path>', 'a target, or as much of the end of it as is its alone')
    .argument('<app>', 'an app, or CLUSTER-TYPE/APP')
    .argument('[field]', 'a field, all below one, or a pattern such as *.replicaCount (default: all)')
    .option('--at <ref>', 'as a commit recorded it, or the last one of a date (default: as the configuration says now)')
    .addOption(new Option('--format <format>', 'how it is printed').choices(['terminal', 'json']).default('terminal'))
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print all of it as JSON')
    .addHelpText(
      'after',
      `
The commit is the one in which the rendered value became what it is at that target, whichever line of the configuration caused it.
Writes nothing.

Example:
  $ npx fleet explain production/prod-canary/us-east1 cert-manager source.targetRevision
  $ npx fleet explain prod-canary cert-manager '*.replicaCount'`,
    )
    .action((target: string, app: string, field: string | undefined, flags: ExplainFlags) =>
      done(runSettled(flags.config, () => explainApp(flags, { target, app, ...(field === undefined ? {} : { field }) }))),
    );
}

function explainApp({ config, at, format, json }: ExplainFlags, asked: Parameters<typeof explain>[1]): number {
  const explanation = explain({ config, fleet: fleetFromConfig(readConfig(config)) }, asked, at);
  if (json || format === 'json') printJson({ ok: true, ...explainData(explanation) });
  else print(explainText(explanation));
  return 0;
}
