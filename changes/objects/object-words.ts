import type { Plain } from '../../layers/layer';
import type { Content } from '../state';

export type PlainMap = { readonly [key: string]: Plain };

export function mapIn(value: unknown): PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as PlainMap) : {};
}

export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The texts of a list. */
export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** The maps of a list. */
export function mapsIn(value: unknown): readonly PlainMap[] {
  return Array.isArray(value) ? value.map(mapIn) : [];
}

/** `Deployment.apps`; of Kubernetes' core the kind alone. Versions of a group are ways to write the same object. */
export function groupKindOf({ apiVersion, kind }: Content): string {
  const [group, version] = textIn(apiVersion).split('/');
  return version === undefined ? textIn(kind) : `${textIn(kind)}.${group}`;
}

/** What an object is to Kubernetes. @returns `undefined` of what has no kind or gets its name there: each is another one */
export function identityOf(object: Content): string | undefined {
  const { name, namespace } = mapIn(object.metadata);
  if (textIn(object.kind) === '' || typeof name !== 'string') return undefined;
  return JSON.stringify([groupKindOf(object), textIn(namespace), name]);
}

export function annotationsOf(object: Content): PlainMap {
  return mapIn(mapIn(object.metadata).annotations);
}

/** Whether an annotation of Argo CD's holds an option: `Prune=false`. */
export function hasSyncOption(object: Content, option: string): boolean {
  return textIn(annotationsOf(object)['argocd.argoproj.io/sync-options'])
    .split(',')
    .some((one) => one.trim() === option);
}

/** Whether Argo CD reads the objects of an app from where Git holds them beside it. */
export function isOpen({ kind, spec }: Content, app: string): boolean {
  const { source, sources } = mapIn(kind === 'ApplicationSet' ? mapIn(mapIn(spec).template).spec : spec);
  return [source, ...mapsIn(sources)].some((one) => textIn(mapIn(one).path).endsWith(`/manifests/${app}`));
}
