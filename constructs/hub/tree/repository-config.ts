import { repositoryShape } from '../../../layers/shape/credential-shape';
import type { SecretRef } from './secret-ref';
import type { AwsAccess } from './secret-store-config';

/** What Argo CD takes a repository for: argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup. */
export const repositoryTypes = repositoryShape.type.words;
export type RepositoryType = (typeof repositoryTypes)[number];

/** Which types each way can be used for: argo-cd, pkg/apis/application/v1alpha1/repository_types.go, Get…Creds. */
export const typesOfWays: Readonly<Record<string, readonly RepositoryType[]>> = {
  githubApp: ['git'],
  https: repositoryTypes,
  bearerToken: ['git'],
  ssh: ['git'],
  gcpServiceAccount: ['git'],
  azureWorkloadIdentity: ['git', 'helm'],
  ecr: ['helm', 'oci'],
  clientCertificate: repositoryTypes,
};

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
  /** The hosts that are reached without the proxy, joined by commas. @default - none */
  readonly noProxy?: string;
  /** Whether Git gets user and password before the server asks for them. @default false */
  readonly forceHttpBasicAuth?: boolean;
  /** Whether Git fetches large files. Argo CD has no such thing for credential templates. @default false */
  readonly enableLfs?: boolean;
  /** One repository, or every one below the URL that has no credentials of its own. @default 'repository' */
  readonly scope?: 'repository' | 'credential-template';
  /** The Argo CD project that may use it. Argo CD has no such thing for credential templates. @default - all projects */
  readonly project?: string;
}

/** One way to prove who one is, by an entry of the secret manager that has the keys named here, or says what it calls them. */
export type RepositoryCredentials =
  /** `githubAppPrivateKey` is a PEM. `enterpriseUrl` is the API of a GitHub Enterprise server: `https://ghe.example.com/api/v3`. */
  | { readonly githubApp: SecretRef<'githubAppID' | 'githubAppInstallationID' | 'githubAppPrivateKey'> & { readonly enterpriseUrl?: string } }
  /** The password may be a token. */
  | { readonly https: SecretRef<'username' | 'password'> }
  /** A token that Git sends as it is, as Bitbucket Data Center has them. */
  | { readonly bearerToken: SecretRef<'bearerToken'> }
  | { readonly ssh: SecretRef<'sshPrivateKey'> }
  /** The key of a service account of Google Cloud, as JSON, for Git. */
  | { readonly gcpServiceAccount: SecretRef<'gcpServiceAccountKey'> }
  /** Argo CD's own identity in Azure: nothing is stored. */
  | { readonly azureWorkloadIdentity: true }
  /** A registry of AWS: tokens are made, nothing is stored. */
  | { readonly ecr: AwsAccess }
  /** A certificate of the client and its key (PEM). The only one that may stand beside another way. */
  | { readonly clientCertificate: SecretRef<'tlsClientCertData' | 'tlsClientCertKey'> };

/** Credentials of a private Git repository or registry. Public ones need none. */
export type RepositoryConfig = RepositoryFields & RepositoryCredentials;
