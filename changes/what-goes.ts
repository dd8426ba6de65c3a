import type { Fields } from './fields';

/** What becomes of workloads when Argo CD loses an app: they go with it, or stay with nobody to manage them; or it has none of its own. */
export type Workloads = 'go' | 'stay' | 'none';

/** What becomes of what an app deployed when its object goes. @param fields of an Application, ApplicationSet or AppProject */
export function workloadsOf(fields: Fields | undefined): Workloads {
  const kind = fields?.get('kind');
  if (kind === 'AppProject') return 'none';
  if (kind !== 'ApplicationSet') return deletes(fields?.get('finalizers')) ? 'go' : 'stay';
  const own = fields?.get('template.metadata.finalizers');
  if (Array.isArray(own) && own.length > 0) return deletes(own) ? 'go' : 'stay';
  // Its controller gives the finalizer to every Application that its template gives none, but where it is to preserve what they deployed.
  return fields?.get('syncPolicy.preserveResourcesOnDeletion') === true ? 'stay' : 'go';
}

function deletes(finalizers: unknown): boolean {
  return Array.isArray(finalizers) && finalizers.some((one) => typeof one === 'string' && one.startsWith('resources-finalizer.argocd.argoproj.io'));
}

/**
 * Whether Argo CD itself needs an app of a target: a root, by which it deploys a cluster type there; a project; or what it brings to
 * its own namespace, as Argo CD. Without them it cannot take anything away any more.
 */
export function isOfArgoCD(fields: Fields, target: string): boolean {
  const kind = fields.get('kind');
  if (kind === 'AppProject') return true;
  if (kind === 'ApplicationSet') return String(fields.get('template.spec.source.path') ?? '').endsWith(`/${target}`);
  const namespace = fields.get('namespace');
  return namespace !== undefined && fields.get('destination.namespace') === namespace;
}
