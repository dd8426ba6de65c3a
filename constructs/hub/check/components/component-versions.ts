import type { Cause, Finding } from '../../../../layers/consequences';
import { originOf, problemAt } from '../../../tree/origin';
import { variantsIn } from '../../resolve/variants/variants-in';
import type { Component } from '../../tree/component';
import type { ComponentGroup } from '../../tree/component-group';
import type { HubSubject } from '../hub-rule';
import { fieldCauses } from './field-causes';

/** A component has a version in every release: one mistake where none has one; one for each where some have. */
export function* componentVersions({ groups, members }: HubSubject): Generator<Finding> {
  for (const { construct: group, components } of groups) {
    for (const { construct: component, name, releases, releasesOf } of components) {
      const variants = variantsIn(members, name).map(releasesOf);
      const without = [...releases.keys()].filter((release) => variants.some((variant) => variant.get(release)?.unsaid.has('version')));
      if (without.length > 0) yield* versionProblems(group, component, without, without.length === releases.size);
    }
  }
}

function* versionProblems(group: ComponentGroup, component: Component, without: readonly string[], isEverywhere: boolean): Generator<Finding> {
  const { name: app } = component;
  const pinned = `\`components: { '${app}': '1.2.3' }\``;
  const causes = (release: string) => fieldCauses(group, component, release, ['version']);
  if (isEverywhere) {
    yield problemAt(component, 'no-version', `'${app}' has no version`, {
      app,
      expected: `'version' in the component, or in each release of its group: ${pinned}`,
      found: `none in ${without.length === 1 ? 'the release' : 'the releases'} ${without.join(', ')}`,
      follows: without.flatMap(causes),
    });
  }
  const everywhere: readonly Cause[] = isEverywhere ? [{ ...originOf(component), code: 'no-version' }] : [];
  for (const release of without) {
    yield problemAt(group.releases, 'no-version', `'${app}' has no version in the release '${release}'`, {
      app,
      at: ['releases', release],
      expected: `${pinned} there, or 'version' in the component for releases that say nothing of it`,
      follows: [...everywhere, ...causes(release)],
    });
  }
}
