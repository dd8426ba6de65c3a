import type { Finding } from '../../../../layers/consequences';
import { suggestion } from '../../../../layers/text/nearest';
import { problemAt } from '../../../tree/origin';
import { annotationSource, labelSource } from '../../resolve/credentials/annotation-sources';
import { type NeededMetadata, neededMetadata } from '../../resolve/credentials/needed-metadata';
import type { Field } from '../../resolve/released-component';
import type { ResolvedMember } from '../../resolve/resolved-hub';
import type { HubSubject } from '../hub-rule';
import { valueProblem } from '../value-problem';
import { releasedProblem } from './released-in';

/**
 * An annotation or a label that a component needs and that nothing gives a cluster which gets it: its Application would say
 * so, and deploy nothing. Where Git says all annotations, a map of them in the secret manager gives none.
 */
export function* missingMetadata({ fleet, groups, members }: HubSubject): Generator<Finding> {
  const isDeclared = fleet.annotations === 'git';
  const has = (one: ResolvedMember, noun: NeededMetadata['noun'], name: string) => {
    if (noun === 'label') return Object.hasOwn(one.labels, name) || labelSource(one.member, name) !== undefined;
    const source = annotationSource(one.member, name);
    return source !== undefined && !(isDeclared && source.from === 'map');
  };
  for (const group of groups) {
    for (const model of group.components) {
      const { construct: component, name: app, label } = model;
      for (const one of members) {
        const at = one.components.get(app);
        const release = one.releases.get(group.name);
        if (!at || release === undefined || one.labels[label] !== 'true') continue;
        for (const { noun, name, part, path } of neededMetadata(model, at, release)) {
          if (has(one, noun, name)) continue;
          const isAnywhere = members.some((other) => has(other, noun, name));
          const message = isAnywhere ? `a cluster that gets '${app}' has no ${noun} '${name}'` : `no cluster has the ${noun} '${name}'`;
          const rest: Partial<Finding> = {
            ...(isDeclared ? {} : { severity: 'warning' }),
            app,
            target: `${group.name}/${one.member.path}`,
            expected: `${noun === 'label' ? 'a label' : 'an annotation'} in Git, or one from a named key of its entry in the secret manager`,
            hint: isAnywhere ? `write it as a layer of \`${noun}s\` in the member settings, or into the file of the cluster` : nearMiss(members, noun, name),
          };
          if (part === 'values') yield valueProblem(component, at.layers.values, path, 'token-not-injected', message, rest);
          else if (part === 'set') yield problemAt(component, 'token-not-injected', message, { ...rest, at: path });
          else {
            const place = { group: group.construct, component, release, variant: at.variant, released: model.releasesOf(at.variant).get(release) };
            yield releasedProblem(place as Parameters<typeof releasedProblem>[0], path as readonly [Field, ...string[]], 'token-not-injected', message, rest);
          }
        }
      }
    }
  }
}

function nearMiss(members: readonly ResolvedMember[], noun: NeededMetadata['noun'], name: string): string | undefined {
  const names = members.flatMap(({ labels, member: { annotations, secretRef } }) =>
    noun === 'label' ? Object.keys({ ...labels, ...secretRef.labelsFrom }) : Object.keys({ ...annotations, ...secretRef.annotationsFrom }),
  );
  return suggestion(name, new Set(names), `${noun}s`);
}
