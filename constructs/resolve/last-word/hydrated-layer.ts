import { unset } from '../../../layers/layer';
import { Branch, Leaf, type Node, plainOf, tryChild } from '../../../layers/node';
import { encodeToken, type Token } from '../../../layers/text/token';
import type { FleetFacts } from '../fleet-facts';
import { generatePaths } from '../generated-layer';
import type { Hydration } from '../hydration/chart-inputs';
import { lastBranch, lastLeaf } from './last-word';

/**
 * The last word on an app whose charts are opened: its objects are what Git holds at the target, and Argo CD applies them
 * as they are. Everything else of the Application is as before, so that it stays the same one.
 *
 * Which chart they are of, its `info` says. Where they hold what only the cluster knows, they are a chart, which is told it.
 *
 * @param path where its objects lie, from the top of the repository
 * @returns the values with what the charts are no longer said
 */
export function withObjectsOf(values: Branch, fleet: FleetFacts, path: string, app: string, { tokens, info }: Pick<Hydration, 'tokens' | 'info'>): Branch {
  // No object is called after this release, but Helm refuses names of more than 53 characters, which an app and its cluster together soon have.
  const helm = { releaseName: lastLeaf(app), valuesObject: valuesOf(tokens) };
  const told: Record<string, Node> = tokens.length === 0 ? {} : { helm: lastBranch(helm) };
  const source = lastBranch({ repoURL: lastLeaf(fleet.repository), targetRevision: lastLeaf(fleet.revision), path: lastLeaf(path), ...told });
  const annotations = tryChild(values, 'annotations');
  const said = annotations instanceof Branch ? annotations.children : {};
  const paths = Object.fromEntries(Object.entries(generatePaths).map(([key, own]) => [key, withPath(said[key], own)]));
  const children: Record<string, Node> = Object.assign(Object.create(null), values.children);
  const own = tryChild(values, 'info');
  const others = own && plainOf(own);
  Object.assign(children, {
    source,
    sources: lastLeaf(unset),
    annotations: lastBranch({ ...said, ...paths }),
    info: lastLeaf([...(Array.isArray(others) ? others : []), ...info]),
  });
  return new Branch(children, values.source, values.hid);
}

/** Whatever else an app is rendered anew for, it is for its objects, too; without the annotation it is for every commit. */
function withPath(said: Node | undefined, own: string): Node {
  if (said === undefined) return lastLeaf(own);
  const value = plainOf(said);
  // What is no text has a remark of its own.
  if (typeof value !== 'string' || value.split(';').includes(own)) return said;
  return new Leaf(value === '' ? own : `${value};${own}`, said.source);
}

/** Each where the root that deploys the target has it, too. */
function valuesOf(tokens: readonly Token[]): Branch {
  const plain = tokens.map(({ inJson, ...token }) => token);
  const leaves = (some: readonly Token[]) => Object.fromEntries(some.map((token) => [token.key, lastLeaf(encodeToken(token))]));
  const cluster = plain.filter(({ isTopLevel }) => !isTopLevel);
  return lastBranch({ ...leaves(plain.filter(({ isTopLevel }) => isTopLevel)), ...(cluster.length > 0 ? { cluster: lastBranch(leaves(cluster)) } : {}) });
}
