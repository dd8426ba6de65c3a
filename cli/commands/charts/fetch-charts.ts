import type { Command } from 'commander';
import { FleetError, type FleetOutput, fleetFromConfig } from '../../../constructs';
import { chartKey } from '../../../layers/charts/chart-id';
import { projectOf } from '../../../store/charts/charts-folder';
import { planImport } from '../../../store/charts/import-charts';
import { commit } from '../../../store/edit/transaction';
import { shown } from '../../../store/files/paths';
import { readText } from '../../../store/files/read-file';
import { baseOf, isOfModules } from '../../../store/output/output-place';
import { readConfig } from '../../../store/read/read-config';
import { type ChartFile, type ImportResult, printImport } from '../../print/charts/import-text';
import type { Done } from '../../print/print';
import { ProgressLine } from '../../print/progress-line';
import { type ChartsCommand, namesOf, readCharts } from '../../read/charts/chart-request';
import { collected } from '../../read/collected';
import { runWriting } from '../../run-alone';

interface FetchFlags {
  readonly config: string;
  readonly repo?: string;
  readonly version: readonly string[];
  readonly update?: boolean;
  readonly plainHttp?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** What the commands that fetch charts have in common: `fleet import`, and `fleet charts pull`, which makes no types. */
export function withFetchOptions(command: Command, done: Done, name: ChartsCommand): Command {
  return command
    .argument('[chart...]', 'an app, a chart that an app names, oci://…, or a folder of this repository (default: every chart that the fleet names)')
    .option('--repo <url>', 'the chart repository or registry of a chart that no app names yet')
    .option('--version <version>', 'a version beside those that apps name (repeatable)', collected, [])
    .option('--update', 'fetch again what is there already: ranges of versions, and what was published anew')
    .option('--plain-http', 'ask registries without TLS')
    .option('--dry-run', 'fetch, and print what would be written; write nothing')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what was fetched and written as JSON')
    .action((charts: readonly string[], flags: FetchFlags) => {
      const project = shown(projectOf(flags.config)) || '.';
      done(runWriting(flags, () => runWriting({ ...flags, config: project }, () => fetchCharts(charts, flags, name))));
    });
}

function fetchCharts(args: readonly string[], flags: FetchFlags, command: ChartsCommand): number {
  const { config, update, plainHttp, dryRun = false } = flags;
  const base = baseOf(config);
  const files = readConfig(config);
  if (files.fleet === undefined) throw new FleetError(files.problems);
  // Folders need none: there a mistake in the configuration is no obstacle.
  let output: FleetOutput | undefined;
  const names = () => {
    output ??= fleetFromConfig(files).outline();
    return namesOf(output);
  };
  const charts = readCharts(args, { ...flags, command }, base, names);
  // A fleet in YAML has no use for types.
  const withTypes = command === 'import' && files.form !== 'yaml';
  const isAll = args.length === 0;
  const plan = new ProgressLine().during((progress) => planImport({ config, base, charts, isAll, update, plainHttp, withTypes, progress }));
  const edited = plan.edits.files;
  if (edited.length > 0 && !dryRun) commit(projectOf(config), plan.edits, () => undefined);
  const result: ImportResult = {
    plan,
    dryRun,
    written: edited.filter(({ text }) => text !== null).map(({ file }) => shown(file)),
    removed: edited.filter(({ text }) => text === null).map(({ file }) => shown(file)),
    users: withTypes && output ? usersIn(output) : new Map(),
    ending: isOfModules(config) ? '.js' : '',
  };
  printImport(result, flags.json === true);
  return 0;
}

/** The first app of each chart. */
function usersIn(output: FleetOutput): ImportResult['users'] {
  const users = new Map<string, ChartFile>();
  for (const { clusterType, file, id } of output.namedCharts()) {
    const [app] = output.apps(clusterType, file);
    const key = chartKey(id);
    if (app?.file === undefined || users.has(key)) continue;
    const { file: path } = app;
    const says = (word: string) => new RegExp(`\\b${word}\\b`).test(readText(path));
    users.set(key, { file: path, type: output.hasMembers ? 'ComponentConfig' : 'FleetAppConfig', says });
  }
  return users;
}
