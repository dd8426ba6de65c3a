import { groupKindOf } from '../../layers/charts/object-identity';
import type { Content } from '../state';
import { mapIn, mapsIn, type PlainMap, textIn, textsIn } from './object-words';

/** One thing that somebody may do in the whole cluster. */
export interface Permission {
  /** As it is told: `get secrets`. */
  readonly text: string;
  /** A verb and what it may be done with, part by part: `*` stands for all. */
  readonly parts: readonly string[];
}

const rbac = 'rbac.authorization.k8s.io';

/**
 * What an object permits in the whole cluster: a ClusterRole by its rules, and by what it is aggregated of or to; a
 * ClusterRoleBinding by those whom it gives a role. What is bound in a namespace stays there.
 */
export function permissionsOf(object: Content): readonly Permission[] {
  const kind = groupKindOf(object);
  if (kind === `ClusterRole.${rbac}`) return [...mapsIn(object.rules).flatMap(ofRule), ...ofAggregation(object)];
  return kind === `ClusterRoleBinding.${rbac}` ? ofBinding(object) : [];
}

/** Those that nothing of what was permitted covers, each once. */
export function newPermissions(had: readonly Permission[], has: readonly Permission[]): readonly Permission[] {
  const found = new Map(has.filter(({ parts }) => !had.some((one) => covers(one.parts, parts))).map((one) => [one.text, one]));
  return [...found.values()];
}

function covers(wide: readonly string[], narrow: readonly string[]): boolean {
  return wide.length === narrow.length && wide.every((part, index) => includes(part, narrow[index] as string));
}

/** As Kubernetes compares (pkg/apis/rbac/v1, evaluation_helpers.go): `*` is all, `pods/*` none but itself, `*` in front of `/log` any, `/healthz/*` all below. */
function includes(wide: string, narrow: string): boolean {
  if (wide === '*' || wide === narrow) return true;
  if (wide.startsWith('*/')) return narrow.endsWith(wide.slice(1));
  return wide.startsWith('/') && wide.endsWith('*') && narrow.startsWith(wide.slice(0, -1));
}

function ofRule({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PlainMap): readonly Permission[] {
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
function ofAggregation({ metadata, aggregationRule }: Content): readonly Permission[] {
  const labels = Object.entries(mapIn(mapIn(metadata).labels));
  const to = labels.filter(([label, value]) => label.startsWith(`${rbac}/aggregate-to-`) && value === 'true');
  const from = mapsIn(mapIn(aggregationRule).clusterRoleSelectors).map((selector) => JSON.stringify(selector));
  return [
    ...to.map(([label]) => ({ text: `its rules go to '${label.slice(`${rbac}/aggregate-to-`.length)}'`, parts: ['to', label] })),
    ...from.map((selector) => ({ text: `the rules of all roles with ${selector}`, parts: ['from', selector] })),
  ];
}

function ofBinding({ roleRef, subjects }: Content): readonly Permission[] {
  const role = textIn(mapIn(roleRef).name);
  return mapsIn(subjects).map((subject) => {
    const name = [textIn(subject.namespace), textIn(subject.name)].filter((part) => part !== '').join('/');
    const text = `${textIn(subject.kind)} ${name} gets ${role}`;
    return { text, parts: [text] };
  });
}
