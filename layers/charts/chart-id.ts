import { gitAddress } from '../text/git-address';
import { hasToken } from '../text/token';

/** A version of a chart in a chart repository or a registry. */
export interface RepositoryChart {
  readonly chart: string;
  /** With its scheme, without a slash at the end: `https://charts.jetstack.io`, `oci://registry.example.com/charts`. */
  readonly repository: string;
  /** As it is asked for: a version, or a range of them. */
  readonly version: string;
}

/** A chart that is a folder of the fleet's own repository. */
export interface FolderChart {
  /** From the top of the repository. */
  readonly folder: string;
}

/** Which chart a source of Argo CD names. */
export type ChartId = RepositoryChart | FolderChart;

export function isFolder(id: ChartId): id is FolderChart {
  return 'folder' in id;
}

/** Two of the same text are the same chart, in the same version. */
export function chartKey(id: ChartId): string {
  return isFolder(id) ? id.folder : `${id.repository} ${id.chart} ${id.version}`;
}

/** A repository, and what is read of it: of the fleet's own that is what lies here. */
export interface OwnRepository {
  readonly repository: string;
  readonly revision: string;
}

/** What of a source, or of a component, says which chart it is. */
export interface ChartFields {
  readonly repoURL?: unknown;
  readonly chart?: unknown;
  readonly path?: unknown;
  /** `targetRevision` of a source. */
  readonly version?: unknown;
}

/**
 * Which chart a source names; `undefined` where it names none that could be looked at from here: another Git repository, or another
 * revision of this one, a folder of an image, an image by its digest, or what only the cluster knows.
 *
 * @param own the fleet's own repository
 */
export function chartIdOf({ repoURL, chart, path, version }: ChartFields, own: OwnRepository): ChartId | undefined {
  if (typeof repoURL !== 'string') return undefined;
  const asked = typeof version === 'string' ? version.trim() : '';
  if (![repoURL, asked, chart, path].every(isPlainText) || isDigest(asked)) return undefined;
  if (typeof chart === 'string' && chart !== '') return { chart, repository: repositoryOf(repoURL), version: asked === '' ? '*' : asked };
  // A registry, where the chart is the image itself.
  const image = /^oci:\/\/(.+)\/([^/]+)$/i.exec(withoutSlash(repoURL));
  if (image && folderOf(path).length > 0) return undefined;
  if (image) return { chart: image[2] ?? '', repository: `oci://${image[1]}`, version: asked === '' ? '*' : asked };
  if (typeof path !== 'string' || !isOfRepository(repoURL, own) || isOtherRevision(asked, own)) return undefined;
  const folder = folderOf(path);
  return folder.includes('..') ? undefined : { folder: folder.join('/') || '.' };
}

/** Whether Argo CD takes an address for that of a repository. */
export function isOfRepository(repoURL: unknown, { repository }: Pick<OwnRepository, 'repository'>): boolean {
  return typeof repoURL === 'string' && gitAddress(repoURL) === gitAddress(repository);
}

/** Whether a source in a repository is read at another revision than what the fleet reads of it: who says none means the same. */
export function isOtherRevision(version: unknown, { revision }: Pick<OwnRepository, 'revision'>): boolean {
  const asked = typeof version === 'string' ? version.trim() : '';
  return asked !== '' && asked !== revision;
}

/** What an image is called by what it holds: charts are fetched by their versions. */
export function isDigest(version: string): boolean {
  return /^sha(256|512):/.test(version);
}

function folderOf(path: unknown): readonly string[] {
  return typeof path === 'string' ? path.split('/').filter((part) => part !== '' && part !== '.') : [];
}

/** Whether a source is there for the files of values of others (argo-cd, `IsRef`): it has no objects of its own. */
export function isOnlyNamed({ ref, chart = '', path = '' }: ChartFields & { readonly ref?: unknown }): boolean {
  return typeof ref === 'string' && ref !== '' && chart === '' && path === '';
}

/** Tokens and templates are filled in where nobody here sees it. */
function isPlainText(text: unknown): boolean {
  return typeof text !== 'string' || !(text.includes('{{') || hasToken(text));
}

/** Argo CD writes registries without a scheme. */
export function repositoryOf(repoURL: string): string {
  const address = withoutSlash(repoURL);
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address.replace(/^OCI:/i, 'oci:') : `oci://${address}`;
}

function withoutSlash(address: string): string {
  return address.trim().replace(/\/+$/, '');
}

/** Whether it is one version and no range of them, nor the newest. */
export function isExact(version: string): boolean {
  return /^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/.test(version);
}

/** Without the `v` that some charts put before their versions, and some apps before those of others. */
export function bareVersion(version: string): string {
  return version.replace(/^v/, '');
}

/** Whether a version comes after another one. */
export function isNewer(version: string, other: string): boolean {
  return compareVersions(bareVersion(version), bareVersion(other)) > 0;
}

/** The order of versions: numbers by their value, what comes before a release before it. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => bareVersion(version).replace(/\+.*/, ''));
  const [[mainA = '', preA], [mainB = '', preB]] = [a, b].map((version = '') => version.split(/-(.*)/s, 2)) as [string[], string[]];
  const main = compareParts(mainA, mainB);
  if (main !== 0) return main;
  if (preA === undefined || preB === undefined) {
    if (preA !== preB) return preA === undefined ? 1 : -1;
  } else {
    const pre = compareParts(preA, preB);
    if (pre !== 0) return pre;
  }
  return one < other ? -1 : one > other ? 1 : 0;
}

function compareParts(one: string, other: string): number {
  const [a, b] = [one.split('.'), other.split('.')];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [left, right] = [a[index], b[index]];
    if (left === right) continue;
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const [isNumberA, isNumberB] = [/^\d+$/.test(left), /^\d+$/.test(right)];
    if (isNumberA && isNumberB && Number(left) !== Number(right)) return Number(left) - Number(right);
    if (isNumberA !== isNumberB) return isNumberA ? -1 : 1;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
