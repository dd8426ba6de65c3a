import type { Mark } from './mark';
import { renderedHeader } from './rendered-header';
import { type RenderedObject, renderedObject } from './rendered-object';

/** The folder of a hub or a spoke that a path lies in. */
export function memberFolder(path: string): string | undefined {
  return /^(hubs|spokes)\/[^/]+(?=\/)/.exec(path)?.[0];
}

type Check = (object: RenderedObject, name: string) => boolean;

/** What is applied from a member's folder, by its place. */
const places: readonly (readonly [place: RegExp, isRendered: Check])[] = [
  [/^argocd\/applicationsets\/(?:[^/]+\/)?([^/]+)\.yaml$/, ({ kind, name }, file) => kind === 'ApplicationSet' && name === file],
  [/^argocd\/members\/([^/]+)\.yaml$/, ({ kind, name }, file) => kind === 'ExternalSecret' && name === `cluster-${file}`],
  [/^bootstrap\/(root)\.yaml$/, ({ kind }) => kind === 'Application'],
  [/^bootstrap\/(secret-store)\.yaml$/, ({ kind }) => /^(Cluster)?SecretStore$/.test(kind)],
  [/^bootstrap\/repositories\/([^/]+)\.yaml$/, ({ name }, file) => [name, `${name}-token`].includes(`repository-${file}`)],
];

/** How a file of a member's folder is known as the tool's. */
export function memberMark(path: string, text: string): Mark | undefined {
  const rest = path.slice((memberFolder(path)?.length ?? 0) + 1);
  if (/^values\/[^/]+\/[^/]+\.yaml$/.test(rest)) return text.startsWith(renderedHeader) ? 'record' : undefined;
  if (rest === 'argocd/README.md') return / deploys to this cluster\. An Argo CD that still reads this folder /.test(text) ? 'form' : undefined;
  const [place, isRendered] = places.find(([pattern]) => pattern.test(rest)) ?? [];
  const object = place && renderedObject(text, 'manifest');
  return object && isRendered?.(object, place.exec(rest)?.[1] ?? '') ? 'form' : undefined;
}
