import { App, Chart } from 'cdk8s';
import { type Branch, tryChild } from '../../layers/node';
import { lostValues } from '../argocd/lost-values';
import type { FleetApp } from '../fleet-app';
import type { Target } from '../target';
import { atOnce } from './at-once';

/** Runs an app's `workloads` function for a target, in a cdk8s app of its own: names depend on nothing but the app. */
export function declareWorkloads(app: FleetApp, target: Target, values: Branch): Chart {
  const chart = new Chart(new App({ outdir: '', resolvers: [lostValues] }), app.name);
  const own = tryChild(values, 'values');
  atOnce(() => app.workloads?.(chart, target, own && 'plain' in own ? own.plain : {}));
  return chart;
}
