import { repositoryShape } from '../../../layers/shape/credential-shape';
import type { AwsAccess } from './secret-store-config';

/** What Argo CD takes a repository for: argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup. */
export const repositoryTypes = repositoryShape.type.words;
export type RepositoryType = (typeof repositoryTypes)[number];

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
