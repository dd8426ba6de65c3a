import type { Chart } from 'cdk8s';
import type { Branch } from '../../layers/node';
import type { OutputFile, OutputFolder } from '../../layers/output';
import { FleetError, type Problem, Problems } from '../../layers/problem';
import type { Resolved } from '../../layers/resolve';
import type { Token } from '../../layers/token';
import type { Fleet } from '../fleet';
import { RootApplicationSet } from '../root-application-set';
import type { Target } from '../target';
import { TargetChart } from '../target-chart';
import { checkModel, findTarget } from './check-model';
import { CustomFiles } from './custom-files';
import type { FleetFacts } from './generated';
import { checkInjection, InjectedKeys } from './injection';
import { type AppModel, type ClusterTypeModel, type Model, modelOf, type TokensAt } from './model';
import { Rendition } from './rendition';
import { TokenTable } from './token-table';
import { declareWorkloads } from './workloads';

/** An app and what is rendered of it at a target. */
export interface RenderedApp {
  readonly app: AppModel;
  readonly rendition: Rendition;
}

/**
 * Turns a fleet into files, in two passes over its targets. The first looks at everything and keeps only problems,
 * tokens and what users' own code made; the second gives out one target after the other. What targets share is computed
 * once and remembered by identity, so the second pass finds it done.
 */
export class Synthesis {
  readonly model: Model;
  readonly #fleet: Fleet;
  readonly #tokens = new TokenTable();
  /** A resolver gives out its own results, so they stand for the app too. */
  readonly #renditions = new WeakMap<Resolved, Rendition>();
  readonly #charts = new Map<string, TargetChart>();

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
    this.model = modelOf(fleet, (clusterType, path) => this.#tokens.at(clusterType, path));
  }

  run(): FleetOutput {
    const problems = new Problems();
    checkModel(this.#fleet, this.model, problems);
    for (const { apps } of this.model.clusterTypes) for (const app of apps) problems.addAll(staticProblems(app));
    const custom = new CustomFiles();
    this.#visit((clusterType, target, apps) => {
      addProblems(target, apps, problems);
      custom.add(clusterType, target, apps, this.#charts.get(keyOf(target)), problems);
    }, problems);
    problems.throwIfAny();
    return new FleetOutput(
      this.model,
      problems.sorted(),
      (clusterType, target) => this.#folder(clusterType, target, custom),
      (clusterType, path) => this.#tokens.at(clusterType, path),
    );
  }

  chart(clusterType: string, path: string): TargetChart {
    const target = findTarget(this.model, clusterType, path);
    const known = this.#charts.get(keyOf(target));
    if (known) return known;
    const chart = new TargetChart(target, enabledManifests(this.#checkedAppsAt(target)));
    const found = this.model.clusterTypes.find(({ name }) => name === clusterType) as ClusterTypeModel;
    for (const customize of found.construct.customizations) customize(chart);
    this.#charts.set(keyOf(target), chart);
    return chart;
  }

  workloads(clusterType: string, app: string, path: string): Chart {
    const target = findTarget(this.model, clusterType, path);
    const found = this.#checkedAppsAt(target).find((candidate) => candidate.app.construct.name === app);
    if (!found?.app.construct.workloads) {
      throw new FleetError([{ code: 'unknown-app', message: `${clusterType} has no app '${app}' with workloads`, place: [] }]);
    }
    return declareWorkloads(found.app.construct, target, found.rendition.values);
  }

  /** The apps of a target, all of them rendered. @throws FleetError with what is wrong with them */
  #checkedAppsAt(target: Target): readonly RenderedApp[] {
    const problems = new Problems();
    checkModel(this.#fleet, this.model, problems);
    const clusterType = this.model.clusterTypes.find(({ name }) => name === target.clusterType) as ClusterTypeModel;
    for (const app of clusterType.apps) problems.addAll(staticProblems(app));
    const everywhere = new Problems();
    this.#visit((_, at, apps) => {
      if (at === target) addProblems(target, apps, problems);
    }, everywhere);
    problems.addAll(everywhere.sorted().filter((problem) => problem.target === keyOf(target)));
    problems.throwIfAny();
    return this.#appsAt(clusterType, target);
  }

  /**
   * Renders every target once, path by path. A root deploys the targets of its own path, and what their apps use decides
   * what it says: so all apps of a path are rendered before the roots there are rendered for good. Whether a token is
   * injected is known at the end only, for an ApplicationSet written by hand may stand at any path.
   */
  #visit(look: (clusterType: ClusterTypeModel, target: Target, apps: readonly RenderedApp[]) => void, problems: Problems): void {
    const injected = new InjectedKeys(this.model.facts);
    const doubtful: [ClusterTypeModel, Target][] = [];
    for (const [path, places] of placesByPath(this.model)) {
      // A root's own tokens are those that it uses while it injects nothing.
      const first = places.map(([clusterType, target]) => this.#appsAt(clusterType, target));
      for (const [index, [, target]] of places.entries()) {
        const place = keyOf(target);
        for (const { app, rendition } of first[index] as readonly RenderedApp[]) {
          this.#tokens.add(place, rendition.tokens);
          injected.add(app.construct, path, rendition);
        }
      }
      this.#tokens.complete(path);
      for (const [index, [clusterType, target]] of places.entries()) {
        const apps = (first[index] as readonly RenderedApp[]).map(({ app, rendition }) => ({
          app,
          rendition: app.construct instanceof RootApplicationSet ? this.#rendition(clusterType, app, target) : rendition,
        }));
        if (checkInjection(clusterType.name, path, apps, injected).length > 0) doubtful.push([clusterType, target]);
        look(clusterType, target, apps);
      }
    }
    for (const [clusterType, target] of doubtful) {
      problems.addAll(checkInjection(clusterType.name, target.path, this.#appsAt(clusterType, target), injected));
    }
  }

  #appsAt(clusterType: ClusterTypeModel, target: Target): readonly RenderedApp[] {
    return clusterType.apps.map((app) => ({ app, rendition: this.#rendition(clusterType, app, target) }));
  }

  #rendition(clusterType: ClusterTypeModel, app: AppModel, target: Target): Rendition {
    const resolved = app.resolver.at(target);
    let rendition = this.#renditions.get(resolved);
    if (!rendition) {
      rendition = new Rendition(app.construct, clusterType.placement, resolved);
      this.#renditions.set(resolved, rendition);
    }
    return rendition;
  }

  #folder(clusterType: ClusterTypeModel, target: Target, custom: CustomFiles): OutputFolder {
    const apps = this.#appsAt(clusterType, target);
    const templates = custom.templates(target) ?? pristineTemplates(target, apps);
    return {
      path: keyOf(target),
      files: [chartFile(clusterType, target), valuesFile(apps), ...templates, ...custom.manifests(target)],
    };
  }
}

/** Rendered output, target by target: whoever reads it never has the whole fleet in memory. */
export class FleetOutput implements Iterable<OutputFolder> {
  readonly targets: number;
  /** What generated values are made of. */
  readonly facts: FleetFacts;
  readonly #model: Model;
  readonly #folder: (clusterType: ClusterTypeModel, target: Target) => OutputFolder;
  readonly #tokens: TokensAt;

  constructor(
    model: Model,
    /** What was noticed and stops nothing. */
    readonly warnings: readonly Problem[],
    folder: (clusterType: ClusterTypeModel, target: Target) => OutputFolder,
    tokens: TokensAt,
  ) {
    this.#model = model;
    this.#folder = folder;
    this.#tokens = tokens;
    this.facts = model.facts;
    this.targets = model.clusterTypes.reduce((sum, { targets }) => sum + targets.length, 0);
  }

  /** @throws FleetError where there is no such target */
  findTarget(clusterType: string, path: string): Target {
    return findTarget(this.#model, clusterType, path);
  }

  /** The folder of one target. @throws FleetError where there is no such target */
  folder(clusterType: string, path: string): OutputFolder {
    const target = this.findTarget(clusterType, path);
    return this.#folder(this.#model.clusterTypes.find(({ name }) => name === clusterType) as ClusterTypeModel, target);
  }

  /** The cluster values that the apps of a target use. */
  tokens(clusterType: string, path: string): readonly Token[] {
    return this.#tokens(clusterType, path);
  }

  *[Symbol.iterator](): Iterator<OutputFolder> {
    for (const clusterType of this.#model.clusterTypes) {
      for (const target of clusterType.targets) yield this.#folder(clusterType, target);
    }
  }
}

function addProblems(target: Target, apps: readonly RenderedApp[], problems: Problems): void {
  for (const { rendition } of apps) for (const problem of rendition.problems) problems.add({ ...problem, target: keyOf(target) });
}

/** The targets of all cluster types, those of one path together, in sequence. */
function placesByPath(model: Model): ReadonlyMap<string, readonly (readonly [ClusterTypeModel, Target])[]> {
  const places = new Map<string, (readonly [ClusterTypeModel, Target])[]>(model.hierarchy.targets.map(({ path }) => [path, []]));
  for (const clusterType of model.clusterTypes) {
    for (const target of clusterType.targets) places.get(target.path)?.push([clusterType, target]);
  }
  return places;
}

function keyOf(target: Target): string {
  return `${target.clusterType}/${target.path}`;
}

function staticProblems({ construct, layers }: AppModel): readonly Problem[] {
  const all = [...layers.everywhere, ...layers.overrides.values(), ...layers.patches.flatMap((patch) => [...patch.layers.values()].slice(0, 1))];
  return all.flatMap(({ problems }) => problems.map((problem) => ({ ...problem, app: construct.name })));
}

function enabledManifests(apps: readonly RenderedApp[]) {
  return apps.flatMap(({ app, rendition }) => (rendition.manifest ? [{ name: app.construct.name, manifest: rendition.manifest }] : []));
}

/** Nobody's code saw these constructs, so they are what they were made of. */
function pristineTemplates(target: Target, apps: readonly RenderedApp[]): readonly OutputFile[] {
  const manifests = enabledManifests(apps);
  new TargetChart(target, manifests);
  return manifests.map(({ name, manifest }) => ({ kind: 'template', path: `templates/${name}.yaml`, document: manifest }));
}

function chartFile(clusterType: ClusterTypeModel, target: Target): OutputFile {
  return {
    kind: 'chart',
    path: 'Chart.yaml',
    document: {
      apiVersion: 'v2',
      description: `${clusterType.name} at ${target.path}`,
      name: clusterType.name,
      type: 'application',
      version: '1.0.0',
    },
  };
}

function valuesFile(apps: readonly RenderedApp[]): OutputFile {
  const section = (kind: 'Application' | 'ApplicationSet'): { readonly [app: string]: Branch } =>
    Object.fromEntries(apps.filter(({ app }) => app.construct.kind === kind).map(({ app, rendition }) => [app.construct.name, rendition.values]));
  return { kind: 'values', path: 'values.yaml', sections: { applications: section('Application'), applicationsets: section('ApplicationSet') } };
}
