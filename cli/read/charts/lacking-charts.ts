import { FleetError, type FleetOutput } from '../../../constructs';
import { isHydrated } from '../../../constructs/argocd/rules/own-fields/hydrate';
import { isFolder, type RepositoryChart } from '../../../layers/charts/chart-id';
import { shellWord } from '../../../layers/text/shell-word';
import { LockedCharts } from '../../../store/charts/locked-charts';
import { baseOf } from '../../../store/output/output-place';

/** Apps of a file, at some targets. */
interface AppsAt {
  readonly clusterType: string;
  /** What the file is called. */
  readonly file: string;
  readonly targets: readonly string[];
}

/** The archives of which apps are opened somewhere, and that were not fetched: nothing can be rendered of them. */
export function lackingCharts(config: string, output: FleetOutput, { clusterType, file, targets }: AppsAt): readonly RepositoryChart[] {
  const views = output.hasMembers ? [] : output.apps(clusterType, file);
  const opened = new Set(
    views.flatMap((view) =>
      targets.flatMap((path) => (isHydrated(view.valuesAt(output.findTarget(clusterType, path))) ? [JSON.stringify([view.name, path])] : [])),
    ),
  );
  if (opened.size === 0) return [];
  const locked = new LockedCharts(config, baseOf(config));
  const found = new Map<string, RepositoryChart>();
  for (const { id, app, path, patch, ...use } of output.chartUses()) {
    const isAsked = use.clusterType === clusterType && patch === undefined && opened.has(JSON.stringify([app, path]));
    if (isAsked && !isFolder(id) && !locked.tryFind(id)) found.set(JSON.stringify(id), id);
  }
  return [...found.values()];
}

/** Why nothing is rendered of a chart, with the command that fetches it, whether anything names it or not. */
export function notPulled(charts: readonly RepositoryChart[], app: string): FleetError {
  return new FleetError(
    charts.map(({ chart, repository, version }) => ({
      code: 'chart-lock',
      message: `${chart} ${version} of ${repository} was not pulled, and ${app} is opened`,
      app,
      hint: `nothing was written; fetch it first: \`npx fleet charts pull ${shellWord(chart)} --repo ${shellWord(repository)} --version ${shellWord(version)}\``,
    })),
  );
}
