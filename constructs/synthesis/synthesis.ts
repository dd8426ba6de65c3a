import type { Chart } from 'cdk8s';
import type { OutputFile, OutputFolder, SharedFiles } from '../../layers/output';
import { FleetError, isError, type Problem, Problems } from '../../layers/problem';
import { FleetSubject } from '../check/fleet-rule';
import { fleetProblems } from '../check/fleet-rules';
import { staticProblems } from '../resolve/app-model';
import { findTarget } from '../resolve/find-target';
import { type ClusterTypeModel, type Model, modelOf } from '../resolve/model';
import { type SettledModel, settledModel } from '../resolve/settled-model';
import { targetKey } from '../resolve/target-key';
import type { Target } from '../tree/config/target';
import type { FleetTree } from '../tree/fleet-tree';
import type { TargetChart } from '../tree/target-chart';
import { targetChart, workloadsChart } from './charts';
import { CustomFiles } from './custom/custom-files';
import { FleetOutput } from './fleet-output';
import { fleetRecords } from './fleet-records';
import { HydratedFiles } from './hydration/hydrated-files';
import { ObjectCheck } from './projects/object-check';
import type { RenderedApp } from './rendered-app';
import { Renditions } from './renditions';
import { chartFile, pristineTemplates, valuesFile } from './target-files';
import { visitTargets } from './visit-targets';

/**
 * Turns a fleet into files, in two passes over its targets. The first looks at everything and keeps only problems,
 * tokens and what users' own code made; the second gives out one target after the other. What targets share is computed
 * once and remembered by identity, so the second pass finds it done.
 */
export class Synthesis {
  /** As the first pass reads it. */
  readonly #model: Model;
  readonly #subject: FleetSubject;
  readonly #renditions: Renditions;
  readonly #charts = new Map<string, TargetChart>();
  /** What targets' own charts are made of, once one was asked for. */
  #settled: { readonly model: SettledModel; readonly injection: readonly Problem[] } | undefined;

  constructor(fleet: FleetTree) {
    this.#model = modelOf(fleet);
    this.#renditions = new Renditions(this.#model.facts);
    this.#subject = new FleetSubject(fleet, this.#model);
  }

  /** @param progress called after each target, with how many of all were looked at */
  run(progress: (done: number, all: number) => void = () => {}): FleetOutput {
    const problems = this.#newProblems();
    problems.addAll(fleetProblems(this.#subject, 'resolved', 'dimensions'));
    const custom = new CustomFiles(this.#charts, problems);
    const hydrated = new HydratedFiles(problems);
    const objects = new ObjectCheck();
    const all = this.#model.clusterTypes.reduce((sum, { targets }) => sum + targets.length, 0);
    let done = 0;
    const visit = visitTargets(this.#model, this.#renditions, custom, objects, ({ clusterType, target, apps, chart }) => {
      addProblems(target, apps, problems);
      if (chart) custom.addChart(clusterType, target, chart, apps);
      custom.addWorkloads(clusterType, target, apps);
      hydrated.add(target, apps);
      done += 1;
      progress(done, all);
    });
    problems.addAll(visit.problems);
    problems.addAll(custom.secondAnswers());
    problems.addAll(fleetProblems(this.#subject, 'rendered', 'dimensions'));
    const addOpened = () => {
      const targets = this.#model.clusterTypes.flatMap((clusterType) => clusterType.targets);
      problems.addAll(objects.problems(targets, (target) => ({ own: custom.manifests(target), shared: hydrated.at(target) })));
      problems.addAll(fleetProblems(this.#subject, 'opened', 'dimensions'));
    };
    if (hydrated.isEmpty) addOpened();
    // A mistake that is known already costs no rendering of charts.
    problems.throwIfAny();
    let isOpen = false;
    const open = () => {
      if (!isOpen) {
        hydrated.open(this.#subject.fleet.chartRenderer);
        addOpened();
      }
      isOpen = true;
      problems.throwIfAny();
    };
    const model = settledModel(this.#model, visit.tokensAt);
    return new FleetOutput({
      model,
      warnings: () => problems.sorted(),
      folder: (clusterType, target) => this.#folder(clusterType, target, custom, [], hydrated.at(target)),
      ...(hydrated.isEmpty
        ? {}
        : { open, told: (clusterType: ClusterTypeModel, target: Target) => this.#folder(clusterType, target, custom, hydrated.toldAt(target)) }),
      records: () => fleetRecords(model, this.#renditions),
    });
  }

  chart(clusterType: string, path: string): TargetChart {
    const target = findTarget(this.#model, clusterType, path);
    const known = this.#charts.get(targetKey(target));
    if (known) return known;
    const chart = targetChart(target, this.#checkedAppsAt(target));
    for (const customize of clusterTypeOf(this.#model, target).construct.customizations) customize(chart);
    this.#charts.set(targetKey(target), chart);
    return chart;
  }

  charts(): readonly TargetChart[] {
    return this.#model.clusterTypes.flatMap(({ name, targets }) => targets.map(({ path }) => this.chart(name, path)));
  }

  workloads(clusterType: string, app: string, path: string): Chart {
    const target = findTarget(this.#model, clusterType, path);
    const found = this.#checkedAppsAt(target).find((candidate) => candidate.app.construct.name === app);
    if (!found?.app.construct.workloads) {
      throw new FleetError([{ code: 'unknown-app', message: `${clusterType} has no app '${app}' with workloads`, place: [] }]);
    }
    return workloadsChart(found.app.construct, target, found.rendition.values);
  }

  /** The apps of a target, all of them rendered for good. @throws FleetError with what is wrong with them */
  #checkedAppsAt(target: Target): readonly RenderedApp[] {
    const problems = this.#newProblems();
    for (const app of clusterTypeOf(this.#model, target).apps) problems.addAll(staticProblems(app));
    const { model, injection } = this.#settle();
    problems.addAll(injection.filter((problem) => problem.target === targetKey(target)));
    const apps = this.#renditions.at(clusterTypeOf(model, target), target);
    addProblems(target, apps, problems);
    problems.throwIfAny();
    return apps;
  }

  /** What is declared looked at, with nothing resolved yet. */
  #newProblems(): Problems {
    const problems = new Problems();
    problems.addUnread(this.#subject.fleet.unread);
    problems.addAll(fleetProblems(this.#subject, 'declared', 'dimensions'));
    return problems;
  }

  #settle(): { readonly model: SettledModel; readonly injection: readonly Problem[] } {
    if (!this.#settled) {
      const { tokensAt, problems } = visitTargets(this.#model, this.#renditions, new CustomFiles(this.#charts, new Problems()), new ObjectCheck(), () => {});
      this.#settled = { model: settledModel(this.#model, tokensAt), injection: problems };
    }
    return this.#settled;
  }

  #folder(clusterType: ClusterTypeModel, target: Target, custom: CustomFiles, told: readonly OutputFile[], shared: readonly SharedFiles[] = []): OutputFolder {
    const apps = this.#renditions.at(clusterType, target);
    // The first pass found nothing: what is wrong now is so because a function gave another answer.
    const problems = new Problems();
    for (const { app, rendition } of apps) {
      for (const problem of rendition.knownProblems) if (isError(problem)) problems.add({ ...problem, app: app.construct.name, target: targetKey(target) });
    }
    problems.throwIfAny();
    const templates = custom.templates(target) ?? pristineTemplates(apps);
    return {
      path: targetKey(target),
      files: [chartFile(clusterType, target), valuesFile, ...templates, ...custom.manifests(target), ...told, ...shared.flatMap(({ files }) => files)],
      ...(shared.length > 0 ? { shared } : {}),
    };
  }
}

function addProblems(target: Target, apps: readonly RenderedApp[], problems: Problems): void {
  for (const { rendition } of apps) for (const problem of rendition.problems) problems.add({ ...problem, target: targetKey(target) });
}

function clusterTypeOf({ clusterTypes }: Model, { clusterType }: Target): ClusterTypeModel {
  return clusterTypes.find(({ name }) => name === clusterType) as ClusterTypeModel;
}
