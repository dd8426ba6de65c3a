import type { Resolved } from '../../layers/resolver';
import type { AppModel } from '../resolve/app-model';
import type { ClusterTypeModel } from '../resolve/model';
import type { Target } from '../tree/config/target';
import type { RenderedApp } from './rendered-app';
import { Rendition } from './rendition';

/** Renders apps at target after target, each distinct result once. */
export class Renditions {
  /** A resolver gives out its own results, so they stand for the app too. */
  readonly #known = new WeakMap<Resolved, Rendition>();

  /** Every app of a target. */
  at(clusterType: ClusterTypeModel, target: Target): readonly RenderedApp[] {
    return clusterType.apps.map((app) => ({ app, rendition: this.of(clusterType, app, target) }));
  }

  of(clusterType: ClusterTypeModel, app: AppModel, target: Target): Rendition {
    const resolved = app.resolver.at(target);
    let rendition = this.#known.get(resolved);
    if (!rendition) {
      rendition = new Rendition(app.construct, clusterType.placement, resolved);
      this.#known.set(resolved, rendition);
    }
    return rendition;
  }
}
