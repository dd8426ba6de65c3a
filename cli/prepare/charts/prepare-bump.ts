import { type ChartUse, FleetError, type Problem } from '../../../constructs';
import { bareVersion, isExact, isFolder, isNewer, type RepositoryChart } from '../../../layers/charts/chart-id';
import { Leaf, tryFindNode } from '../../../layers/node';
import { suggestion } from '../../../layers/text/nearest';
import type { ChartFacts } from '../../../store/charts/chart';
import { hasNoVersions, namesNoChart } from '../../read/charts/chart-request';
import type { AppName } from '../../read/find-apps';
import type { LoadedFleet } from '../../read/load-fleet';
import type { Setting } from '../../read/setting';

/** What a command line says of a bump. */
export interface BumpFlags {
  /** @default - the newest version */
  readonly to?: string;
  /** Which of several sources. @default - the only one that names a chart */
  readonly source?: string;
}

/** A version that an app moves to, decided. */
export interface Bump extends Pick<RepositoryChart, 'chart' | 'repository'> {
  /** The versions that targets have now. */
  readonly from: readonly string[];
  readonly to: string;
  /** Whether that one is deprecated by its authors. @default false */
  readonly isDeprecated?: true;
  /** What the patch sets. @default - it is there already, or on its way: {@link because} */
  readonly set?: Setting;
  /** Why there is nothing to do. */
  readonly because?: string;
}

/** A place in an app that says the version of a chart. */
interface ChartPlace {
  /** `source`, or the name of one of several. */
  readonly name: string;
  readonly keys: readonly string[];
  readonly uses: readonly (ChartUse & { readonly id: RepositoryChart })[];
}

/**
 * Decides which version an app moves to, and which field says so. Nothing is written.
 *
 * @param publishedAs a chart as its repository has it, of `*` the newest @throws FleetError where there is none
 * @throws FleetError where it is not clear which chart is meant
 */
export function prepareBump(fleet: LoadedFleet, app: AppName, { to, source }: BumpFlags, publishedAs: (id: RepositoryChart) => ChartFacts): Bump {
  if (to !== undefined && !isExact(to)) throw unclear(`'${to}' is no version of a chart`, { expected: 'one version, such as v1.20.0' });
  const { keys, uses } = findPlace(fleet, app, source);
  const now = uses.filter(({ patch }) => patch === undefined);
  const { chart, repository } = onlyChart(app, uses, keys);
  const from = distinct(now.map(({ id }) => id.version));
  const range = from.find((version) => !isExact(version));
  if (to === undefined && range !== undefined) {
    throw unclear(`${app.app} follows the versions '${range}' of ${chart}: newer ones come without a bump`, {
      hint: 'Argo CD takes them by itself, and where the app is opened `npx fleet charts pull --update` does; a version that stays is written with --to VERSION',
    });
  }
  const { version, isDeprecated } = publishedAs({ chart, repository, version: to ?? '*' });
  const isSame = (other: string) => isExact(other) && bareVersion(other) === bareVersion(version);
  const isThere = (use: ChartUse & { readonly id: RepositoryChart }) => isSame(use.id.version) || (to === undefined && isNewer(use.id.version, version));
  const bump = { chart, repository, from, to: version, ...(isDeprecated ? { isDeprecated } : {}) };
  if (now.length > 0 && now.every(isThere)) {
    return {
      ...bump,
      because: now.every(({ id }) => isSame(id.version)) ? `has ${version} at every target already` : `has ${from.join(', ')}, and nothing newer was published`,
    };
  }
  const moving = uses.find((use) => use.versionSource.kind === 'patch' && use.versionSource.name === use.patch && isThere(use));
  if (moving) return { ...bump, because: `is moved to ${moving.id.version} by ${moving.patch} already` };
  return { ...bump, set: { keys, text: version } };
}

/** The field of an app that says the version. @throws FleetError where there is none, or several */
function findPlace({ output }: LoadedFleet, app: AppName, wanted: string | undefined): ChartPlace {
  const uses = [...output.chartUses()].filter((use) => use.clusterType === app.clusterType && use.app === app.app);
  const places = placesOf(uses);
  const names = places.map(({ name }) => name);
  const [first, second] = places;
  if (!first) {
    const [folder] = uses.map(({ id }) => id).filter(isFolder);
    throw folder ? hasNoVersions(folder) : namesNoChart(app.app);
  }
  if (wanted !== undefined && !names.includes(wanted)) {
    throw unclear(`no source of ${app.app} that names a chart is called '${wanted}'`, {
      expected: names.join(' or '),
      hint: suggestion(wanted, names, 'sources'),
    });
  }
  if (wanted === undefined && second) {
    const charts = places.map(({ name, uses: own }) => `${name} (${distinct(own.map(({ id }) => id.chart)).join(', ')})`);
    throw unclear(`${app.app} names ${places.length} charts: ${charts.join(', ')}`, {
      hint: `say which: ${names.map((name) => `--source ${name}`).join(' or ')}`,
    });
  }
  const place = places.find(({ name }) => name === wanted) ?? first;
  const view = output.apps(app.clusterType, place.uses[0]?.file ?? app.app).find(({ name }) => name === app.app);
  const [target] = output.targetsOf(app.clusterType);
  const list = place.keys.slice(0, -2);
  if (view && target && tryFindNode(view.valuesAt(target), list) instanceof Leaf) {
    throw new FleetError([
      {
        code: 'cannot-edit',
        message: `the sources of ${app.app} are a list, of which a patch changes all or nothing`,
        hint: 'give them names (`sources: { web: …, values: … }`): then a patch changes one of them',
      },
    ]);
  }
  return place;
}

/** By the fields that say versions. A component has one, which takes precedence over the release that says it otherwise. */
function placesOf(uses: readonly ChartUse[]): readonly ChartPlace[] {
  const found = new Map<string, ChartPlace & { readonly uses: (ChartUse & { readonly id: RepositoryChart })[] }>();
  for (const use of uses) {
    const { id } = use;
    if (isFolder(id)) continue;
    const keys = use.versionAt.length === 1 ? ['version'] : use.versionAt;
    const key = keys.join('\u0000');
    const place = found.get(key) ?? { name: keys.at(-2) ?? 'version', keys, uses: [] };
    place.uses.push({ ...use, id });
    found.set(key, place);
  }
  return [...found.values()];
}

function onlyChart({ clusterType, app }: AppName, uses: ChartPlace['uses'], keys: readonly string[]): RepositoryChart {
  const charts = distinct(uses.map(({ id }) => `${id.chart} from ${id.repository}`));
  const [use] = uses;
  if (use && charts.length === 1) return use.id;
  throw unclear(`${app} is not the same chart at every target: ${charts.join(', ')}`, {
    hint: `write the patch that is meant: \`fleet new patch ${clusterType} ${app} --set ${keys.join('.')}=VERSION\``,
  });
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

function unclear(message: string, rest: Pick<Problem, 'expected' | 'hint'>): FleetError {
  return new FleetError([{ code: 'chart-unknown', message, ...rest }]);
}
