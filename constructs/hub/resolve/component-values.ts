import { Branch, plainOf, tryChild } from '../../../layers/node';
import type { Resolved } from '../../../layers/resolver';
import type { Target } from '../../tree/config/target';
import type { ComponentModel } from './group-model';
import { isReleased } from './released-app';
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
  /** With what its layers come to in every release, where that is another thing. */
  readonly #known = new WeakMap<Resolved, readonly { readonly at: ComponentAt; readonly others: readonly Resolved[] }[]>();

  at({ app, releases }: ComponentModel, target: Target): ComponentAt {
    const layers = app.resolver.at(target);
    const inReleases = isReleased(app) ? [...releases.keys()].map((release) => [release, app.resolverIn(release).at(target)] as const) : [];
    const known = this.#known.get(layers)?.find(({ others }) => others.every((one, index) => one === inReleases[index]?.[1]));
    if (known) return known.at;
    const variant = variantOf(layers, new Map(inReleases));
    const at = {
      isEnabled: isEnabledBy(layers),
      values: chartValuesOf(layers),
      ...(inReleases.length === 0 ? {} : { valuesIn: new Map(inReleases.map(([release, resolved]) => [release, chartValuesOf(resolved)])) }),
      ...(variant === undefined ? {} : { variant }),
      layers,
    };
    const others = inReleases.map(([, resolved]) => resolved);
    this.#known.set(layers, [...(this.#known.get(layers) ?? []), { at, others }]);
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
