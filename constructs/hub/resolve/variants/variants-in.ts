import { getOr } from '../../../../layers/get-or';
import type { ResolvedMember } from '../resolved-hub';
import type { Variant } from './variant';

const known = new WeakMap<readonly ResolvedMember[], Map<string, readonly (Variant | undefined)[]>>();

/** The variants of a component that members have; the one without layers where there is no member. */
export function variantsIn(members: readonly ResolvedMember[], component: string): readonly (Variant | undefined)[] {
  const byName = known.get(members) ?? new Map<string, readonly (Variant | undefined)[]>();
  known.set(members, byName);
  return getOr(byName, component, () => {
    const variants = new Map<string, Variant | undefined>();
    for (const { components } of members) {
      const variant = components.get(component)?.variant;
      variants.set(variant?.key ?? '', variant);
    }
    return variants.size === 0 ? [undefined] : [...variants.values()];
  });
}
