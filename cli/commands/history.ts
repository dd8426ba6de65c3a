import { Command, Option } from 'commander';
import { fleetFromConfig } from '../../constructs';
import { readConfig } from '../../store/read/read-config';
import { historyCsv, historyData } from '../print/history/history-data';
import { historyText } from '../print/history/history-text';
import { type Done, print, printJson } from '../print/print';
import { readHistory } from '../read/history/read-history';
import { runSettled } from '../run-alone';
import { wholeNumber } from '../whole-number';

interface HistoryFlags {
  readonly config: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: number;
  readonly format: 'terminal' | 'json' | 'csv';
  readonly json?: boolean;
}

/** How many commits a terminal shows where nobody says. */
const shownCommits = 20;

export function historyCommand(done: Done): Command {
  return new Command('history')
    .description('every commit that changed what is rendered somewhere: when, who, what, by which patch, override or edit, and who approved it')
    .argument('<path>', "a node or a target, or as much of the end of it as is its alone; '*' for all")
    .argument('[app]', 'only this app, or CLUSTER-TYPE/APP')
    .option('--since <date>', 'only commits of that day or later: 2026-11-01, 2026-11-01T10:00+01:00')
    .option('--until <date>', 'only commits of that day or before')
    .option('--limit <count>', `how many commits, the newest first; 0 for all (default: ${shownCommits} in a terminal)`, wholeNumber)
    .addOption(new Option('--format <format>', 'how it is printed; csv has all, a line a change').choices(['terminal', 'json', 'csv']).default('terminal'))
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print all of it as JSON')
    .addHelpText(
      'after',
      `
What is in commits counts; what is not committed yet, fleet diff shows. Renames are followed. Who approved is told by trailers of the
commit (Approved-by, Reviewed-by, Acked-by, Tested-by, Signed-off-by), by who committed it, and by the merge that brought it. Writes
nothing.

Example:
  $ npx fleet history production
  $ npx fleet history production cert-manager --since 2026-01-01
  $ npx fleet history '*' --format csv > audit.csv`,
    )
    .action((path: string, app: string | undefined, flags: HistoryFlags) => done(runSettled(flags.config, () => history({ path, app }, flags))));
}

function history(
  { path, app }: { readonly path: string; readonly app: string | undefined },
  { config, since, until, limit, format, json }: HistoryFlags,
): number {
  const found = readHistory({ config, fleet: fleetFromConfig(readConfig(config)) }, { path, app, since, until });
  if (json || format === 'json') printJson({ ok: true, ...historyData(found, limit ?? 0) });
  else if (format === 'csv') process.stdout.write(historyCsv(found));
  else print(historyText(found, { limit: limit ?? shownCommits }));
  return 0;
}
