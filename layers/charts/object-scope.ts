/** Whether objects of a kind lie in a namespace, as its definition says it. */
export type Scope = 'Cluster' | 'Namespaced';

type Kinds = Readonly<Record<string, string>>;

/** By group: those of Kubernetes 1.37 and what it had before (`+genclient:nonNamespaced` in k8s.io/api), and of External Secrets. */
const clusterKinds: Kinds = {
  '': 'ComponentStatus Namespace Node PersistentVolume',
  'admissionregistration.k8s.io':
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  'apiextensions.k8s.io': 'CustomResourceDefinition',
  'apiregistration.k8s.io': 'APIService',
  'authentication.k8s.io': 'SelfSubjectReview TokenReview',
  'authorization.k8s.io': 'SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  'certificates.k8s.io': 'CertificateSigningRequest ClusterTrustBundle',
  'external-secrets.io': 'ClusterExternalSecret ClusterPushSecret ClusterSecretStore',
  'flowcontrol.apiserver.k8s.io': 'FlowSchema PriorityLevelConfiguration',
  'networking.k8s.io': 'IPAddress IngressClass ServiceCIDR',
  'node.k8s.io': 'RuntimeClass',
  policy: 'PodSecurityPolicy',
  'rbac.authorization.k8s.io': 'ClusterRole ClusterRoleBinding',
  'resource.k8s.io': 'DeviceClass DeviceTaintRule ResourceSlice',
  'scheduling.k8s.io': 'PriorityClass',
  'storage.k8s.io': 'CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass',
  'storagemigration.k8s.io': 'StorageVersionMigration',
};

const namespacedKinds: Kinds = {
  '': 'ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  apps: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'argoproj.io': 'AppProject Application ApplicationSet',
  'authorization.k8s.io': 'LocalSubjectAccessReview',
  autoscaling: 'HorizontalPodAutoscaler',
  batch: 'CronJob Job',
  'coordination.k8s.io': 'Lease LeaseCandidate',
  'discovery.k8s.io': 'EndpointSlice',
  'events.k8s.io': 'Event',
  'external-secrets.io': 'ExternalSecret PushSecret SecretStore',
  'networking.k8s.io': 'Ingress NetworkPolicy',
  policy: 'PodDisruptionBudget',
  'rbac.authorization.k8s.io': 'Role RoleBinding',
  'resource.k8s.io': 'ResourceClaim ResourceClaimTemplate',
  'storage.k8s.io': 'CSIStorageCapacity',
};

const known = new Map([...scopesOf(clusterKinds, 'Cluster'), ...scopesOf(namespacedKinds, 'Namespaced')]);

function scopesOf(kinds: Kinds, scope: Scope): readonly (readonly [groupKind: string, Scope])[] {
  return Object.entries(kinds).flatMap(([group, names]) => names.split(' ').map((kind) => [group === '' ? kind : `${kind}.${group}`, scope] as const));
}

/** Of kinds that a cluster has without anybody's definitions, and of Argo CD's and External Secrets' own. @param groupKind `Deployment.apps` */
export function knownScope(groupKind: string): Scope | undefined {
  return known.get(groupKind);
}

/** What of an object says which kind it defines. */
interface Defining {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly spec?: unknown;
}

/** The kind that a CustomResourceDefinition defines, and its scope. @returns `undefined` of any other object */
export function definedScope(object: Defining): readonly [groupKind: string, Scope] | undefined {
  const { apiVersion, kind } = object;
  if (kind !== 'CustomResourceDefinition' || typeof apiVersion !== 'string' || !apiVersion.startsWith('apiextensions.k8s.io/')) return undefined;
  const { group, names, scope } = (object.spec ?? {}) as { readonly group?: unknown; readonly names?: { readonly kind?: unknown }; readonly scope?: unknown };
  return scope === 'Cluster' || scope === 'Namespaced' ? [`${String(names?.kind)}.${String(group)}`, scope] : undefined;
}
