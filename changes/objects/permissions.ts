import { groupKindOf } from '../../layers/charts/object-identity';
import type { Content } from '../state';
import { ofConstraints, ofWebhooks } from './admission-permissions';
import { mapIn, textIn } from './object-words';
import type { ObjectPlace, Permission } from './permission';
import { ofProject } from './project-permissions';
import { ofBinding, ofClusterRole, ofRoleIn } from './role-permissions';

const rbac = 'rbac.authorization.k8s.io';
const admission = 'admissionregistration.k8s.io';

/**
 * Whoever may change what is there, or read its secrets, is the owner of the cluster: its controllers run there, and their service
 * accounts.
 */
const ofCluster = 'kube-system';

/** Whoever asks. */
const everybody: ReadonlySet<string> = new Set([
  'Group system:authenticated',
  'Group system:unauthenticated',
  'Group system:serviceaccounts',
  'User system:anonymous',
]);

type Place = Required<Pick<ObjectPlace, 'namespace'>> & ObjectPlace;

/** Of each kind that permits anything, how. */
const kinds: Readonly<Record<string, (name: string, object: Content, place: Place) => readonly Permission[]>> = {
  [`ClusterRole.${rbac}`]: (_, object, place) => ofClusterRole(object, place),
  [`ClusterRoleBinding.${rbac}`]: (_, object, place) => ofBinding(object, place),
  [`Role.${rbac}`]: (_, object, place) => (place.namespace === ofCluster ? ofRoleIn(place.namespace, object, place) : []),
  [`RoleBinding.${rbac}`]: (_, object, place) =>
    ofBinding(object, place, place.namespace).filter(({ who }) => place.namespace === ofCluster || everybody.has(who)),
  [`MutatingWebhookConfiguration.${admission}`]: (_, object, place) => ofWebhooks('changes', object, place),
  [`ValidatingWebhookConfiguration.${admission}`]: (_, object, place) => ofWebhooks('sees', object, place),
  'AppProject.argoproj.io': ofProject,
  'SecurityContextConstraints.security.openshift.io': ofConstraints,
};

/** Whether an object is one of those that permit anything. */
export function isPermitting(object: Content): boolean {
  return Object.hasOwn(kinds, groupKindOf(object));
}

/**
 * What an object permits in the whole cluster: a ClusterRole by its rules, and by what it is aggregated of or to; a ClusterRoleBinding by
 * those whom it gives a role; a webhook by what it is shown, or may change; an AppProject by what its Applications may deploy; an
 * OpenShift SecurityContextConstraints by those who may use it. What is bound in a namespace stays there, but for that of the cluster's
 * own, and where everybody gets it.
 */
export function permissionsOf(object: Content, place: ObjectPlace = {}): readonly Permission[] {
  const kind = groupKindOf(object);
  const { namespace: own, name } = mapIn(object.metadata);
  const namespace = textIn(own) || (place.namespace ?? '');
  return Object.hasOwn(kinds, kind) ? (kinds[kind]?.(textIn(name), object, { ...place, namespace }) ?? []) : [];
}
