import { groupKindOf } from '../../../layers/charts/object-identity';
import type { Manifest } from '../../../layers/output';
import { isMap } from '../../argocd/manifest-rule';
import type { AskedObject } from '../../argocd/projects/object-permissions';

/** An object of which it is not known yet whether its kind lies in namespaces. */
export interface DeployedObject extends Omit<AskedObject, 'scope'> {
  /** `Deployment.apps` */
  readonly groupKind: string;
}

const known = new WeakMap<Manifest, readonly DeployedObject[]>();

/** What Argo CD deploys of a document: itself, or each object of a `List`; nothing of what it passes over. */
export function objectsIn(document: Manifest): readonly DeployedObject[] {
  let found = known.get(document);
  if (!found) {
    const { kind, items } = document;
    const all = kind === 'List' && Array.isArray(items) ? items.filter(isMap) : [document];
    found = all.flatMap((object) => (kind === 'List' && object !== document && object.kind === 'List' ? objectsIn(object as Manifest) : deployed(object)));
    known.set(document, found);
  }
  return found;
}

function deployed(object: Readonly<Record<string, unknown>>): readonly DeployedObject[] {
  const { apiVersion, kind } = object;
  const groupKind = groupKindOf(object);
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || passedOver.test(groupKind) || !runsAtSync(object)) return [];
  const metadata = isMap(object.metadata) ? object.metadata : {};
  const [group = '', version] = apiVersion.split('/');
  return [{ groupKind, group: version === undefined ? '' : group, kind, name: textOf(metadata.name), namespace: textOf(metadata.namespace) }];
}

/** Kinds that Argo CD leaves alone, unless it is told otherwise (argo-cd, util/settings/resources_filter.go, manifests/base/config/argocd-cm.yaml). */
const passedOver = new RegExp(
  [
    /^(Event|Endpoints)$/,
    /\.(events|metrics)\.k8s\.io$/,
    /^(EndpointSlice\.discovery|Lease\.coordination|CertificateSigningRequest\.certificates)\.k8s\.io$/,
    /Review\.(authentication|authorization)\.k8s\.io$/,
    /^CertificateRequest\.cert-manager\.io$/,
    /^Cilium(Identity|Endpoint|EndpointSlice)\.cilium\.io$/,
    /^((Cluster)?(PolicyReport|EphemeralReport|AdmissionReport|BackgroundScanReport)|UpdateRequest)\.(kyverno\.io|reports\.kyverno\.io|wgpolicyk8s\.io)$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

const own = 'argocd.argoproj.io/hook';
const ofHelm = 'helm.sh/hook';
const phases: ReadonlySet<string> = new Set(['PreSync', 'Sync', 'PostSync', 'SyncFail', 'Skip']);
const phasesOfHelm: ReadonlySet<string> = new Set(['pre-install', 'pre-upgrade', 'post-install', 'post-upgrade']);

/** Whether a sync deploys an object: all but hooks that are none of its phases (argo-cd, gitops-engine/pkg/sync, `syncPhases`). */
function runsAtSync({ metadata }: Readonly<Record<string, unknown>>): boolean {
  const annotations = isMap(metadata) && isMap(metadata.annotations) ? metadata.annotations : {};
  const said = namesIn(annotations[own]).filter((name) => phases.has(name));
  const types = said.length > 0 ? said : namesIn(annotations[ofHelm]).filter((name) => phasesOfHelm.has(name));
  const isHook = annotations[own] !== undefined || (annotations[ofHelm] !== undefined && annotations[ofHelm] !== 'crd-install');
  return !isHook || types.some((name) => name !== 'Skip');
}

function namesIn(value: unknown): readonly string[] {
  return textOf(value)
    .split(',')
    .map((name) => name.trim());
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
