import { valueAt } from '../fields';
import type { Content } from '../state';

/** Where a member's home is said: its settings, by the keys of what Argo CD reads. */
const ofSource: { readonly [key: string]: string } = { repoURL: 'repository', targetRevision: 'revision', path: 'path' };

/** Keys under which the namespace of an Argo CD stands: of an object in it, and of what brings a root to it. */
const namespaces: ReadonlySet<string> = new Set(['namespace', 'metadata.namespace', 'destination.namespace']);

/** The setting of members that a field of an object of theirs follows from: of a root, of a registration, of credentials. */
export function homeOfObject(keys: readonly string[]): string | undefined {
  if (namespaces.has(keys.join('.'))) return 'platformNamespace';
  const [top = '', ...below] = keys;
  const last = below[below.length - 1] ?? '';
  return (top === 'source' || top === 'sources') && Object.hasOwn(ofSource, last) ? ofSource[last] : undefined;
}

/** The setting of members that a field of a component's Application may follow from, where the component's layers do not say it. */
export function homeOfComponent(keys: readonly string[]): string | undefined {
  const [top = '', second = ''] = keys;
  if (top === 'version') return 'revision';
  if (keys.join('.') === 'destination.namespace') return 'platformNamespace';
  if (top === 'annotations' && second === 'argocd.argoproj.io/manifest-generate-paths') return 'path';
  if (top !== 'source' && top !== 'sources') return undefined;
  const at = keys.slice(top === 'source' ? 1 : 2);
  if (at[0] === 'helm' && at[1] === 'valueFiles') return 'path';
  return at[0] === 'path' || at.length !== 1 ? undefined : homeOfObject(keys);
}

/**
 * The setting of members that says what our own source of values is, and nothing but it.
 *
 * @param content in configuration's words
 */
export function homeOfValues(content: Content, keys: readonly string[]): string | undefined {
  const setting = homeOfComponent(keys);
  const isOurs = setting === 'path' || (keys[0] === 'sources' && valueAt(content, [...keys.slice(0, 2), 'ref']) === 'values');
  return isOurs ? setting : undefined;
}
