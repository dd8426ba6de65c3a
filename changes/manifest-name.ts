import type { Content } from './state';

/** What people call an object: `ConfigMap settings`, `Role web/reader` where it names a namespace. @returns `undefined` where it has no kind */
export function manifestName({ kind, metadata }: Content): string | undefined {
  if (typeof kind !== 'string') return undefined;
  const { name, namespace } = (typeof metadata === 'object' && metadata !== null ? metadata : {}) as { readonly name?: unknown; readonly namespace?: unknown };
  if (typeof name !== 'string') return kind;
  return `${kind} ${typeof namespace === 'string' ? `${namespace}/` : ''}${name}`;
}
