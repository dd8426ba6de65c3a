import { groupKindOf } from '../../layers/charts/object-identity';
import type { Plain } from '../../layers/layer';
import { stable } from '../judge/effect';
import type { Content } from '../state';
import { mapIn, mapsIn, type PlainMap, textIn } from './object-words';

/** Which fields of a kind stay what they were made as: some, or all at a place but some. */
type Fixed = readonly string[] | { readonly at: string; readonly but: readonly string[] };

/**
 * What the API server refuses to change, as its validation of updates says (kubernetes 1.33: `Validate…Update` in
 * pkg/apis/{core,apps,batch,storage,rbac,scheduling,node,networking,discovery,resource}/validation, `ValidateUpdate` of the strategies in
 * pkg/registry/apps, and `ValidateCustomResourceDefinitionUpdate` of apiextensions-apiserver). By kind and group.
 */
const fixedFields: Readonly<Record<string, Fixed>> = {
  'Deployment.apps': ['spec.selector'],
  'ReplicaSet.apps': ['spec.selector'],
  'DaemonSet.apps': ['spec.selector'],
  'StatefulSet.apps': {
    at: 'spec',
    but: ['replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds'],
  },
  'Job.batch': [
    'spec.selector',
    'spec.template',
    'spec.completionMode',
    'spec.completions',
    'spec.podFailurePolicy',
    'spec.successPolicy',
    'spec.backoffLimitPerIndex',
    'spec.managedBy',
  ],
  PersistentVolumeClaim: { at: 'spec', but: ['resources', 'volumeAttributesClassName'] },
  PersistentVolume: {
    at: 'spec',
    but: [
      'capacity',
      'accessModes',
      'claimRef',
      'persistentVolumeReclaimPolicy',
      'storageClassName',
      'mountOptions',
      'nodeAffinity',
      'volumeAttributesClassName',
    ],
  },
  Secret: ['type'],
  'StorageClass.storage.k8s.io': ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
  'CSIDriver.storage.k8s.io': ['spec.attachRequired', 'spec.volumeLifecycleModes'],
  'RoleBinding.rbac.authorization.k8s.io': ['roleRef'],
  'ClusterRoleBinding.rbac.authorization.k8s.io': ['roleRef'],
  'CustomResourceDefinition.apiextensions.k8s.io': ['spec.group', 'spec.scope', 'spec.names.plural', 'spec.names.kind'],
  'PriorityClass.scheduling.k8s.io': ['value', 'preemptionPolicy'],
  'RuntimeClass.node.k8s.io': ['handler'],
  'IngressClass.networking.k8s.io': ['spec.controller'],
  'EndpointSlice.discovery.k8s.io': ['addressType'],
  ResourceQuota: ['spec.scopes'],
  'ResourceClaim.resource.k8s.io': ['spec'],
  'ResourceClaimTemplate.resource.k8s.io': ['spec'],
  'VolumeAttributesClass.storage.k8s.io': ['driverName', 'parameters'],
};

/** What the API server fills in where nothing is said: to say so changes nothing. */
const defaults: Readonly<Record<string, Plain>> = {
  'StatefulSet.apps spec.podManagementPolicy': 'OrderedReady',
  'Job.batch spec.completionMode': 'NonIndexed',
  'PersistentVolumeClaim spec.volumeMode': 'Filesystem',
  'PersistentVolume spec.volumeMode': 'Filesystem',
  'Secret type': 'Opaque',
  'StorageClass.storage.k8s.io reclaimPolicy': 'Delete',
  'StorageClass.storage.k8s.io volumeBindingMode': 'Immediate',
  'CSIDriver.storage.k8s.io spec.attachRequired': true,
  'CSIDriver.storage.k8s.io spec.volumeLifecycleModes': ['Persistent'],
  'PriorityClass.scheduling.k8s.io preemptionPolicy': 'PreemptLowerPriority',
};

/** The fields that a change of an object would change, though Kubernetes refuses to. @param before and after are one object to it */
export function changedImmutables(before: Content, after: Content): readonly string[] {
  const kind = groupKindOf(after);
  const fixed = fixedFields[kind] ?? [];
  const fields = 'but' in fixed ? othersAt(fixed.at, fixed.but, before, after) : fixed;
  const differs = (field: string) => saidAt(kind, before, field) !== saidAt(kind, after, field);
  return [...fields.filter(differs), ...changedOfSealed(kind, before, after), ...(kind === 'Service' ? changedOfService(before, after) : [])];
}

function othersAt(at: string, but: readonly string[], before: Content, after: Content): readonly string[] {
  const keys = new Set([before, after].flatMap((one) => Object.keys(mapIn(one[at]))));
  return [...keys].filter((key) => !but.includes(key)).map((key) => `${at}.${key}`);
}

/** A ConfigMap or Secret that says `immutable: true` keeps all that it holds, and that it does. */
function changedOfSealed(kind: string, before: Content, after: Content): readonly string[] {
  if ((kind !== 'ConfigMap' && kind !== 'Secret') || before.immutable !== true) return [];
  return ['data', 'binaryData', 'stringData', 'immutable'].filter((field) => saidAt(kind, before, field) !== saidAt(kind, after, field));
}

/** A Service keeps its address and its first family, but where it is or becomes a name alone; what is left out is filled in as it was. */
function changedOfService({ spec: was }: Content, { spec: is }: Content): readonly string[] {
  const [old, made] = [mapIn(was), mapIn(is)];
  if (old.type === 'ExternalName' || made.type === 'ExternalName') return [];
  const first = (value: Plain | undefined) => (Array.isArray(value) ? value[0] : value);
  const changed = ['clusterIP', 'clusterIPs', 'ipFamilies'].filter((key) => first(made[key]) !== undefined && first(old[key]) !== first(made[key]));
  // Whose families nobody said, they were chosen there.
  return changed.filter((key) => key !== 'ipFamilies' || first(old[key]) !== undefined).map((key) => `spec.${key}`);
}

/** What a field says, as it is compared: maps without what says nothing. */
function saidAt(kind: string, object: Content, field: string): string {
  const value = field.split('.').reduce<Plain | undefined>((at, key) => mapIn(at)[key], object) ?? defaults[`${kind} ${field}`];
  const said = field === 'spec.volumeClaimTemplates' ? mapsIn(value).map(claimOf) : value;
  return stable((saying(said as Plain | undefined) ?? null) as Plain);
}

/** A template of claims, as the API server keeps it. */
function claimOf({ metadata, spec }: PlainMap): PlainMap {
  const { volumeMode, ...rest } = mapIn(spec);
  return { metadata: mapIn(metadata), spec: { ...rest, ...(textIn(volumeMode) === 'Filesystem' ? {} : { volumeMode: volumeMode as Plain }) } };
}

/** @returns `undefined` of what is empty */
function saying(value: Plain | undefined): Plain | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : (value as readonly Plain[]).map((one) => saying(one) ?? null);
  if (typeof value !== 'object') return value;
  const said = Object.entries(value).flatMap(([key, one]) => {
    const inside = saying(one);
    return inside === undefined ? [] : [[key, inside] as const];
  });
  return said.length === 0 ? undefined : Object.fromEntries(said);
}
