import type { Content } from '../state';
import { mapIn, mapsIn, type PlainMap, textIn, textsIn } from './object-words';
import { atAnyTarget, type ObjectPlace, type Permission } from './permission';

/**
 * What Applications of a project may deploy, from where and to where (argo-cd, pkg/apis/application/v1alpha1, `AppProject`): what begins
 * with `!` is taken out, and so is what a black list names. Of kinds in namespaces all are permitted that no list names.
 */
export function ofProject(name: string, { spec }: Content, { target }: ObjectPlace): readonly Permission[] {
  const of = `project ${atAnyTarget(name, target)}`;
  const { sourceRepos, destinations, sourceNamespaces, roles } = mapIn(spec);
  const repositories = textsIn(sourceRepos);
  const places = mapsIn(destinations).map((one) => [textIn(one.server) || textIn(one.name), textIn(one.namespace)] as const);
  const isOut = (text: string) => text.startsWith('!');
  const refusedPlaces = places.filter((place) => place.some(isOut)).map((place) => place.join(' '));
  return [
    ...repositories
      .filter((one) => !isOut(one))
      .map((one) => ({ text: `the project '${name}' deploys from ${one}`, parts: ['from', one], without: repositories.filter(isOut) })),
    ...places
      .filter((place) => !place.some(isOut))
      .map(([cluster, namespace]) => ({
        text: `the project '${name}' deploys to '${namespace}' of ${cluster}`,
        parts: ['to', atAnyTarget(cluster, target), atAnyTarget(namespace, target)],
        without: refusedPlaces,
      })),
    ...kindsOf('cluster', mapIn(spec)).map((one) => ({ ...one, text: `the project '${name}' deploys ${one.text} of the whole cluster` })),
    ...kindsOf('namespace', mapIn(spec)).map((one) => ({ ...one, text: `the project '${name}' deploys ${one.text}` })),
    ...textsIn(sourceNamespaces).map((one) => ({ text: `Applications in '${one}' use the project '${name}'`, parts: ['in', one] })),
    ...mapsIn(roles).flatMap(({ policies }) => textsIn(policies).map((one) => ({ text: `the project '${name}': ${one}`, parts: ['policy', one] }))),
  ].map((one) => ({ ...one, of }));
}

function kindsOf(scope: 'cluster' | 'namespace', spec: PlainMap): readonly Omit<Permission, 'of'>[] {
  const listed = (key: string) => mapsIn(spec[`${scope}Resource${key}`]).map(({ group, kind }) => [textIn(group), textIn(kind)] as const);
  const white = scope === 'namespace' && spec['namespaceResourceWhitelist'] === undefined ? [['*', '*'] as const] : listed('Whitelist');
  const without = listed('Blacklist').map((kind) => kind.join('/'));
  return white.map(([group, kind]) => ({ text: `${kind}${group === '' ? '' : `.${group}`}`, parts: [scope, group, kind], without }));
}
