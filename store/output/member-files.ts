import { type MemberPlace, type MemberPlaceParts, memberPlaces } from '../../layers/output';
import type { Mark } from './mark';
import { renderedHeader } from './rendered-header';
import { type RenderedObject, renderedObject } from './rendered-object';

/** The folder of a hub or a spoke that a path lies in. */
export function memberFolder(path: string): string | undefined {
  return /^(hubs|spokes)\/[^/]+(?=\/)/.exec(path)?.[0];
}

type MarkOf = (text: string, name: string) => Mark | undefined;

/** How a file is known at each place, so that none can be written that is not known again. */
const marks: Readonly<Record<MemberPlace, MarkOf>> = {
  root: object(({ kind }) => kind === 'Application'),
  store: object(isStore),
  namedStore: object(isStore),
  repository: object(({ name }, file) => [name, `${name}-token`].includes(`repository-${file}`)),
  registration: object(({ kind, name }, file) => kind === 'ExternalSecret' && name === `cluster-${file}`),
  spokes: object(isApplicationSet),
  component: object(isApplicationSet),
  note: (text) => (/ deploys to this cluster\. An Argo CD that still reads this folder /.test(text) ? 'form' : undefined),
  values: recordOf,
  valuesInRelease: recordOf,
};

const patterns = (Object.keys(memberPlaces) as MemberPlace[]).map((place) => {
  const text = memberPlaces[place].replace(/\./g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return { pattern: new RegExp(`^${text}$`), markOf: marks[place] };
});

/** How a file of a member's folder is known as the tool's. */
export function memberMark(path: string, text: string): Mark | undefined {
  const rest = path.slice((memberFolder(path)?.length ?? 0) + 1);
  for (const { pattern, markOf } of patterns) {
    const found = pattern.exec(rest);
    if (found) return markOf(text, (found.groups as MemberPlaceParts | undefined)?.name ?? '');
  }
  return undefined;
}

function object(isRendered: (object: RenderedObject, file: string) => boolean): MarkOf {
  return (text, file) => {
    const found = renderedObject(text, 'manifest');
    return found && isRendered(found, file) ? 'form' : undefined;
  };
}

function isStore({ kind }: RenderedObject): boolean {
  return /^(Cluster)?SecretStore$/.test(kind);
}

function isApplicationSet({ kind, name }: RenderedObject, file: string): boolean {
  return kind === 'ApplicationSet' && name === file;
}

function recordOf(text: string): Mark | undefined {
  return text.startsWith(renderedHeader) ? 'record' : undefined;
}
