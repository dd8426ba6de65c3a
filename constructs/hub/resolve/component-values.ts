import { Branch, plainOf, tryChild } from '../../../layers/node';
import type { Resolved } from '../../../layers/resolver';
import type { Target } from '../../tree/config/target';
import type { ComponentModel } from './group-model';
import { type Variant, variantOf, withoutLive } from './variant';

/** What a member gets of a component. */
export interface ComponentAt {
  /** As the layers say; a selector may narrow it. */
  readonly isEnabled: boolean;
  /** For its chart, all layers merged, without what only the live cluster knows. */
  readonly values: Branch;
  /** Which variant of it. @default - the one of members whose layers say nothing of its fields */
  readonly variant?: Variant;
  /** All that its layers say, merged. */
  readonly layers: Resolved;
}

/** What a member gets of a component, computed once for members with the same layers. */
export class ComponentValues {
  readonly #known = new WeakMap<Resolved, ComponentAt>();

  at({ app }: ComponentModel, target: Target): ComponentAt {
    const layers = app.resolver.at(target);
    const known = this.#known.get(layers);
    if (known) return known;
    const values = tryChild(layers.values, 'values');
    const variant = variantOf(layers);
    const made = {
      isEnabled: isEnabledBy(layers),
      values: values instanceof Branch ? withoutLive(values) : new Branch(Object.create(null), { kind: 'base', place: [] }),
      ...(variant === undefined ? {} : { variant }),
      layers,
    };
    this.#known.set(layers, made);
    return made;
  }
}

/** Whether layers give a component to a member, whomever its selector leaves out. */
export function isEnabledBy({ values }: Resolved): boolean {
  const enabled = tryChild(values, 'enabled');
  return enabled !== undefined && plainOf(enabled) === true;
}
