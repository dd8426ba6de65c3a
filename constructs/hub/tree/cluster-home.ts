/**
 * Where whoever deploys to a cluster reads what is rendered for it, and where the cluster's own Argo CD is. A fleet has one
 * for all clusters that say nothing of it.
 */
export interface ClusterHome {
  readonly repository: string;
  readonly revision: string;
  /** The folder of rendered output, from the top of the repository. */
  readonly path: string;
  readonly platformNamespace: string;
}

/** A path below the folder of rendered output, from the top of the repository. */
export function pathIn({ path }: Pick<ClusterHome, 'path'>, ...parts: readonly string[]): string {
  return [path, ...parts].filter((part) => part !== '').join('/');
}

/** The same text for two homes that are one place. */
export function homeKey({ repository, revision, path, platformNamespace }: ClusterHome): string {
  return JSON.stringify([repository, revision, path, platformNamespace]);
}
