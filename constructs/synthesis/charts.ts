import { App, Chart } from 'cdk8s';
import { type Branch, tryChild } from '../../layers/node';
import { lostValues } from '../argocd/lost-values';
import type { Target } from '../tree/config/target';
import type { LayeredApp } from '../tree/layered-app';
import { TargetChart } from '../tree/target-chart';
import { enabledManifests, type RenderedApp } from './rendered-app';
import { runAtOnce } from './run-at-once';

/** The chart of a target, before any code of a user saw it. */
export function targetChart(target: Target, apps: readonly RenderedApp[]): TargetChart {
  return new TargetChart(target, enabledManifests(apps), [lostValues]);
}

/** Runs an app's `workloads` function for a target, in a cdk8s app of its own: names depend on nothing but the app. */
export function workloadsChart(app: LayeredApp, target: Target, values: Branch): Chart {
  const chart = new Chart(new App({ outdir: '', resolvers: [lostValues] }), app.name);
  const own = tryChild(values, 'values');
  runAtOnce(() => app.workloads?.(chart, target, own && 'plain' in own ? own.plain : {}));
  return chart;
}
