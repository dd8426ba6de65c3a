import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { hasToken } from '../../../layers/text/token';
import type { SpecAt } from '../application-specs';
import { isMap, type Spec } from '../manifest-rule';
import { isSaid } from '../unset-fields';
import { comparableUrl } from './git-url';
import { fitsGlob } from './glob';

/** What a project does not allow. */
export interface Refusal {
  readonly what: 'repository' | 'destination' | 'namespace of the Application';
  /** From the top of the Application's manifest to what is refused. */
  readonly path: readonly string[];
  readonly found: string;
  /** What the project allows, as it says so. */
  readonly allowed: readonly string[];
  /** The field of the project that would have to allow it. */
  readonly field: 'sourceRepos' | 'destinations' | 'sourceNamespaces';
}

/**
 * What an Application asks for and its project does not allow, by the rules of Argo CD (argo-cd, `AppProject.IsSourcePermitted`,
 * `isDestinationMatched` and `IsAppNamespacePermitted` in pkg/apis/application/v1alpha1/app_project_types.go). What only the
 * cluster or a generator knows may be allowed.
 *
 * @param project as Argo CD receives it
 * @param at      what an Application says, or the template of an ApplicationSet
 */
export function refusals({ spec, metadata }: Manifest, at: SpecAt, application: Manifest): readonly Refusal[] {
  const project = isMap(spec) ? spec : {};
  return [...repositories(project, at), ...destination(project, at), ...namespace(metadata, project, at, application)];
}

function repositories(project: Spec, { spec, path, sources }: SpecAt): readonly Refusal[] {
  const { sourceHydrator } = spec;
  const dry =
    isMap(sourceHydrator) && isMap(sourceHydrator.drySource) ? [{ source: sourceHydrator.drySource, path: [...path, 'sourceHydrator', 'drySource'] }] : [];
  const allowed = textsIn(project.sourceRepos);
  return [...sources, ...dry].flatMap(({ source: { repoURL }, path: above }): readonly Refusal[] => {
    if (typeof repoURL !== 'string' || repoURL === '' || isLive(repoURL) || mayComeFrom(repoURL, allowed)) return [];
    return [{ what: 'repository', path: [...above, 'repoURL'], found: repoURL, allowed, field: 'sourceRepos' }];
  });
}

function mayComeFrom(repository: string, patterns: readonly string[]): boolean {
  const url = comparableUrl(repository);
  let isAllowed = false;
  for (const pattern of patterns) {
    if (isLive(pattern)) isAllowed ||= !isDenial(pattern);
    else if (!isDenial(pattern)) isAllowed ||= pattern === '*' || fitsGlob(comparableUrl(pattern), url, '/');
    else if (fitsGlob(comparableUrl(pattern.slice(1)), url, '/')) return false;
    // To Argo CD, what is not denied is allowed.
    else isAllowed = true;
  }
  return isAllowed;
}

function destination(project: Spec, { spec, path }: SpecAt): readonly Refusal[] {
  const { destination: to } = spec;
  // Without a cluster there is another mistake, and in a template nothing is known yet.
  if (!isMap(to) || (!isSaid(to.name) && !isSaid(to.server))) return [];
  const allowed = destinationsOf(project);
  if (mayGoTo(to, allowed)) return [];
  // Where another namespace would do, the namespace is what is wrong.
  const isCluster = !mayGoTo({ ...to, namespace: anywhere }, allowed);
  const field = isCluster ? (isSaid(to.name) ? 'name' : 'server') : 'namespace';
  const found = destinationText(to);
  return [{ what: 'destination', path: [...path, 'destination', field], found, allowed: allowed.map(destinationText), field: 'destinations' }];
}

/** Whether something is so: `undefined` where nobody knows before it is deployed. */
export type Known = boolean | undefined;

export const and = (one: Known, other: Known): Known =>
  one === false || other === false ? false : one === undefined || other === undefined ? undefined : true;
const not = (one: Known): Known => (one === undefined ? undefined : !one);
export const or = (one: Known, other: Known): Known => not(and(not(one), not(other)));

/** Stands for a namespace that nobody knows. */
export const anywhere = '{{}}';

export function destinationsOf({ destinations }: Spec): readonly Spec[] {
  return (Array.isArray(destinations) ? destinations : []).filter(isMap);
}

/** A cluster has a name and a server to Argo CD; here it is known by one of them. */
export function mayGoTo(to: Spec, allowed: readonly Spec[]): boolean {
  const answers = allowed.map(({ name, server, namespace }): { readonly allows: Known; readonly denies: Known } => {
    const fitsName = fits(name, textOf(to.name));
    const fitsServer = fits(server, textOf(to.server));
    const fitsNamespace = fits(namespace, textOf(to.namespace) ?? '');
    const allows = and(or(fitsServer, fitsName), fitsNamespace);
    const deniesCluster = or(and(isDenial(name), not(fitsName)), and(isDenial(server), not(fitsServer)));
    const deniesNamespace = and(isDenial(namespace), not(fitsNamespace));
    return { allows, denies: and(not(allows), or(and(deniesCluster, fitsNamespace), and(deniesNamespace, fitsServer))) };
  });
  return answers.some(({ allows }) => allows !== false) && !answers.some(({ denies }) => denies === true);
}

/** @param text `undefined` where nobody knows it */
function fits(pattern: Plain | undefined, text: string | undefined): Known {
  if (typeof pattern !== 'string') return text === '';
  if (isDenial(pattern)) return not(fits(pattern.slice(1), text));
  if (pattern === '*') return true;
  if (pattern === '' || text === undefined) return pattern === '' ? text === '' : undefined;
  if (isLive(pattern) || isLive(text)) return pattern === text || undefined;
  return fitsGlob(pattern, text);
}

function namespace({ namespace: home }: Manifest['metadata'], project: Spec, { role }: SpecAt, { metadata }: Manifest): readonly Refusal[] {
  const { namespace: own } = metadata;
  // Those of Argo CD's own namespace, where projects live, are always allowed.
  if (role !== 'application' || own === undefined || home === undefined || own === home || isLive(own) || isLive(home)) return [];
  const allowed = textsIn(project.sourceNamespaces);
  // What is between slashes is a regular expression of Argo CD's kind.
  if (allowed.some((pattern) => isLive(pattern) || /^\/.*\/$/s.test(pattern) || fitsGlob(pattern, own))) return [];
  return [{ what: 'namespace of the Application', path: ['metadata', 'namespace'], found: own, allowed, field: 'sourceNamespaces' }];
}

function isDenial(pattern: Plain | undefined): boolean {
  return typeof pattern === 'string' && pattern.startsWith('!');
}

/** Whether only the cluster knows it, or the generator of an ApplicationSet. */
export function isLive(text: string): boolean {
  return hasToken(text) || text.includes('{{');
}

function textOf(value: Plain | undefined): string | undefined {
  return isSaid(value) ? String(value) : undefined;
}

function textsIn(list: Plain | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

export function destinationText({ name, server, namespace: inside }: Spec): string {
  const cluster = [textOf(name), textOf(server)].filter((text) => text !== undefined).join(' or ');
  return `${cluster === '' ? 'no cluster' : cluster}${isSaid(inside) ? `, namespace ${inside}` : ', no namespace'}`;
}
