/** Keys of a source that a component says at its top. */
const ofSource: ReadonlySet<string> = new Set(['repoURL', 'chart', 'path', 'kustomize', 'directory', 'helm']);

/**
 * Keys of a field of an Application that is made of a component, as the component's layers call it: `destination.namespace` is
 * its `namespace`. The first source is the component's own; the one of values is the tool's, and all others are `extraSources`,
 * whose places depend on what else there is.
 */
export function componentKeys(keys: readonly string[]): readonly string[] {
  const [top = '', ...below] = keys;
  if (top === 'destination') return below;
  if (top === 'finalizers') return ['uninstall'];
  if (top !== 'source' && top !== 'sources') return keys;
  const [index, key = '', ...rest] = top === 'source' ? ['0', ...below] : below;
  if (index !== '0') return ['extraSources'];
  if (key === 'targetRevision') return ['version'];
  if (key === 'helm' && rest[0] === 'valuesObject') return ['values', ...rest.slice(1)];
  return ofSource.has(key) ? [key, ...rest] : keys;
}

/** The field that one of a component follows from, where no layer but the base says it: what is automated is tried again, unless somebody says otherwise. */
export function followedField([first, second]: readonly string[]): string | undefined {
  return first === 'syncPolicy' && second === 'retry' ? 'syncPolicy.automated' : undefined;
}

/** Keys of a value of a component's chart as the component says it beside its layers of values. */
export function keysBesideValues(keys: readonly string[]): readonly string[] | undefined {
  const at = keys[0] === 'source' ? keys.slice(1) : keys[0] === 'sources' && keys[1] === '0' ? keys.slice(2) : [];
  return at[0] === 'helm' && at[1] === 'valuesObject' ? at : undefined;
}
