import type { GroupModel } from '../../resolve/group-model';
import type { ReleasedComponent } from '../../resolve/released-component';
import type { Component } from '../../tree/component';
import type { ComponentGroup } from '../../tree/component-group';

/** A component in a release. */
interface Release {
  readonly group: ComponentGroup;
  readonly component: Component;
  readonly release: string;
  readonly released: ReleasedComponent;
}

/** Every component in every release of its group. */
export function* releasedIn(groups: readonly GroupModel[]): Generator<Release> {
  for (const { construct: group, components } of groups) {
    for (const { construct: component, releases } of components) {
      for (const [release, released] of releases) yield { group, component, release, released };
    }
  }
}
