import { FleetError, type NamedChart, type Problem } from '../../../constructs';
import { isExact, isFolder, isNewer, type RepositoryChart } from '../../../layers/charts/chart-id';
import { compare } from '../../../layers/problem';
import type { ChartFacts } from '../../../store/charts/chart';
import { HelmMissing } from '../../../store/charts/helm-program';
import type { PinnedChart } from '../../../store/charts/imported-charts';

/** A chart in use, with what there is of it here and elsewhere. */
export interface CheckedChart extends Pick<RepositoryChart, 'chart' | 'repository'> {
  /** `management-cluster/cert-manager`; with hubs and spokes, group and component. */
  readonly apps: readonly string[];
  /** Every version that is named anywhere, the oldest first. */
  readonly versions: readonly CheckedVersion[];
  /** The newest one that is no pre-release. @default - it is not known: see the problems */
  readonly newest?: string;
  /** Whether its authors say of the newest one that nobody should take it any more. @default false */
  readonly isDeprecated?: true;
  /** Whether it is newer than each that is named, in patches in flight, too. */
  readonly isBehind: boolean;
}

export interface CheckedVersion {
  readonly version: string;
  /** What a range of versions was when it was fetched. @default - `version` is one, or was not fetched */
  readonly resolved?: string;
  /** Whether its archive is there as it was fetched. */
  readonly archive: 'there' | 'missing' | 'wrong';
}

/** What is asked of a chart. */
export interface Asked {
  /** By the lock. */
  readonly pinned: (id: RepositoryChart) => PinnedChart | undefined;
  /** By its repository or registry. @throws FleetError where that is not known */
  readonly newest: (chart: Pick<RepositoryChart, 'chart' | 'repository'>) => ChartFacts;
}

/** Looks at charts in use: whether they are pinned, and whether there are newer ones. @throws FleetError where there is no Helm */
export function checkCharts(named: readonly NamedChart[], asked: Asked): { readonly charts: readonly CheckedChart[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const charts = byChart(named).map((users): CheckedChart => {
    const { chart, repository } = users[0].id;
    const ids = [...new Map(users.map(({ id }) => [id.version, id])).values()];
    const found = ids.map((id) => ({ id, pinned: asked.pinned(id) }));
    const missing = found.flatMap(({ id, pinned }) => (pinned ? [] : [id.version])).sort(byVersion);
    if (missing.length > 0) problems.push(notFetched(chart, repository, missing));
    problems.push(...found.flatMap(({ pinned }) => pinned?.problem ?? []));
    const versions = found
      .map(({ id: { version }, pinned }): CheckedVersion => {
        const archive = !pinned ? 'missing' : pinned.problem ? 'wrong' : 'there';
        return { version, ...(pinned && !isExact(version) ? { resolved: pinned.version } : {}), archive };
      })
      .sort((a, b) => byVersion(a.resolved ?? a.version, b.resolved ?? b.version));
    const latest = tryNewest(() => asked.newest({ chart, repository }), problems);
    const newest = latest?.version;
    const exact = versions.map(({ version, resolved = version }) => resolved).filter(isExact);
    const isBehind = newest !== undefined && exact.length > 0 && exact.every((version) => isNewer(newest, version));
    const apps = [...new Set(users.map(({ clusterType, app }) => `${clusterType}/${app}`))].sort(compare);
    return {
      chart,
      repository,
      apps,
      versions,
      ...(newest === undefined ? {} : { newest }),
      ...(latest?.isDeprecated ? { isDeprecated: true } : {}),
      isBehind,
    };
  });
  return { charts, problems };
}

type User = NamedChart & { readonly id: RepositoryChart };

/** Those of one chart of one repository together; folders of the repository have no versions. */
function byChart(named: readonly NamedChart[]): readonly (readonly [User, ...User[]])[] {
  const found = new Map<string, [User, ...User[]]>();
  for (const { id, ...user } of named) {
    if (isFolder(id)) continue;
    const key = `${id.chart} ${id.repository}`;
    const own = found.get(key);
    if (own) own.push({ ...user, id });
    else found.set(key, [{ ...user, id }]);
  }
  return [...found].sort(([a], [b]) => compare(a, b)).map(([, users]) => users);
}

function byVersion(one: string, other: string): number {
  return isNewer(one, other) ? 1 : isNewer(other, one) ? -1 : compare(one, other);
}

function notFetched(chart: string, repository: string, versions: readonly string[]): Problem {
  return {
    code: 'chart-missing',
    message: `${chart} ${versions.join(', ')} from ${repository} ${versions.length === 1 ? 'was' : 'were'} not fetched`,
    expected: 'an archive in imports/charts, and its digest in the lock',
    hint: 'run `npx fleet charts pull`, and commit the result',
  };
}

/** What one repository does not say is no reason to be silent about the others. */
function tryNewest(ask: () => ChartFacts, problems: Problem[]): ChartFacts | undefined {
  try {
    return ask();
  } catch (cause) {
    if (!(cause instanceof FleetError) || cause instanceof HelmMissing) throw cause;
    problems.push(...cause.problems);
    return undefined;
  }
}
