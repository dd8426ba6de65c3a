import { Side } from '../../../changes/judge/side';
import type { StateFile } from '../../../changes/state';
import { isOfArgoCD, workloadsOf } from '../../../changes/what-goes';
import type { FleetOutput } from '../../../constructs';
import { isAtOrBelow } from '../../../layers/hierarchy';
import type { Fate } from '../../../rollout/retire-steps';
import { configState } from '../../read/state/config-state';

/** What a fleet deploys, app by app. */
export class Deployed {
  readonly #side: Side;

  /** @param path below which is looked. @default - everywhere */
  constructor(output: FleetOutput, path?: string) {
    this.#side = new Side(configState(output.told, path === undefined ? {} : { isAsked: (_, target) => isAtOrBelow(target, path) }));
  }

  /** Where an app is deployed, in sequence. */
  targets(clusterType: string, app: string): readonly string[] {
    return this.#side.targets(clusterType).filter((target) => this.#side.has({ clusterType, app }, target));
  }

  /** The layer that has the last word about a field of an app at a target. */
  decidedBy(clusterType: string, app: string, field: string, target: string): string | undefined {
    return this.#side.layers.layerOf(clusterType, app, field, target);
  }

  /** Targets of a cluster type at which nothing else is. */
  aloneAt(clusterType: string, app: string): readonly string[] {
    return this.targets(clusterType, app).filter((target) => this.#apps(clusterType, target).every((file) => this.#side.itemOf(file).app === app));
  }

  /** Everything that is deployed, each at each target. */
  all(isAsked: (app: { readonly clusterType: string; readonly app: string }) => boolean = () => true): readonly DeployedApp[] {
    const { state } = this.#side;
    return [...state.targets].flatMap(([clusterType, targets]) =>
      targets.flatMap((target) =>
        this.#apps(clusterType, target)
          .filter((file) => isAsked(this.#side.itemOf(file)))
          .map((file) => {
            const item = this.#side.itemOf(file);
            const [fields] = this.#side.fields(item, [target]).get(target) ?? [];
            const name = String(fields?.get('metadata.name') ?? item.app);
            const [kind, namespace] = [String(fields?.get('kind') ?? 'Application'), String(fields?.get('namespace') ?? 'argocd')];
            return { ...item, target, kind, name, namespace, fate: workloadsOf(fields), isOfArgoCD: fields !== undefined && isOfArgoCD(fields, target) };
          }),
      ),
    );
  }

  #apps(clusterType: string, target: string): readonly StateFile[] {
    return this.#side.filesAt(clusterType, target).filter((file) => this.#side.itemOf(file).object === undefined);
  }
}

/** An app at a target. */
export interface DeployedApp {
  readonly clusterType: string;
  readonly app: string;
  readonly target: string;
  readonly kind: string;
  /** What its object is called. */
  readonly name: string;
  readonly namespace: string;
  readonly fate: Exclude<Fate, 'both'>;
  readonly isOfArgoCD: boolean;
}

/** What becomes of what several deployed. */
export function fateOf(apps: readonly DeployedApp[]): Fate {
  const fates = new Set(apps.map(({ fate }) => fate).filter((fate) => fate !== 'none'));
  if (fates.size > 1) return 'both';
  return [...fates][0] ?? (apps.length > 0 ? 'none' : 'stay');
}
