import { Branch, plainOf, tryChild } from '../../../layers/node';
import type { Resolved } from '../../../layers/resolver';
import type { Target } from '../../tree/config/target';
import type { ClusterHome } from '../tree/cluster-home';
import type { HubTree } from '../tree/hub-tree';
import type { ComponentModel } from './group-model';
import { isReleased } from './released-app';
import { shownHome } from './variants/shown-home';
import { type Variant, variantOf, withoutLive } from './variants/variant';

/** What a member gets of a component. */
export interface ComponentAt {
  /** As the layers say; a selector may narrow it. */
  readonly isEnabled: boolean;
  /** For its chart, all layers merged, without what only the live cluster knows. */
  readonly values: Branch;
  /** The same in every release of its group. @default - no release says values of it: they are the same in all */
  readonly valuesIn?: ReadonlyMap<string, Branch>;
  /** Which variant of it. @default - the one of members whose layers say nothing of its fields */
  readonly variant?: Variant;
  /** All that its layers say, merged. */
  readonly layers: Resolved;
}

/** What a member gets of a component, computed once for members with the same layers. */
export class ComponentValues {
  /** With what its layers come to in every release, where that is another thing, and with the home of its members. */
  readonly #known = new WeakMap<Resolved, readonly { readonly at: ComponentAt; readonly home: ClusterHome; readonly others: readonly Resolved[] }[]>();
  readonly #fleet: HubTree;

  constructor(fleet: HubTree) {
    this.#fleet = fleet;
  }

  at(component: ComponentModel, target: Target, home: ClusterHome): ComponentAt {
    const { app, releases } = component;
    const layers = app.resolver.at(target);
    const inReleases = isReleased(app) ? [...releases.keys()].map((release) => [release, app.resolverIn(release).at(target)] as const) : [];
    const known = this.#known.get(layers)?.find((one) => one.home === home && one.others.every((other, index) => other === inReleases[index]?.[1]));
    if (known) return known.at;
    const variantWith = (shown?: ClusterHome) => variantOf(layers, new Map(inReleases), shown);
    const variant = variantWith(home === this.#fleet ? undefined : shownHome(this.#fleet, component, home, variantWith));
    const at = {
      isEnabled: isEnabledBy(layers),
      values: chartValuesOf(layers),
      ...(inReleases.length === 0 ? {} : { valuesIn: new Map(inReleases.map(([release, resolved]) => [release, chartValuesOf(resolved)])) }),
      ...(variant === undefined ? {} : { variant }),
      layers,
    };
    const others = inReleases.map(([, resolved]) => resolved);
    this.#known.set(layers, [...(this.#known.get(layers) ?? []), { at, home, others }]);
    return at;
  }
}

function chartValuesOf({ values }: Resolved): Branch {
  const own = tryChild(values, 'values');
  return own instanceof Branch ? withoutLive(own) : new Branch(Object.create(null), { kind: 'base', place: [] });
}

/** Whether layers give a component to a member, whomever its selector leaves out. */
export function isEnabledBy({ values }: Resolved): boolean {
  const enabled = tryChild(values, 'enabled');
  return enabled !== undefined && plainOf(enabled) === true;
}
