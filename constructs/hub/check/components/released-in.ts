import type { Finding } from '../../../../layers/consequences';
import { deepestNode } from '../../../../layers/node';
import type { Problem } from '../../../../layers/problem';
import { problemAt } from '../../../tree/origin';
import { type Field, fieldPlace, type ReleasedComponent } from '../../resolve/released-component';
import type { ResolvedHub } from '../../resolve/resolved-hub';
import type { Variant } from '../../resolve/variants/variant';
import { variantsIn } from '../../resolve/variants/variants-in';
import type { Component } from '../../tree/component';
import type { ComponentGroup } from '../../tree/component-group';

/** A component in a release, as members with a variant of it get it. */
export interface Release {
  readonly group: ComponentGroup;
  readonly component: Component;
  readonly release: string;
  readonly variant: Variant | undefined;
  readonly released: ReleasedComponent;
}

/** Every component in every release of its group, in each variant that members have. */
export function* releasedIn({ groups, members }: Pick<ResolvedHub, 'groups' | 'members'>): Generator<Release> {
  for (const { construct: group, components } of groups) {
    for (const component of components) {
      for (const variant of variantsIn(members, component.name)) {
        for (const [release, released] of component.releasesOf(variant)) yield { group, component: component.construct, release, variant, released };
      }
    }
  }
}

/** What is wrong with a field, placed where it is said: in a layer of members, in the release, in the component or in its group. */
export function releasedProblem(
  { group, component, release, variant }: Release,
  [field, ...below]: readonly [Field, ...string[]],
  code: Problem['code'],
  message: string,
  rest: Partial<Finding> = {},
): Finding {
  const { name: app } = component;
  const layer = variant && deepestNode(variant.layers, [field, ...below]);
  if (layer && layer.depth > 0 && layer.node.source.kind !== 'base') {
    const { file, place } = layer.node.source;
    return { code, message, app, ...rest, file, place: [...place, field, ...below] };
  }
  const { construct, at } = fieldPlace(group, component, release, field);
  return problemAt(construct, code, message, { app, ...rest, at: [...at, ...below] });
}
