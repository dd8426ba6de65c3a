import type { Manifest } from '../../../layers/output';
import { asWritten, externalSecretManifest, extract } from '../external-secrets/external-secret';
import { awsAccess } from '../external-secrets/secret-store';
import { hasScheme, isOciUrl, withoutScheme } from '../resolve/repository-url';
import type { RepositoryConfig, RepositoryType } from '../tree/repository-config';
import type { AwsAccess, SecretStoreRef } from '../tree/secret-store-config';

/** Argo CD's names for the two scopes: argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup. */
const secretTypes = { repository: 'repository', 'credential-template': 'repo-creds' } as const;

type Data = { readonly [key: string]: string };

/**
 * The secret that Argo CD finds its credentials in, made by External Secrets: Git holds where they are, never what they
 * are. What the secret manager holds otherwise is not passed on.
 *
 * @param name unique among the repositories of a cluster, as `repositoriesField` wants it
 * @param type what the repository is, said or found out
 */
export function repositoryManifests(
  name: string,
  config: RepositoryConfig,
  type: RepositoryType,
  store: SecretStoreRef,
  namespace: string,
): readonly Manifest[] {
  const object = `repository-${name}`;
  if ('ecr' in config) {
    return [tokenGenerator(object, config.ecr, namespace), registrySecret(object, config, type, namespace)];
  }
  const { secret, data } = credentialsOf(config);
  return [
    externalSecretManifest({
      name: object,
      namespace,
      store,
      // A rotated password is known within the hour.
      refreshHours: 1,
      dataFrom: [extract(secret)],
      template: { metadata: { labels: secretLabels(config) }, data: { ...repositoryData(config, type), ...data } },
    }),
  ];
}

function credentialsOf(config: Exclude<RepositoryConfig, { readonly ecr: AwsAccess }>): { readonly secret: string; readonly data: Data } {
  if ('githubApp' in config) {
    const { secret, enterpriseUrl } = config.githubApp;
    const enterprise: Data = enterpriseUrl === undefined ? {} : { githubAppEnterpriseBaseUrl: asWritten(enterpriseUrl) };
    return { secret, data: { ...copied('githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'), ...enterprise } };
  }
  return 'ssh' in config ? { secret: config.ssh.secret, data: copied('sshPrivateKey') } : { secret: config.https.secret, data: copied('username', 'password') };
}

/** Keys of the secret that are called the same in Argo CD. A missing one is an error of the ExternalSecret, not an empty string. */
function copied(...keys: readonly string[]): Data {
  return Object.fromEntries(keys.map((key) => [key, `{{ .${key} }}`]));
}

const generatorVersion = 'generators.external-secrets.io/v1alpha1';

function tokenGenerator(name: string, access: AwsAccess, namespace: string): Manifest {
  return { apiVersion: generatorVersion, kind: 'ECRAuthorizationToken', metadata: { name, namespace }, spec: awsAccess(access) };
}

function registrySecret(name: string, config: RepositoryConfig, type: RepositoryType, namespace: string): Manifest {
  return externalSecretManifest({
    name,
    namespace,
    // A token is valid for 12 hours (external-secrets.io/latest/api/generator/ecr): one refresh may fail.
    refreshHours: 6,
    dataFrom: [{ sourceRef: { generatorRef: { apiVersion: generatorVersion, kind: 'ECRAuthorizationToken', name } } }],
    template: { metadata: { labels: secretLabels(config) }, data: { ...repositoryData(config, type), ...copied('username', 'password') } },
  });
}

/** What a secret says of its repository: all values are text. */
function repositoryData(config: RepositoryConfig, type: RepositoryType): Data {
  const { url, insecure = false, proxy } = config;
  return {
    type,
    ...(type === 'helm' && (isOciUrl(url) || !hasScheme(url) || 'ecr' in config) ? { enableOCI: 'true' } : {}),
    url: asWritten(urlOf(config, type)),
    ...projectOf(config),
    ...(insecure ? { insecure: 'true' } : {}),
    ...(proxy === undefined ? {} : { proxy: asWritten(proxy) }),
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
