import { isMap } from '../../../layers/plain-data';
import { gitAddress } from '../../../layers/text/git-address';
import { isSaid } from '../../argocd/unset-fields';
import { type RepositoryConfig, type RepositoryType, typesOfWays } from '../tree/repository-config';
import { hasScheme, isOciUrl } from './repository-url';
import type { ResolvedHub } from './resolved-hub';
import { variantsIn } from './variants/variants-in';

/** A repository that a fleet reads, and what it is to whoever reads it. */
export interface RepositoryUse {
  readonly url: string;
  readonly type: RepositoryType;
}

/** Every repository that an Argo CD of the fleet reads: its own and mirrors of it, and those of components in any release and variant. */
export function repositoryUses({ fleet, groups, members }: Pick<ResolvedHub, 'fleet' | 'groups' | 'members'>): readonly RepositoryUse[] {
  const released = groups.flatMap(({ components }) =>
    components.flatMap((component) => variantsIn(members, component.name).flatMap((variant) => [...component.releasesOf(variant).values()])),
  );
  // What is no source was reported.
  const homes = [fleet, ...members.map(({ member }) => member.home)].map(({ repository }) => ({ repoURL: repository, chart: undefined }));
  const sources = [...homes, ...released.flatMap((one) => [one, ...(one.extraSources ?? [])])].filter(isMap);
  const uses = new Map<string, RepositoryUse>();
  for (const { repoURL, chart } of sources) {
    if (typeof repoURL !== 'string') continue;
    const type = isSaid(chart) ? 'helm' : isOciUrl(repoURL) ? 'oci' : 'git';
    uses.set(`${type} ${repoURL}`, { url: repoURL, type });
  }
  return [...uses.values()];
}

/** The types as which a fleet uses what the credentials are for. */
export function usedTypes({ url, scope }: Pick<RepositoryConfig, 'url' | 'scope'>, uses: readonly RepositoryUse[]): ReadonlySet<RepositoryType> {
  const own = comparableUrl(url);
  const isMeant = (used: string) => (scope === 'credential-template' ? used.startsWith(own) : used === own);
  return new Set(uses.flatMap((use) => (isMeant(comparableUrl(use.url)) ? [use.type] : [])));
}

/** Ways that lead nowhere else. */
const waysIntoGit = Object.keys(typesOfWays).filter((way) => typesOfWays[way]?.every((type) => type === 'git'));

/**
 * What a repository is where its credentials do not say it: what the fleet uses it as. Where that says nothing, or more
 * than one thing, its URL does: `oci://` is Argo CD's scheme for images, and a registry of charts has none.
 */
export function repositoryTypeOf(config: RepositoryConfig, uses: readonly RepositoryUse[]): RepositoryType {
  if (config.type !== undefined) return config.type;
  if (waysIntoGit.some((way) => way in config)) return 'git';
  const [first, ...others] = usedTypes(config, uses);
  if ('ecr' in config) return first === 'oci' && others.length === 0 ? 'oci' : 'helm';
  if (first !== undefined && others.length === 0) return first;
  if (isOciUrl(config.url)) return 'oci';
  return hasScheme(config.url) ? 'git' : 'helm';
}

/** As Argo CD compares URLs, whatever registries are written with. */
function comparableUrl(url: string): string {
  return gitAddress(url).replace(/^oci:\/\//, '');
}
