import type { ArgoCDOptions, CommandOptions, Evidence, PrometheusOptions } from '../../../layers/law/evidence';

/**
 * Evidence of Argo CD: the Applications of a target are Synced and Healthy, and what they say is what is rendered there with the
 * change in it.
 *
 * @returns an item of `evidence` in `fleet.ts`
 */
export function argoCD(options: ArgoCDOptions): Evidence {
  return { argoCD: options };
}

/**
 * Evidence of a metric: every value of a query holds, now and over the soak time.
 *
 * @returns an item of `evidence` in `fleet.ts`
 */
export function prometheus(options: PrometheusOptions): Evidence {
  return { prometheus: options };
}

/**
 * Evidence of a command: it ends with 0. A shell runs it for each target, in the configuration folder, with the step in its
 * environment: `FLEET_TARGET`, `FLEET_CLUSTER_TYPE`, `FLEET_APP`, `FLEET_PATCH`, and `FLEET_REGION` for each dimension.
 *
 * @returns an item of `evidence` in `fleet.ts`
 */
export function command(run: string, options: CommandOptions = {}): Evidence {
  return { command: { run, ...options } };
}
