import type { Manifest } from '../../layers/output';
import { hasScheme, isOciUrl, type RepositoryType, withoutScheme } from './repository-type';
import { type AwsAccess, asWritten, awsAccess, externalSecretManifest, extract, type SecretStoreRef } from './secret-store';

/** What all credentials have in common. */
interface RepositoryFields {
  /**
   * The repository, or, for a credential template, what the URLs of its repositories begin with. A registry of Helm
   * charts has no scheme in Argo CD, and one of images has `oci://`: what is written here otherwise is made so.
   */
  readonly url: string;
  /**
   * What it is to Argo CD: a Git repository, Helm charts (in a chart repository, or in a registry where the URL has no
   * scheme or `oci://`), or a registry of OCI images that hold manifests or charts.
   * @default - what components use it as; where none does, what its URL looks like
   */
  readonly type?: RepositoryType;
  /** Whether the server's certificate, or the host key of SSH, is not looked at. Argo CD has no such thing for credential templates. @default false */
  readonly insecure?: boolean;
  /** The URL of the proxy that it is reached through. @default - that of Argo CD's own environment */
  readonly proxy?: string;
  /** One repository, or every one below the URL that has no credentials of its own. @default 'repository' */
  readonly scope?: 'repository' | 'credential-template';
  /** The Argo CD project that may use it. Argo CD has no such thing for credential templates. @default - all projects */
  readonly project?: string;
}

/** One way to prove who one is. `secret` is a name or an ARN in the secret manager; the secret is a JSON map of the keys named here. */
export type RepositoryCredentials =
  /** Keys `githubAppID`, `githubAppInstallationID`, `githubAppPrivateKey` (PEM). `enterpriseUrl` is the API of a GitHub Enterprise server: `https://ghe.example.com/api/v3`. */
  | { readonly githubApp: { readonly secret: string; readonly enterpriseUrl?: string } }
  /** Keys `username`, `password`; the password may be a token. */
  | { readonly https: { readonly secret: string } }
  /** Key `sshPrivateKey`. */
  | { readonly ssh: { readonly secret: string } }
  /** Helm charts in a registry of AWS: tokens are made, nothing is stored. */
  | { readonly ecr: AwsAccess };

/** Credentials of a private Git repository or registry. Public ones need none. */
export type RepositoryConfig = RepositoryFields & RepositoryCredentials;

/** What a set of credentials may be called: its objects are `repository-{name}`, and no name may be longer than a label's value. */
export const repositoryName = {
  pattern: /^(?=.{1,52}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  rule: "at most 52 lower-case letters, digits and '-', starting and ending with a letter or digit",
} as const;

/** Argo CD's names for the two scopes: argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup. */
const secretTypes = { repository: 'repository', 'credential-template': 'repo-creds' } as const;

type Data = { readonly [key: string]: string };

/**
 * The secret that Argo CD finds its credentials in, made by External Secrets: Git holds where they are, never what they
 * are. What the secret manager holds otherwise is not passed on.
 *
 * @param name unique among the repositories of a cluster, as `repositoryName` wants it
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
      refreshInterval: '1h',
      dataFrom: [extract(secret)],
      template: { metadata: { labels: labelsOf(config) }, data: { ...repositoryData(config, type), ...data } },
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
    refreshInterval: '6h',
    dataFrom: [{ sourceRef: { generatorRef: { apiVersion: generatorVersion, kind: 'ECRAuthorizationToken', name } } }],
    template: { metadata: { labels: labelsOf(config) }, data: { ...repositoryData(config, type), ...copied('username', 'password') } },
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

function labelsOf({ scope = 'repository' }: RepositoryConfig): Data {
  return { 'argocd.argoproj.io/secret-type': secretTypes[scope] };
}

function projectOf({ scope, project }: RepositoryConfig): Data {
  return project === undefined || scope === 'credential-template' ? {} : { project: asWritten(project) };
}
