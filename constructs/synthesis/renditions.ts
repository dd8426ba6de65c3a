import type { Resolved } from '../../layers/resolver';
import type { AppModel } from '../resolve/app-model';
import type { FleetFacts } from '../resolve/fleet-facts';
import type { ClusterTypeModel } from '../resolve/model';
import type { Target } from '../tree/config/target';
import { type Opened, OpenedRendition } from './hydration/opened-rendition';
import type { RenderedApp } from './rendered-app';
import { AppRendition, type Rendition } from './rendition';

/** Renders apps at target after target, each distinct result once. */
export class Renditions {
  readonly #facts: FleetFacts;
  /** A resolver gives out its own results, so they stand for the app too. */
  readonly #known = new WeakMap<Resolved, AppRendition>();
  /** Where charts are opened each target has a folder of its own: by path. */
  readonly #opened = new WeakMap<AppRendition, Map<string, Rendition>>();
  readonly #alike = new WeakMap<AppRendition, Opened>();

  constructor(facts: FleetFacts) {
    this.#facts = facts;
  }

  /** Every app of a target. */
  at(clusterType: ClusterTypeModel, target: Target): readonly RenderedApp[] {
    return clusterType.apps.map((app) => ({ app, rendition: this.of(clusterType, app, target) }));
  }

  of(clusterType: ClusterTypeModel, app: AppModel, target: Target): Rendition {
    const resolved = app.resolver.at(target);
    let rendition = this.#known.get(resolved);
    if (!rendition) {
      rendition = new AppRendition(app.construct, clusterType.placement, resolved, this.#facts.repository);
      this.#known.set(resolved, rendition);
    }
    return rendition.hydration ? this.#openedAt(app, rendition, target) : rendition;
  }

  #openedAt({ construct }: AppModel, closed: AppRendition, target: Target): Rendition {
    const byPath = this.#opened.get(closed) ?? new Map<string, Rendition>();
    if (byPath.size === 0) this.#opened.set(closed, byPath);
    const known = byPath.get(target.path) ?? new OpenedRendition(construct, closed, this.#facts, target, this.#alike);
    byPath.set(target.path, known);
    return known;
  }
}
