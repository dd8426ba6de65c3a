import {
  type FleetModel,
  type Layers,
  list,
  type MapValue,
  type ModelApp,
  type ModelClusterType,
  type ModelComponent,
  type ModelNode,
  map,
  pathsOf,
  scalar,
  text,
  type Value,
} from './fleet-model';
import type { Random } from './random';
import { app, type Deployed, handwrittenRoot, metadata, root } from './random-apps';
import { anyText, chartValues, choice, type Flavour, mixedText, secretKeys } from './random-values';

const levels = [
  ['tenants', 'tenant'],
  ['environments', 'environment'],
  ['sectors', 'sector'],
  ['regions', 'region'],
] as const;
const names = ['int', 'prod', 'eu-1', 'us_2', 'A.b', '7'];

/** A fleet of one to four dimensions, with every kind of layer. @param hasYaml whether it must be written in YAML too */
export function randomFleet(random: Random, hasYaml: boolean): FleetModel {
  const depth = random.int(1, 4);
  const dimensions = random.oneIn(3) ? levels.slice(-depth) : levels.slice(1, 1 + Math.min(depth, 3));
  const nodes = nodesOf(random, dimensions.length);
  const paths = pathsOf({ nodes, dimensions });
  const namesOf = (level: number) => [...new Set(paths.all.map((path) => path.split('/')[level]).filter((name) => name !== undefined))];
  const flavour: Flavour = {
    dimensions: dimensions.map(([, singular], level) => [singular, namesOf(level)]),
    hasYaml,
    hasNulls: random.oneIn(3),
    isCustomized: false,
    tokens: ['name', ...random.some(secretKeys, 3), ...(random.oneIn(2) ? ['byHand'] : [])],
  };
  const typeNames = ['mgmt', 'infra', 'edge'].slice(0, random.int(1, 3));
  const fleet = {
    repository: 'https://example.com/fleet.git',
    path: random.pick(['dist', 'out/rendered', 'dist']),
    labelPrefix: random.pick(['fleet', 'gcp-hcp']),
    dimensions,
    nodes,
  };
  const clusterTypes = typeNames.map((name, index) => {
    const limits = index > 0 && !hasYaml && random.oneIn(3) ? [random.pick(paths.all)] : undefined;
    return clusterType(random, { ...flavour, isCustomized: !hasYaml && random.oneIn(4) }, name, paths, {
      limits,
      deployed: index === 0 ? typeNames : [],
      fleet,
    });
  });
  return { ...fleet, clusterTypes, hasYaml };
}

function nodesOf(random: Random, depth: number): readonly ModelNode[] {
  const free = [...names];
  return random.times(1, depth > 2 ? 2 : 3, () => {
    const [name = ''] = free.splice(random.int(0, free.length - 1), 1);
    return { name, promotion: random.pick(['manual', 'automated', undefined] as const), children: depth === 1 ? [] : nodesOf(random, depth - 1) };
  });
}

type Paths = ReturnType<typeof pathsOf>;

interface Place {
  readonly limits: readonly string[] | undefined;
  /** Cluster types that it deploys. */
  readonly deployed: readonly string[];
  readonly fleet: Deployed;
}

function clusterType(random: Random, flavour: Flavour, name: string, paths: Paths, { limits, deployed, fleet }: Place): ModelClusterType {
  const components = random.times(1, 3, (index) => component(random, flavour, `comp-${index}`, paths.all));
  const roots = deployed.map((of) => ({
    name: `root-${of}`,
    apps: [flavour.hasYaml ? handwrittenRoot(flavour, of, fleet) : root(flavour, of)],
    overrides: [],
    patches: [],
  }));
  return {
    name,
    paths: limits,
    applications: map({
      project: text('default'),
      destination: map({ name: text(...(random.oneIn(2) ? [{ token: 'name' }] : ['in-cluster'])) }),
      ...(random.oneIn(2) ? { namespace: text('argocd'), ...metadata(random, flavour, false) } : {}),
      ...(random.oneIn(3) ? { source: map({ helm: map({ valuesObject: chartValues(random, flavour, 'first') }) }) } : {}),
    }),
    applicationSets: map({ namespace: text('argocd') }),
    extra: flavour.isCustomized ? map({ a: anyText(random, flavour), b: mixedText(random, flavour) }) : undefined,
    components: [...components, ...roots],
  };
}

function component(random: Random, flavour: Flavour, name: string, paths: readonly string[]): ModelComponent {
  const apps = random.times(1, random.oneIn(3) ? 3 : 1, (index) => app(random, flavour, index === 0 && random.oneIn(2) ? name : `${name}-${'abc'[index]}`));
  const layers = () => layersOf(random, flavour, apps);
  const overridden = random.some(paths, 4);
  const patchNames = flavour.hasYaml ? ['patch-001', 'patch-002', 'patch-010'] : ['a-first', 'patch-001', 'patch-002', 'patch-010', 'Patch-2'];
  return {
    name,
    apps,
    overrides: overridden.map((path) => ({ path, layers: layers() })),
    patches: random.some(patchNames, 3).map((patch) => ({ name: patch, rolledOutTo: places(random, paths), layers: layers() })),
  };
}

/** Paths of which none lies below another. */
function places(random: Random, paths: readonly string[]): readonly string[] {
  const chosen = random.times(1, 4, () => random.pick(paths));
  return [...new Set(chosen)].filter((path) => !chosen.some((other) => other !== path && path.startsWith(`${other}/`)));
}

/** What one layer says: never nothing, and of one app at least. */
function layersOf(random: Random, flavour: Flavour, apps: readonly ModelApp[]): Layers {
  const chosen = random.some(apps, apps.length);
  return Object.fromEntries((chosen.length > 0 ? chosen : [random.pick(apps)]).map((one) => [one.name, layer(random, flavour, one)]));
}

function layer(random: Random, flavour: Flavour, { kind, base, workload }: ModelApp): MapValue {
  const revision = () => ({ targetRevision: text(random.pick(['1.1.0', '2.0.0', '010'])) });
  const said: Record<string, Value> = {};
  if (kind !== 'Application') {
    if (random.oneIn(2)) said.template = map({ spec: map({ source: map(revision()) }) });
    else said.syncPolicy = map({ preserveResourcesOnDeletion: scalar(random.oneIn(2)) });
    return map(said);
  }
  Object.assign(said, metadata(random, flavour, true));
  const source = () => map({ ...(random.oneIn(2) ? revision() : {}), helm: map({ valuesObject: chartValues(random, flavour, 'above') }) });
  if (base.entries.some(([key]) => key === 'sources')) said.sources = map({ [random.pick(['chart', 'b-rules'])]: source() });
  else if (!workload && random.int(1, 4) > 1) said.source = source();
  if (random.oneIn(4)) said.syncPolicy = map({ syncOptions: list(...random.times(0, 2, () => text(random.pick(['A=true', 'B=false'])))) });
  // Nought is not rendered of a fleet in YAML, as its generator never did.
  if (random.oneIn(6)) said.revisionHistoryLimit = scalar(random.int(flavour.hasYaml ? 1 : 0, 5));
  if (random.oneIn(8)) said.enabled = flavour.hasYaml ? scalar(random.oneIn(2)) : choice(random, flavour, () => scalar(random.oneIn(2)));
  // Empty maps alone change nothing, and are no layer.
  return saysSomething(map(said)) ? map(said) : map({ ...said, revisionHistoryLimit: scalar(7) });
}

function saysSomething(value: Value): boolean {
  return value.kind === 'map' ? value.entries.some(([, inner]) => saysSomething(inner)) : value.kind !== 'nothing';
}
