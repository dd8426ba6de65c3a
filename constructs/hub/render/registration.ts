import type { Manifest } from '../../../layers/output';
import { asWritten, externalSecretManifest, extract } from '../external-secrets/external-secret';
import { lookUp, type NamedKeys, namedKeysTemplate } from '../external-secrets/named-keys';
import { type Reading, readKeys } from '../external-secrets/read-secret';
import { annotationsKey } from '../resolve/credentials/annotation-sources';
import type { RegistrationRef } from '../tree/secret-ref';
import type { SecretStoreRef } from '../tree/secret-store-config';

/** A cluster as Argo CD is to know it. */
export interface Registration {
  /** Its name in Argo CD. */
  readonly cluster: string;
  /**
   * Its entry in the secret manager: a JSON map of `server` (the URL of its API), `config` (Argo CD's settings of the
   * connection, a map or the text of one) and, optionally, `annotations`, a map; or what `keys` calls them. For the local
   * cluster `server` and `config` are not looked at, but the entry must hold something, `annotations` for one: nothing is
   * made of an empty one.
   */
  readonly secret: RegistrationRef;
  /** Of the cluster secret. Labels decide what is deployed: they come from Git alone. */
  readonly labels: { readonly [key: string]: string };
  /** Of the cluster secret, and stronger than those of the secret manager. */
  readonly annotations: { readonly [key: string]: string };
  readonly store: SecretStoreRef;
  /** Argo CD's. */
  readonly namespace: string;
  /** Whether it is the cluster that Argo CD runs in. */
  readonly isLocal: boolean;
}

/**
 * When registrations are synced, as `argocd.argoproj.io/sync-wave` counts. A label that names a release must not change
 * before the ApplicationSets, in wave 0, know that release: in between the cluster would match none of them, and lose
 * what the old one deployed.
 */
export const registrationWave = 1;

/** Argo CD reaches the cluster that it runs in with its own service account. */
const local = { server: 'https://kubernetes.default.svc', config: '{"tlsClientConfig":{"insecure":false}}' };

/** A missing key is an error of the ExternalSecret: templates are evaluated with `missingkey=error`. */
const remote = { server: '{{ .server }}', config: '{{ .config }}' };

/**
 * The map of annotations, where the secret has one. `index` gives an empty string for a key that is not there, which
 * `.annotations` would fail at; `hasKey` wants another type of map than the one that templates get. A nested map
 * arrives as the text of its JSON, which is YAML too, and that is what is read of a literal; its values become strings.
 */
function annotationsOfManager(key: string): string {
  if (!key.includes('.')) return `{{ with index . ${JSON.stringify(key)} }}{{ . }}{{ else }}{}{{ end }}`;
  return `${lookUp(key)}{{ with $value }}{{ . }}{{ else }}{}{{ end }}`;
}

/** What is read, and the templates of what may be missing. */
function partsOf({ secret, store, isLocal }: Registration): Parts {
  const { keys = {}, annotationsFrom = {}, labelsFrom = {} } = secret;
  const isApart = typeof keys.annotations === 'object';
  const own = isApart ? 'annotations' : annotationsKey(secret)?.key;
  const templates: readonly (readonly [string, string | undefined])[] = [
    ['Annotations', own === undefined ? undefined : annotationsOfManager(own)],
    ['Annotations', namesNothing(annotationsFrom) ? undefined : namedKeysTemplate(annotationsFrom, 'annotation')],
    ['Labels', namesNothing(labelsFrom) ? undefined : namedKeysTemplate(labelsFrom, 'label')],
  ];
  // What may be missing is looked for in the whole entry: asking for a key by itself fails where it is not there.
  const isLookedFor = (own !== undefined && !isApart) || !namesNothing(annotationsFrom) || !namesNothing(labelsFrom);
  // Nobody needs the server of the local cluster, but nothing is made of nothing.
  const isEntryMap = typeof keys.server !== 'object' || typeof keys.config !== 'object';
  const isWhole = isLookedFor || (isLocal && isEntryMap);
  const named = secret.store === undefined ? {} : { store };
  const alone = secret.keys === undefined ? [] : [...(isLocal && isWhole ? [] : ['server', 'config']), ...(isApart ? ['annotations'] : [])];
  return {
    ...(secret.store === undefined ? { store } : {}),
    ...(alone.length > 0 ? readKeys([{ ref: { ...secret, keys }, names: alone, ...named }]) : {}),
    ...(isWhole ? { dataFrom: [extract(secret, named.store)] } : {}),
    templateFrom: templates.flatMap(([target, literal]) => (literal === undefined ? [] : [{ target, literal }])),
  };
}

type Parts = Reading & {
  /** Where nothing else is said. One with a name stands beside what is read from it: it is the cluster's, whoever reads it. */
  readonly store?: SecretStoreRef;
  readonly templateFrom: readonly { readonly target: string; readonly literal: string }[];
};

function namesNothing(keys: NamedKeys): boolean {
  return Object.keys(keys).length === 0;
}

/**
 * An ExternalSecret that makes a cluster's secret for Argo CD: credentials, and what only infrastructure knows, from the
 * secret manager; everything else from Git.
 *
 * What templates do was read in External Secrets' sources: `templateFrom` is applied first, then `data`, `labels` and
 * `annotations` of the template, each over what is there, so that Git's annotations win
 * (pkg/controllers/externalsecret/externalsecret_controller_template.go, runtime/template/v2/template.go).
 */
export function registrationManifest(registration: Registration): Manifest {
  const { cluster, labels, annotations, namespace, isLocal } = registration;
  const { templateFrom, ...reading } = partsOf(registration);
  return externalSecretManifest({
    name: `cluster-${cluster}`,
    namespace,
    annotations: { 'argocd.argoproj.io/sync-wave': String(registrationWave) },
    // Labels and annotations in Git are applied at once, for any change of the spec is. What the interval delays is what
    // the secret manager says anew; an hour for a rotated credential, at one request a cluster, suits a thousand of them.
    refreshHours: 1,
    ...reading,
    template: {
      metadata: {
        labels: { ...literals(labels), 'argocd.argoproj.io/secret-type': 'cluster' },
        ...(Object.keys(annotations).length > 0 ? { annotations: literals(annotations) } : {}),
      },
      data: { name: asWritten(cluster), ...(isLocal ? local : remote) },
      ...(templateFrom.length > 0 ? { templateFrom } : {}),
    },
  });
}

function literals(map: { readonly [key: string]: string }): { readonly [key: string]: string } {
  const written: { [key: string]: string } = {};
  for (const key in map) written[key] = asWritten(map[key] as string);
  return written;
}
