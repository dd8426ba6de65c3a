import { Command } from 'commander';
import { type FleetOutput, fleetFromConfig } from '../../../constructs';
import { chartKey, type RepositoryChart } from '../../../layers/charts/chart-id';
import { publishedChart } from '../../../store/charts/helm-program';
import { ImportedCharts } from '../../../store/charts/imported-charts';
import { LockedCharts } from '../../../store/charts/locked-charts';
import { shown } from '../../../store/files/paths';
import { HeldArchives } from '../../../store/hydrate/folders/held-archives';
import { HeldFiles } from '../../../store/hydrate/folders/held-files';
import { baseOf } from '../../../store/output/output-place';
import { readConfig } from '../../../store/read/read-config';
import { checkedData, checkedText } from '../../print/charts/checked-text';
import { type Done, print, printJson, printProblems } from '../../print/print';
import { ProgressLine } from '../../print/progress-line';
import { readRepositoryCharts } from '../../read/charts/chart-request';
import { checkCharts } from '../../read/charts/check-charts';
import { runSettled } from '../../run-alone';

interface CheckFlags {
  readonly config: string;
  readonly plainHttp?: boolean;
  readonly json?: boolean;
}

export function checkChartsCommand(done: Done): Command {
  return new Command('check')
    .description('which newer versions of Helm charts there are, and whether the archives of those in use are there; exit status 1 where one is not')
    .argument('[chart...]', 'an app, or a chart that an app names (default: every chart that the fleet names)')
    .option('--plain-http', 'ask registries without TLS')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what was found as JSON')
    .addHelpText(
      'after',
      `
Asks the repository or registry of each chart for its newest version, with the installed \`helm\`; what comes before a release
(1.0.0-rc.1) is none. Writes nothing. A newer version is no mistake: \`fleet charts bump APP\` writes the patch that moves to it.

Example:
  $ npx fleet charts check
  $ npx fleet charts check cert-manager --json`,
    )
    .action((charts: readonly string[], flags: CheckFlags) => done(runSettled(flags.config, () => run(charts, flags))));
}

function run(args: readonly string[], { config, plainHttp, json }: CheckFlags): number {
  const base = baseOf(config);
  const output: FleetOutput = fleetFromConfig(readConfig(config)).outline();
  const wanted = new Set(readRepositoryCharts(args, base, output).map(chartKey));
  const imported = new ImportedCharts(config, base);
  const locked = new LockedCharts(config, base);
  const held = new HeldArchives(locked, base, new HeldFiles(base));
  /** Also where it lies here, and no clone has it. */
  const pinned = (id: RepositoryChart) => {
    const [found, entry] = [imported.tryPinned(id), locked.tryFind(id)];
    const lacking = entry && held.wrongWith(entry);
    return found && lacking ? { ...found, problem: { ...lacking, file: shown(locked.file), place: [] } } : found;
  };
  const checked = new ProgressLine().during((progress) =>
    checkCharts(
      output.namedCharts().filter(({ id }) => wanted.has(chartKey(id))),
      {
        pinned,
        newest: (chart) => publishedChart({ ...chart, version: '*' }, { plainHttp, progress }),
      },
    ),
  );
  if (json) printJson(checkedData(checked));
  else {
    print(checkedText(checked.charts));
    printProblems(checked.problems);
  }
  return checked.problems.length > 0 ? 1 : 0;
}
