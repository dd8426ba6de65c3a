import { clusterKey, encodeToken, isQualifiedName, splitTokens } from '../../layers/text/token';

/** Text that only the live cluster knows: Helm fills it in when Argo CD deploys the target. Usable in any string. */
export type ClusterToken = string & { readonly __clusterToken: true };

/**
 * Values of the cluster that a target is deployed to, as tokens; a value that is missing fails that cluster's deployment and
 * never becomes an empty string. In a fleet of dimensions the root ApplicationSet of the cluster type injects those that its
 * apps use. In a fleet of hubs and spokes Argo CD takes them from the cluster secret of the member.
 */
export const cluster = Object.freeze({
  /** The cluster's name in Argo CD. */
  name: token('name', 'name'),
  /** The name as Kubernetes accepts it in names: lower case, digits, `-` and `.`. */
  nameNormalized: token('nameNormalized', 'nameNormalized'),
  /** The URL of its API server. */
  server: token('server', 'server'),

  /**
   * An annotation of the cluster secret. In a fleet of hubs and spokes it comes from Git (the file of the member, or a layer of
   * the settings), from a named key of its entry in the secret manager (`registration.annotationsFrom`), or from the map
   * `annotations` in that entry: `fleet clusters NAME` tells which.
   *
   * @param annotation its full key: `gcp-hcp/project-id`
   * @param key        its key below `.Values.cluster`. @default - the last part in camel case: `projectId`
   * @throws Error where it is not the key of an annotation
   */
  annotation(annotation: string, key?: string): ClusterToken {
    return token(key ?? clusterKey(annotation), `annotation ${qualifiedName(annotation)}`);
  },

  /**
   * A label of the cluster secret. In a fleet of hubs and spokes it comes from Git, or from a named key of the member's entry in
   * the secret manager (`registration.labelsFrom`).
   *
   * @param label its full key: `example.com/tier`
   * @param key   its key below `.Values.cluster`. @default - the last part in camel case: `tier`
   * @throws Error where it is not the key of a label
   */
  label(label: string, key?: string): ClusterToken {
    return token(key ?? clusterKey(label), `label ${qualifiedName(label)}`);
  },

  /** A value that a root's `inject`, or an ApplicationSet written by hand, puts below `.Values.cluster`. */
  value(key: string): ClusterToken {
    return token(key);
  },

  /**
   * The same value, where an ApplicationSet puts it at the top of `.Values` and not below `.Values.cluster`.
   *
   * @param value a token alone: `cluster.annotation('gcp-hcp/project-id', 'project_id')` is `.Values.project_id` then
   * @throws Error where it is text around a token, or no token
   */
  topLevel(value: ClusterToken): ClusterToken {
    const [only, ...more] = splitTokens(value);
    if (typeof only !== 'object' || more.length > 0) throw new Error('`cluster.topLevel` takes a token alone, as `cluster.value(…)` gives one');
    return encodeToken({ ...only, isTopLevel: true }) as ClusterToken;
  },
} as const);

function token(key: string, origin?: string): ClusterToken {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
    throw new Error(`'${key}' cannot be a key of .Values.cluster; expected letters, digits and underscores`);
  }
  return encodeToken({ key, origin }) as ClusterToken;
}

function qualifiedName(key: string): string {
  if (!isQualifiedName(key)) {
    throw new Error(`'${key}' is not the key of a label or an annotation; expected 'name' or 'prefix/name'`);
  }
  return key;
}
