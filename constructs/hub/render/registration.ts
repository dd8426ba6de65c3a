import type { Manifest } from '../../../layers/output';
import { asWritten, externalSecretManifest, extract } from '../external-secrets/external-secret';
import type { SecretStoreRef } from '../tree/secret-store-config';

/** A cluster as Argo CD is to know it. */
export interface Registration {
  /** Its name in Argo CD. */
  readonly cluster: string;
  /**
   * The name or ARN of its secret in the secret manager: a JSON map of `server` (the URL of its API), `config` (Argo CD's
   * settings of the connection, a map or the text of one) and, optionally, `annotations`, a map. For the local cluster
   * `server` and `config` are not looked at, but the secret must hold something, `annotations` for one: nothing is made
   * of an empty one.
   */
  readonly secret: string;
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
const annotationsOfManager = '{{ with index . "annotations" }}{{ . }}{{ else }}{}{{ end }}';

/**
 * An ExternalSecret that makes a cluster's secret for Argo CD: credentials, and what only infrastructure knows, from the
 * secret manager; everything else from Git.
 *
 * What templates do was read in External Secrets' sources: `templateFrom` is applied first, then `data`, `labels` and
 * `annotations` of the template, each over what is there, so that Git's annotations win
 * (pkg/controllers/externalsecret/externalsecret_controller_template.go, runtime/template/v2/template.go).
 */
export function registrationManifest({ cluster, secret, labels, annotations, store, namespace, isLocal }: Registration): Manifest {
  return externalSecretManifest({
    name: `cluster-${cluster}`,
    namespace,
    annotations: { 'argocd.argoproj.io/sync-wave': String(registrationWave) },
    store,
    // Labels and annotations in Git are applied at once, for any change of the spec is. What the interval delays is what
    // the secret manager says anew; an hour for a rotated credential, at one request a cluster, suits a thousand of them.
    refreshHours: 1,
    dataFrom: [extract(secret)],
    template: {
      metadata: {
        labels: { ...literals(labels), 'argocd.argoproj.io/secret-type': 'cluster' },
        ...(Object.keys(annotations).length > 0 ? { annotations: literals(annotations) } : {}),
      },
      data: { name: asWritten(cluster), ...(isLocal ? local : remote) },
      templateFrom: [{ target: 'Annotations', literal: annotationsOfManager }],
    },
  });
}

function literals(map: { readonly [key: string]: string }): { readonly [key: string]: string } {
  const written: { [key: string]: string } = {};
  for (const key in map) written[key] = asWritten(map[key] as string);
  return written;
}
