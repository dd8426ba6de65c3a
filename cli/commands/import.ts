import { Command } from 'commander';
import { FleetError, type FleetOutput, fleetFromConfig } from '../../constructs';
import { chartKey } from '../../layers/charts/chart-id';
import { projectOf } from '../../store/charts/charts-folder';
import { planImport } from '../../store/charts/import-charts';
import { commit } from '../../store/edit/transaction';
import { isThere, shown } from '../../store/files/paths';
import { readText } from '../../store/files/read-file';
import { baseOf, isOfModules } from '../../store/output/output-place';
import { readConfig } from '../../store/read/read-config';
import { type ChartFile, type ImportResult, printImport } from '../print/charts/import-text';
import type { Done } from '../print/print';
import { ProgressLine } from '../print/progress-line';
import { type FleetNames, readCharts } from '../read/charts/chart-request';
import { collected } from '../read/collected';
import { runAlone } from '../run-alone';

interface ImportFlags {
  readonly config: string;
  readonly repo?: string;
  readonly version: readonly string[];
  readonly update?: boolean;
  readonly plainHttp?: boolean;
  readonly json?: boolean;
}

export function importCommand(done: Done): Command {
  return new Command('import')
    .description('fetch the Helm charts that apps name, in every version, and write the types of their values')
    .argument('[chart...]', 'an app, a chart that an app names, oci://…, or a folder of this repository (default: every chart that the fleet names)')
    .option('--repo <url>', 'the chart repository or registry of a chart that no app names yet')
    .option('--version <version>', 'a version beside those that apps name (repeatable)', collected, [])
    .option('--update', 'fetch again what is there already: ranges of versions, and what was published anew')
    .option('--plain-http', 'ask registries without TLS')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what was imported and written as JSON')
    .addHelpText(
      'after',
      `
Writes imports/charts/ beside the configuration, to be committed: the archives, lock.json with their digests, and CHART.ts
with the types of the values of all versions that the base, overrides and patches name. An app says that its values are
those of a chart by one word: \`satisfies FleetAppConfig<CertManagerValues>\`. \`fleet check\` then tells values that a version
does not know, too. The installed \`helm\` fetches charts; what is there already, and folders, need none.

Example:
  $ npx fleet import
  $ npx fleet import cert-manager
  $ npx fleet import podinfo --repo https://stefanprodan.github.io/podinfo --version 6.7.1
  $ npx fleet import oci://ghcr.io/stefanprodan/charts/podinfo --version 6.7.1
  $ npx fleet import ./charts/namespaces`,
    )
    .action((charts: readonly string[], flags: ImportFlags) => {
      const project = shown(projectOf(flags.config)) || '.';
      done(runAlone(flags.config, () => runAlone(project, () => importCharts(charts, flags))));
    });
}

function importCharts(args: readonly string[], flags: ImportFlags): number {
  const { config } = flags;
  const base = baseOf(config);
  const files = readConfig(config);
  if (files.fleet === undefined) throw new FleetError(files.problems);
  // Folders need none: there a mistake in the configuration is no obstacle.
  let output: FleetOutput | undefined;
  const names = () => {
    output ??= fleetFromConfig(files).synth();
    return namesOf(output);
  };
  const charts = readCharts(args, flags, base, names);
  const isYaml = files.form === 'yaml';
  const { update, plainHttp } = flags;
  const isAll = args.length === 0;
  const plan = new ProgressLine().during((progress) => planImport({ config, base, charts, isAll, update, plainHttp, withTypes: !isYaml, progress }));
  const edited = plan.edits.files;
  if (edited.length > 0) commit(projectOf(config), plan.edits, () => undefined);
  const result: ImportResult = {
    plan,
    written: edited.filter(({ text }) => text !== null).map(({ file }) => shown(file)),
    removed: edited.filter(({ file }) => !isThere(file)).map(({ file }) => shown(file)),
    users: isYaml || !output ? new Map() : usersIn(output),
    ending: isOfModules(config) ? '.js' : '',
  };
  printImport(result, flags.json === true);
  return 0;
}

function namesOf(output: FleetOutput): FleetNames {
  const apps = output.clusterTypes.flatMap((clusterType) => output.appNames(clusterType).flatMap((name) => [name, `${clusterType}/${name}`]));
  return { named: output.namedCharts(), apps };
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
