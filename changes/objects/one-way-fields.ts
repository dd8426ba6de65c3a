import { groupKindOf } from '../../layers/charts/object-identity';
import type { Plain } from '../../layers/layer';
import { isSame } from '../../layers/plain-data';
import type { Content } from '../state';
import { mapIn, mapsIn, textIn } from './object-words';

/** A change that Kubernetes refuses, though it takes others of that field. */
export interface Refused {
  readonly field: string;
  /** Why, without the object's name. @default - the field cannot change at all */
  readonly why?: string;
}

/**
 * What may change one way and not the other (kubernetes 1.33: `ValidatePersistentVolumeClaimUpdate` and `ValidatePodUpdate` in
 * pkg/apis/core/validation, `updateHealthCheckNodePort` of pkg/registry/core/service, and the storage versions of
 * `ValidateCustomResourceDefinitionUpdate` in apiextensions-apiserver). @param before and after are one object to the API server
 */
export function refusedOneWay(before: Content, after: Content): readonly Refused[] {
  const [was, is] = [mapIn(before.spec), mapIn(after.spec)];
  const kind = groupKindOf(after);
  if (kind === 'PersistentVolumeClaim') return shrunken(was, is);
  if (kind === 'CustomResourceDefinition.apiextensions.k8s.io') return withoutVersions(was, is);
  if (kind === 'Service') return otherHealthPort(was, is);
  return kind === 'Pod' ? otherPod(was, is) : [];
}

type Spec = { readonly [key: string]: Plain };

function shrunken(was: Spec, is: Spec): readonly Refused[] {
  const [old, made] = [was, is].map((spec) => mapIn(mapIn(spec.resources).requests).storage);
  const [size, other] = [quantity(old), quantity(made)];
  if (size === undefined || other === undefined || other >= size) return [];
  return [{ field: 'spec.resources.requests.storage', why: `it shrinks from ${String(old)} to ${String(made)}, and a claim only grows` }];
}

const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** The value of a quantity (apimachinery, pkg/api/resource): `1Gi`, `500m`, `1e3`. @returns `undefined` of what is none */
function quantity(value: Plain | undefined): number | undefined {
  const [, number, unit = ''] = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)([numkMGTPE]|[KMGTPE]i)?$/.exec(String(value ?? '').trim()) ?? [];
  if (number === undefined) return undefined;
  const factor = unit.endsWith('i') ? 1024 ** (binary.indexOf(unit) + 1) : 1000 ** (decimal.indexOf(unit) - 3);
  return Number(number) * factor;
}

/** Objects may be kept in a version that is gone: nobody here knows which. */
function withoutVersions(was: Spec, is: Spec): readonly Refused[] {
  const [old, made] = [was, is].map((spec) => mapsIn(spec.versions).map(({ name }) => textIn(name)));
  const gone = (old ?? []).filter((name) => name !== '' && !made?.includes(name));
  if (gone.length === 0 || made?.length === 0) return [];
  return [{ field: 'spec.versions', why: `without ${gone.join(' and ')} Kubernetes refuses it as long as \`status.storedVersions\` names that version` }];
}

/** While a Service needs such a port, it keeps the one that it has. */
function otherHealthPort(was: Spec, is: Spec): readonly Refused[] {
  const needs = ({ type, externalTrafficPolicy }: Spec) => type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
  const { healthCheckNodePort: port } = is;
  return needs(was) && needs(is) && typeof port === 'number' && port !== 0 && port !== was.healthCheckNodePort ? [{ field: 'spec.healthCheckNodePort' }] : [];
}

/** What a Pod may change without being made anew; lists of it are looked into. */
const ofPods: readonly string[] = ['activeDeadlineSeconds', 'containers', 'initContainers', 'schedulingGates', 'tolerations', 'ephemeralContainers'];

/** What the API server fills in. */
const podDefaults: Spec = {
  dnsPolicy: 'ClusterFirst',
  enableServiceLinks: true,
  restartPolicy: 'Always',
  schedulerName: 'default-scheduler',
  securityContext: {},
  terminationGracePeriodSeconds: 30,
};

function otherPod(was: Spec, is: Spec): readonly Refused[] {
  // A Pod that waits at a gate may still be sent elsewhere.
  const free = mapsIn(was.schedulingGates).length > 0 ? [...ofPods, 'affinity', 'nodeSelector'] : ofPods;
  const said = (spec: Spec, key: string) => spec[key] ?? podDefaults[key];
  const others = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => !free.includes(key) && !isSame(said(was, key), said(is, key)));
  const withoutImages = (spec: Spec, key: string) => mapsIn(spec[key]).map(({ image, ...rest }) => rest);
  const containers = ['containers', 'initContainers'].filter((key) => !isSame(withoutImages(was, key), withoutImages(is, key)));
  const kept = mapsIn(is.tolerations).map(tolerated);
  const lost = mapsIn(was.tolerations).some((one) => !kept.some((other) => isSame(tolerated(one), other)));
  return [...others, ...containers, ...(lost ? ['tolerations'] : [])].map((key) => ({ field: `spec.${key}` }));
}

/** How long it is tolerated may change. */
function tolerated({ tolerationSeconds, ...one }: Spec): Spec {
  return one;
}
