import type { Content } from '../state';
import { mapIn, mapsIn, type PlainMap, textIn, textsIn } from './object-words';
import { atAnyTarget, type ObjectPlace, type Permission } from './permission';

const rbac = 'rbac.authorization.k8s.io';

/** What a role permits, and what it gets of others or gives to them: each role by itself, for one may be bound where another is not. */
export function ofClusterRole(object: Content, { target }: ObjectPlace): readonly Permission[] {
  const of = `role ${atAnyTarget(textIn(mapIn(object.metadata).name), target)}`;
  return [...mapsIn(object.rules).flatMap(ofRule), ...ofAggregation(object)].map((one) => ({ ...one, of }));
}

/** What a role permits in a namespace. */
export function ofRoleIn(namespace: string, { metadata, rules }: Content, { target }: ObjectPlace): readonly Permission[] {
  const of = `role ${namespace}/${atAnyTarget(textIn(mapIn(metadata).name), target)}`;
  return mapsIn(rules)
    .flatMap(ofRule)
    .map(({ text, parts }) => ({ text: `${text} in ${namespace}`, parts, of }));
}

type Said = Pick<Permission, 'text' | 'parts'>;

function ofRule({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PlainMap): readonly Said[] {
  const names = textsIn(resourceNames);
  return textsIn(verbs).flatMap((verb) => [
    ...textsIn(nonResourceURLs).map((url) => ({ text: `${verb} ${url}`, parts: ['url', verb, url] })),
    ...textsIn(resources).flatMap((resource) =>
      textsIn(apiGroups).flatMap((group) => {
        const what = `${resource}${group === '' ? '' : `.${group}`}`;
        return (names.length === 0 ? ['*'] : names).map((name) => ({
          text: `${verb} ${what}${name === '*' ? '' : ` '${name}'`}`,
          parts: ['resource', verb, group === '' ? 'core' : group, resource, name],
        }));
      }),
    ),
  ]);
}

/** Rules that come from other roles, or go to them, are known to the cluster alone: that they do, is said here. */
function ofAggregation({ metadata, aggregationRule }: Content): readonly Said[] {
  const labels = Object.entries(mapIn(mapIn(metadata).labels));
  const to = labels.filter(([label, value]) => label.startsWith(`${rbac}/aggregate-to-`) && value === 'true');
  const from = mapsIn(mapIn(aggregationRule).clusterRoleSelectors).map((selector) => JSON.stringify(selector));
  return [
    ...to.map(([label]) => ({ text: `its rules go to '${label.slice(`${rbac}/aggregate-to-`.length)}'`, parts: ['to', label] })),
    ...from.map((selector) => ({ text: `the rules of all roles with ${selector}`, parts: ['from', selector] })),
  ];
}

/** @param namespace where the role is given. @default - in the whole cluster */
export function ofBinding({ roleRef, subjects }: Content, { target }: ObjectPlace, namespace?: string): readonly (Permission & { readonly who: string })[] {
  const { kind, name: role } = mapIn(roleRef);
  return mapsIn(subjects).map((subject) => {
    const name = [textIn(subject.namespace), textIn(subject.name)].filter((part) => part !== '').join('/');
    const who = `${textIn(subject.kind)} ${name}`;
    const text = `${who} gets ${textIn(role)}${namespace === undefined ? '' : ` in ${namespace || 'its namespace'}`}`;
    return { text, who, of: atAnyTarget(`${text} (${textIn(kind)})`, target), parts: ['gets'] };
  });
}
