import { FleetError, type FleetOutput, type NamedChart, type Problem } from '../../../constructs';
import { type ChartId, type FolderChart, isFolder, type RepositoryChart, repositoryOf } from '../../../layers/charts/chart-id';
import { suggestion } from '../../../layers/text/nearest';
import { tryChartFolder } from '../../../store/charts/chart-folder';
import { together } from '../../../store/charts/together';

/** The commands that are told of charts. */
export type ChartsCommand = 'import' | 'charts pull' | 'charts check';

/** What their command line says beside the charts. */
export interface ChartFlags {
  readonly command: ChartsCommand;
  /** The chart repository or registry of charts that no app names. */
  readonly repo?: string;
  /** Versions beside those that apps name. */
  readonly version: readonly string[];
}

/** What is known of a fleet, for whoever asks for its charts by name. */
export interface FleetNames {
  readonly named: readonly NamedChart[];
  /** Every app, whether it names a chart or not. */
  readonly apps: readonly string[];
}

export function namesOf(output: FleetOutput): FleetNames {
  const apps = output.clusterTypes.flatMap((clusterType) => output.appNames(clusterType).flatMap((name) => [name, `${clusterType}/${name}`]));
  return { named: output.namedCharts(), apps };
}

/**
 * The charts that a command line means.
 *
 * @param fleet asked for where a name may be that of an app
 * @throws FleetError with everything on it that means none
 */
export function readCharts(args: readonly string[], flags: ChartFlags, base: string, fleet: () => FleetNames): readonly ChartId[] {
  if (args.length === 0) {
    if (flags.repo !== undefined || flags.version.length > 0)
      throw unknown('--repo and --version are about a chart, and none is named', { hint: `name it: \`fleet ${flags.command} CHART --version V\`` });
    return fleet().named.map(({ id }) => id);
  }
  return together(args, (arg) => readChart(arg, flags, base, fleet)).flat();
}

/** Of those the ones that have versions. @throws FleetError where a folder of the repository is named */
export function readRepositoryCharts(args: readonly string[], base: string, output: FleetOutput): readonly RepositoryChart[] {
  const charts = readCharts(args, { command: 'charts check', version: [] }, base, () => namesOf(output));
  const [folder] = args.length > 0 ? charts.filter(isFolder) : [];
  if (folder)
    throw unknown(`'${folder.folder}' is a folder of this repository, and has no other versions`, { expected: 'a chart of a chart repository or a registry' });
  return charts.flatMap((id) => (isFolder(id) ? [] : [id]));
}

function readChart(arg: string, flags: ChartFlags, base: string, fleet: () => FleetNames): readonly ChartId[] {
  const { repo } = flags;
  if (/^oci:\/\//i.test(arg)) {
    const [, path = '', chart = ''] = /^oci:\/\/(.+)\/([^/]+?)\/?$/i.exec(arg) ?? [];
    if (chart === '') throw unknown(`'${arg}' names no chart of a registry`, { expected: 'oci://REGISTRY/PATH/CHART' });
    return versionsOf(arg, { chart, repository: `oci://${path}` }, flags, fleet);
  }
  if (repo !== undefined) return versionsOf(arg, { chart: arg, repository: repositoryOf(repo) }, flags, fleet);
  const folder = tryChartFolder(arg, base);
  if (folder !== undefined) return [{ folder }];
  return chartsNamed(arg, flags, fleet());
}

/** Of a chart by its address: the versions that the command line and apps name. */
function versionsOf(
  arg: string,
  which: { readonly chart: string; readonly repository: string },
  { version: versions, command }: ChartFlags,
  fleet: () => FleetNames,
): readonly ChartId[] {
  const own = versions.map((version) => ({ ...which, version }));
  const named = fleet().named.flatMap(({ id }) => (!isFolder(id) && id.chart === which.chart && id.repository === which.repository ? [id] : []));
  if (own.length + named.length > 0) return [...own, ...named];
  throw unknown(`no app names a version of '${arg}'`, fetches(command) ? { hint: `say which: \`fleet ${command} ${arg} --version V\`` } : {});
}

/** By the name of an app, with its cluster type or without, or of a chart. */
function chartsNamed(name: string, { version: versions, command }: ChartFlags, { named, apps }: FleetNames): readonly ChartId[] {
  const found = named.filter(({ clusterType, app, file, id }) => [file, app, `${clusterType}/${file}`, `${clusterType}/${app}`, nameOf(id)].includes(name));
  if (found.length > 0) {
    const more = found.flatMap(({ id }) => (isFolder(id) ? [] : versions.map((version) => ({ ...id, version }))));
    return [...found.map(({ id }) => id), ...more];
  }
  if (apps.includes(name)) {
    throw namesNoChart(name);
  }
  if (/[/\\]/.test(name) && !apps.some((app) => app.startsWith(`${name.split('/')[0]}/`))) {
    throw unknown(`there is no chart '${name}'`, { expected: 'a folder with Chart.yaml in it, an app, a chart that an app names, or oci://…' });
  }
  const known = [...new Set(named.flatMap(({ file, id }) => [file, nameOf(id)]))].filter((one) => one !== '').sort();
  const near = suggestion(name, known, 'charts and apps');
  const other = fetches(command) ? 'a chart that no app names is fetched with --repo URL --version V' : undefined;
  throw unknown(`no app or chart of the fleet is called '${name}'`, { hint: near && other ? `${near}; ${other}` : (near ?? other) });
}

export function namesNoChart(app: string): FleetError {
  return unknown(`'${app}' names no chart that can be fetched`, {
    expected: 'a chart of a chart repository or a registry, or a folder of this repository',
    hint: 'a chart in another Git repository is not fetched: copy it into this one, and name its folder',
  });
}

export function hasNoVersions({ folder }: FolderChart): FleetError {
  return unknown(`'${folder}' is a folder of this repository, and has no other versions`, { expected: 'a chart of a chart repository or a registry' });
}

function fetches(command: ChartsCommand): boolean {
  return command !== 'charts check';
}

function nameOf(id: ChartId): string {
  return isFolder(id) ? (id.folder.split('/').at(-1) ?? '') : id.chart;
}

function unknown(message: string, rest: Pick<Problem, 'expected' | 'hint'>): FleetError {
  return new FleetError([{ code: 'chart-unknown', message, ...rest }]);
}
