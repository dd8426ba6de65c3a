import type { Manifest } from '../../../layers/output';
import { asWritten, externalSecretManifest } from '../external-secrets/external-secret';
import { readKeys } from '../external-secrets/read-secret';
import { awsAccess } from '../external-secrets/secret-store';
import { secretRefsOf } from '../resolve/credentials/secret-refs';
import { hasScheme, isOciUrl, withoutScheme } from '../resolve/repository-url';
import type { RepositoryConfig, RepositoryType } from '../tree/repository-config';
import type { AwsAccess, SecretStoreRef } from '../tree/secret-store-config';

/** Argo CD's names for the two scopes: argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup. */
const secretTypes = { repository: 'repository', 'credential-template': 'repo-creds' } as const;

type Data = { readonly [key: string]: string };

/** A store by the name that a reference to a secret says, or the one that is read where it says none. */
export type StoreOf = (store: string | undefined) => SecretStoreRef;

/**
 * The secret that Argo CD finds its credentials in, made by External Secrets: Git holds where they are, never what they
 * are. What the secret manager holds otherwise is not passed on.
 *
 * @param name unique among the repositories of a cluster, as `repositoriesField` wants it
 * @param type what the repository is, said or found out
 */
export function repositoryManifests(name: string, config: RepositoryConfig, type: RepositoryType, storeOf: StoreOf, namespace: string): readonly Manifest[] {
  const object = `repository-${name}`;
  if ('ecr' in config) return [tokenGenerator(object, config.ecr, namespace), registrySecret(object, config, type, namespace)];
  const wanted = secretRefsOf(config);
  const labels = secretLabels(config);
  const said = { ...repositoryData(config, type), ...saidOfWay(config) };
  const [first] = wanted;
  if (!first) return [plainSecret(object, namespace, labels, said)];
  return [
    externalSecretManifest({
      name: object,
      namespace,
      store: storeOf(first.ref.store),
      // A rotated password is known within the hour.
      refreshHours: 1,
      ...readKeys(wanted.map(({ ref, names }) => ({ ref, names, ...(ref.store === first.ref.store ? {} : { store: storeOf(ref.store) }) }))),
      template: { metadata: { labels }, data: { ...said, ...copied(...wanted.flatMap(({ names }) => names)) } },
    }),
  ];
}

/** What is no secret, and belongs to the way in. */
function saidOfWay(config: RepositoryConfig): Data {
  if ('azureWorkloadIdentity' in config) return { useAzureWorkloadIdentity: 'true' };
  const enterpriseUrl = 'githubApp' in config ? config.githubApp.enterpriseUrl : undefined;
  return enterpriseUrl === undefined ? {} : { githubAppEnterpriseBaseUrl: asWritten(enterpriseUrl) };
}

/** Nothing of it is secret: there is nothing for External Secrets to read. */
function plainSecret(name: string, namespace: string, labels: Data, data: Data): Manifest {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace, labels }, stringData: data };
}

/** Keys of the secret that are called the same in Argo CD. A missing one is an error of the ExternalSecret, not an empty string. */
function copied(...keys: readonly string[]): Data {
  return Object.fromEntries(keys.map((key) => [key, `{{ .${key} }}`]));
}

/** What makes tokens of AWS. */
export const tokenGeneratorKind = 'ECRAuthorizationToken';
const generatorVersion = 'generators.external-secrets.io/v1alpha1';

function tokenGenerator(name: string, access: AwsAccess, namespace: string): Manifest {
  return { apiVersion: generatorVersion, kind: tokenGeneratorKind, metadata: { name, namespace }, spec: awsAccess(access) };
}

function registrySecret(name: string, config: RepositoryConfig, type: RepositoryType, namespace: string): Manifest {
  return externalSecretManifest({
    name,
    namespace,
    // A token is valid for 12 hours (external-secrets.io/latest/api/generator/ecr): one refresh may fail.
    refreshHours: 6,
    dataFrom: [{ sourceRef: { generatorRef: { apiVersion: generatorVersion, kind: tokenGeneratorKind, name } } }],
    template: { metadata: { labels: secretLabels(config) }, data: { ...repositoryData(config, type), ...copied('username', 'password') } },
  });
}

/** What a secret says of its repository: all values are text. */
function repositoryData(config: RepositoryConfig, type: RepositoryType): Data {
  const { url, insecure = false, proxy, noProxy, forceHttpBasicAuth = false, enableLfs = false } = config;
  return {
    type,
    ...(type === 'helm' && (isOciUrl(url) || !hasScheme(url) || 'ecr' in config) ? { enableOCI: 'true' } : {}),
    url: asWritten(urlOf(config, type)),
    ...projectOf(config),
    ...(insecure ? { insecure: 'true' } : {}),
    ...(proxy === undefined ? {} : { proxy: asWritten(proxy) }),
    ...(noProxy === undefined ? {} : { noProxy: asWritten(noProxy) }),
    ...(forceHttpBasicAuth ? { forceHttpBasicAuth: 'true' } : {}),
    ...(enableLfs ? { enableLfs: 'true' } : {}),
  };
}

function urlOf({ url, ...config }: RepositoryConfig, type: RepositoryType): string {
  if (type === 'oci') return `oci://${withoutScheme(url)}`;
  return type === 'helm' && (isOciUrl(url) || 'ecr' in config) ? withoutScheme(url) : url;
}

function secretLabels({ scope = 'repository' }: RepositoryConfig): Data {
  return { 'argocd.argoproj.io/secret-type': secretTypes[scope] };
}

function projectOf({ scope, project }: RepositoryConfig): Data {
  return project === undefined || scope === 'credential-template' ? {} : { project: asWritten(project) };
}
