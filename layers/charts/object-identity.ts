import { showTokens } from '../text/token';
import { knownScope } from './object-scope';

/** What of an object says which one it is. */
interface Identified {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: unknown;
}

/** What of kinds that are called as those of Kubernetes is likely to lie in no namespace. */
const likelyClusterWide = /^(Cluster\w+|\w+Class)\.[\w.]+\.k8s\.io$/;

/** `Deployment.apps`; of Kubernetes' core the kind alone. Versions of a group are ways to write the same object. */
export function groupKindOf({ apiVersion, kind }: Identified): string {
  const [group, version] = textIn(apiVersion).split('/');
  return version === undefined ? textIn(kind) : `${textIn(kind)}.${group}`;
}

/**
 * What an object is to Kubernetes.
 *
 * @param namespace where it ends up if it names none: the one to which its Application deploys. @default - nobody knows it
 * @returns `undefined` of what has no kind or gets its name there: each is another one
 */
export function identityOf(object: Identified, namespace = ''): string | undefined {
  const { name, namespace: own } = (object.metadata ?? {}) as { readonly name?: unknown; readonly namespace?: unknown };
  const kind = groupKindOf(object);
  if (textIn(object.kind) === '' || typeof name !== 'string') return undefined;
  return JSON.stringify([kind, isClusterWide(kind) ? '' : showTokens(textIn(own) || namespace), name]);
}

function isClusterWide(groupKind: string): boolean {
  const scope = knownScope(groupKind);
  return scope === undefined ? likelyClusterWide.test(groupKind) : scope === 'Cluster';
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
