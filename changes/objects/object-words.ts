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

export function annotationsOf(object: Content): PlainMap {
  return mapIn(mapIn(object.metadata).annotations);
}

export const syncOptions = 'argocd.argoproj.io/sync-options';

/** Whether an annotation of Argo CD's holds an option: `Prune=false`. */
export function hasSyncOption(object: Content, option: string): boolean {
  return textIn(annotationsOf(object)[syncOptions])
    .split(',')
    .some((one) => one.trim() === option);
}

/** What an Application says, or the template of those that an ApplicationSet makes. */
export function specOf({ kind, spec }: Content): PlainMap {
  return mapIn(kind === 'ApplicationSet' ? mapIn(mapIn(spec).template).spec : spec);
}

/** Whether Argo CD reads the objects of an app from where Git holds them beside it. */
export function isOpen(content: Content, app: string): boolean {
  const { source, sources } = specOf(content);
  return [source, ...mapsIn(sources)].some((one) => textIn(mapIn(one).path).endsWith(`/manifests/${app}`));
}
