import { isMap } from '../../layers/plain-data';
import { sayAt } from './charts/who-says';
import { TemplateError } from './go-syntax';
import { type Instance, selectedBy } from './instances';
import { componentKeys, strangeKeys, topKeys } from './known-keys';
import type { Layout } from './layout';
import { type Level, levelsOf } from './levels';
import type { Membership, WrapperMember } from './members';
import { chartOf, nameOf, type Use, useOf, versionFor } from './use-of';
import { asMap, type Data } from './values';

/** A component of a group, and who gets it. */
export interface WrapperComponent {
  readonly group: string;
  readonly name: string;
  /** The release that members are in. */
  readonly uses: readonly Use[];
  /** Files of values of members that do not get it are part of the hierarchy, too. */
  readonly levelsOf: (member: WrapperMember) => readonly Level[];
  /** Its version in every release, for clusters of which nothing else is known. */
  readonly versionIn: ReadonlyMap<string, string>;
}

/** Every component, those that nobody gets included. */
export function readComponents(layout: Layout, membership: Membership, instances: readonly Instance[]): readonly WrapperComponent[] {
  const found = new Map<string, { group: string; name: string; uses: Use[]; instance: Instance; said: Data }>();
  for (const instance of instances) {
    sayStrange(instance, layout);
    for (const [key, value] of Object.entries(instance.values)) {
      const said = asMap(value);
      if (!isMap(value) || !Object.hasOwn(said, 'enabled')) continue;
      const name = nameOf(key);
      const id = `${instance.group} ${name}`;
      const all = found.get(id) ?? { group: instance.group, name, uses: [], instance, said };
      found.set(id, all);
      if (String(said.enabled) !== 'true') continue;
      sayStrangeFields(instance, key, said, layout);
      try {
        for (const cluster of selectedBy(instance, said)) {
          const member = membership.members.find((one) => one.name === cluster.name) as WrapperMember;
          const use = useOf({ member, instance, key, said }, layout, membership);
          const other = all.uses.find((one) => one.member === member)?.instance;
          if (!other) all.uses.push(use);
          else sayAt(layout, instance, [key], undefined, `clusters get it twice: of ${nameIn(other)} and of ${nameIn(instance)}, which is left out`);
        }
      } catch (cause) {
        if (!(cause instanceof TemplateError)) throw cause;
        sayAt(layout, instance, [key], undefined, cause.message);
      }
    }
  }
  return [...found.values()].map(({ group, name, uses, instance, said }) => ({
    group,
    name,
    uses,
    levelsOf: (member) =>
      levelsOf(member, uses.find((use) => use.member === member)?.instance ?? instance, said, chartOf(name, said), undefined, layout, membership),
    versionIn: new Map(instances.filter((one) => one.group === group).map(({ release }) => [release, versionFor({ [`${group}Release`]: release }, said)])),
  }));
}

function sayStrange(instance: Instance, layout: Layout): void {
  // A component that nothing enables says nothing.
  const isComponent = (value: unknown) => isMap(value) && Object.keys(value).some((field) => field === 'enabled' || componentKeys[field] === 'read');
  const top = Object.fromEntries(Object.entries(instance.values).filter(([key, value]) => Object.hasOwn(topKeys, key) || !isComponent(value)));
  for (const { place, reason } of strangeKeys(top, topKeys, instance.namespace, "of the wrapper's values")) sayAt(layout, instance, place, undefined, reason);
}

function sayStrangeFields(instance: Instance, key: string, said: Data, layout: Layout): void {
  const strange = strangeKeys(said, componentKeys, instance.namespace, 'of a component');
  for (const { place, reason } of strange) sayAt(layout, instance, [key, ...place], undefined, reason);
}

function nameIn({ release, argoCD }: Instance): string {
  return `'${release}' in the Argo CD of ${argoCD}`;
}
