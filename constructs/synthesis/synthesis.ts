import type { Chart } from 'cdk8s';
import type { OutputFolder } from '../../layers/output';
import { FleetError, isError, type Problem, Problems } from '../../layers/problem';
import type { Resolved } from '../../layers/resolve';
import type { Fleet } from '../fleet';
import { originOf } from '../origin';
import { RootApplicationSet } from '../root-application-set';
import type { Target } from '../target';
import { TargetChart } from '../target-chart';
import { checkModel, findTarget } from './check-model';
import { checkRollouts } from './check-rollouts';
import { checkLayerSecrets, checkSilences } from './check-secrets';
import { type CustomChart, CustomFiles } from './custom-files';
import { FleetOutput } from './fleet-output';
import { checkInjection, InjectedKeys, type TokenUse } from './injection';
import { type AppModel, type ClusterTypeModel, type Model, modelOf, staticProblems } from './model';
import { enabledManifests, keyOf, type RenderedApp } from './rendered-app';
import { Rendition } from './rendition';
import { secondAnswers } from './second-answers';
import { chartFile, pristineTemplates, valuesFile } from './target-files';
import { TokenTable } from './token-table';
import { declareWorkloads } from './workloads';

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
  #injectionProblems: readonly Problem[] | undefined;

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
    this.model = modelOf(fleet, (clusterType, path) => this.#tokens.at(clusterType, path));
  }

  /** @param progress called after each target, with how many of all were looked at */
  run(progress: (done: number, all: number) => void = () => {}): FleetOutput {
    const problems = new Problems();
    checkModel(this.#fleet, this.model, problems);
    for (const { apps } of this.model.clusterTypes) for (const app of apps) problems.addAll(staticProblems(app));
    checkRollouts(this.model, problems);
    checkLayerSecrets(this.#fleet, this.model, problems);
    const custom = new CustomFiles(this.#charts, problems);
    const all = this.model.clusterTypes.reduce((sum, { targets }) => sum + targets.length, 0);
    let done = 0;
    problems.addAll(
      this.#visit(custom, ({ clusterType, target, apps, chart }) => {
        addProblems(target, apps, problems);
        if (chart) custom.addChart(clusterType, target, chart, apps);
        custom.addWorkloads(clusterType, target, apps);
        done += 1;
        progress(done, all);
      }),
    );
    problems.addAll(secondAnswers(this.model));
    problems.addAll(custom.secondAnswers());
    checkSilences(this.model, problems);
    problems.throwIfAny();
    return new FleetOutput({
      model: this.model,
      warnings: problems.sorted(),
      folder: (clusterType, target) => this.#folder(clusterType, target, custom),
      tokens: (clusterType, path) => this.#tokens.at(clusterType, path),
    });
  }

  chart(clusterType: string, path: string): TargetChart {
    const target = findTarget(this.model, clusterType, path);
    const known = this.#charts.get(keyOf(target));
    if (known) return known;
    const chart = new TargetChart(target, enabledManifests(this.#checkedAppsAt(target)));
    for (const customize of this.#modelOf(target).construct.customizations) customize(chart);
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
    const clusterType = this.#modelOf(target);
    for (const app of clusterType.apps) problems.addAll(staticProblems(app));
    this.#injectionProblems ??= this.#visit(new CustomFiles(this.#charts, new Problems()), () => {});
    problems.addAll(this.#injectionProblems.filter((problem) => problem.target === keyOf(target)));
    const apps = this.#appsAt(clusterType, target);
    addProblems(target, apps, problems);
    problems.throwIfAny();
    return apps;
  }

  #modelOf(target: Target): ClusterTypeModel {
    return this.model.clusterTypes.find(({ name }) => name === target.clusterType) as ClusterTypeModel;
  }

  /**
   * Renders every target once, path by path. A root deploys the targets of its own path, and what their apps use decides
   * what it says: so all apps of a path are rendered before the roots there are rendered for good. Whether a token is
   * injected is known at the end only, for an ApplicationSet written by hand may stand at any path.
   *
   * @param custom runs users' code, whose tokens count too
   * @returns what is wrong with the injection of tokens
   */
  #visit(custom: CustomFiles, look: (place: Place) => void): readonly Problem[] {
    const injected = new InjectedKeys(this.model.facts);
    const doubtful: Place[] = [];
    for (const [path, targets] of targetsByPath(this.model)) {
      // A root's own tokens are those that it uses while it injects nothing.
      const first = targets.map(([clusterType, target]): Place => {
        const apps = this.#appsAt(clusterType, target);
        const chart = custom.chart(clusterType, target, apps);
        const place = keyOf(target);
        for (const { rendition } of apps) this.#tokens.add(place, rendition.tokens);
        if (chart) this.#tokens.add(place, chart.tokens);
        return { clusterType, target, apps, chart };
      });
      this.#tokens.complete(path);
      const places = first.map((place) => this.#withRoots(place, custom));
      for (const { apps } of places) for (const { app, rendition } of apps) injected.add(app.construct, path, rendition);
      for (const place of places) {
        if (!this.#isInjected(place, injected)) doubtful.push(place);
        look(place);
      }
    }
    return [...doubtful.flatMap((place) => this.#injection(place, injected)), ...targetsWithoutRoot(this.model, injected)];
  }

  /** The place with its roots as they are now that all tokens are known. */
  #withRoots(place: Place, custom: CustomFiles): Place {
    const { clusterType, target, apps, chart } = place;
    if (!clusterType.hasRoots) return place;
    const final = apps.map(({ app, rendition }) => ({
      app,
      rendition: app.construct instanceof RootApplicationSet ? this.#rendition(clusterType, app, target) : rendition,
    }));
    // Code that changed a root changed an older one: it has to do so again.
    const isStale = chart?.objects.some(
      ({ app, isUntouched }) => !isUntouched && final.some((now, index) => now.app.construct.name === app && now.rendition !== apps[index]?.rendition),
    );
    return { clusterType, target, apps: final, chart: isStale ? custom.chart(clusterType, target, final) : chart };
  }

  /** Whether all is well, which one look at the tokens of the whole target tells. */
  #isInjected({ clusterType, target }: Place, injected: InjectedKeys): boolean {
    const tokens = this.#tokens.at(clusterType.name, target.path);
    const keys = new Set(tokens.map(({ key }) => key));
    return keys.size === tokens.length && tokens.every((token) => injected.has(clusterType.name, target.path, token));
  }

  #injection(place: Place, injected: InjectedKeys): readonly Problem[] {
    const { clusterType, target } = place;
    return checkInjection(this.model.facts, clusterType.name, target.path, usesOf(place), injected);
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
    // The first pass found nothing: what is wrong now is so because a function gave another answer.
    const problems = new Problems();
    for (const { app, rendition } of apps) {
      for (const problem of rendition.knownProblems) if (isError(problem)) problems.add({ ...problem, app: app.construct.name, target: keyOf(target) });
    }
    problems.throwIfAny();
    const templates = custom.templates(target) ?? pristineTemplates(apps);
    return {
      path: keyOf(target),
      files: [chartFile(clusterType, target), valuesFile(apps), ...templates, ...custom.manifests(target)],
    };
  }
}

function addProblems(target: Target, apps: readonly RenderedApp[], problems: Problems): void {
  for (const { rendition } of apps) for (const problem of rendition.problems) problems.add({ ...problem, target: keyOf(target) });
}

/** A target while it is looked at. */
interface Place {
  readonly clusterType: ClusterTypeModel;
  readonly target: Target;
  readonly apps: readonly RenderedApp[];
  /** What users' code made of its chart, where there is any. */
  readonly chart?: CustomChart;
}

function usesOf({ apps, chart }: Place): readonly TokenUse[] {
  const used = apps
    .filter(({ rendition }) => rendition.tokens.length > 0)
    .map(({ app, rendition }) => ({ app: app.construct.name, origin: originOf(app.construct), tokens: rendition.tokens }));
  return chart && chart.tokens.length > 0 ? [...used, chart] : used;
}

/** The targets of all cluster types, those of one path together, in sequence. */
function targetsByPath(model: Model): ReadonlyMap<string, readonly (readonly [ClusterTypeModel, Target])[]> {
  const places = new Map<string, (readonly [ClusterTypeModel, Target])[]>(model.hierarchy.targets.map(({ path }) => [path, []]));
  for (const clusterType of model.clusterTypes) {
    for (const target of clusterType.targets) places.get(target.path)?.push([clusterType, target]);
  }
  return places;
}

/** Where a cluster type has a root, a target that the root does not deploy is more likely forgotten than meant. */
function targetsWithoutRoot(model: Model, injected: InjectedKeys): readonly Problem[] {
  return model.clusterTypes.flatMap(({ construct, name, targets }) => {
    const without = targets.filter(({ path }) => !injected.hasRoot(name, path));
    if (without.length === targets.length) return [];
    return without.map((target) => ({
      code: 'root-missing' as const,
      severity: 'warning' as const,
      message: `no root deploys ${name} at a target where it is rendered`,
      target: keyOf(target),
      ...originOf(construct),
      hint: 'render the cluster type that hosts the root there too, or enable the root',
    }));
  });
}
