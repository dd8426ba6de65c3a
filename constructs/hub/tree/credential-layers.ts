import type { SecretStoreSpecLayer } from '../../../imports/external-secrets.io.layers.ts';
import type { Layered } from '../../tree/config/layered';

/** A layer of access to AWS. */
export interface AwsAccessLayer {
  /** The region of AWS that is asked. @default - some layer must say it */
  readonly region?: Layered<string>;
  /** The ARN of a role that External Secrets assumes. @default - none */
  readonly role?: Layered<string>;
  /** A service account in the same namespace that the cluster may exchange for a role (IRSA). @default - the credentials of External Secrets' own pod */
  readonly serviceAccount?: Layered<string>;
}

/** Where the secret manager is: exactly one of `aws`, `provider` and `existing`, over all layers. */
export interface SecretStoreLayer {
  /** Secrets are in AWS Secrets Manager. @default - they are elsewhere */
  readonly aws?: Layered<AwsAccessLayer>;
  /** Any other provider, as `spec.provider` of a SecretStore says it. @default - none */
  readonly provider?: SecretStoreSpecLayer['provider'];
  /** A store that is there already: it is referred to, and nothing is rendered. @default - a store is rendered */
  readonly existing?: Layered<ExistingStoreLayer>;
}

/** A layer of a store that is there already. */
export interface ExistingStoreLayer {
  /** The name of the store. @default - some layer must say it */
  readonly name?: Layered<string>;
  /** Whether it serves one namespace or the whole cluster. @default - some layer must say it */
  readonly kind?: Layered<'SecretStore' | 'ClusterSecretStore'>;
}

/** Where a secret is: a JSON map of the keys that its kind of credentials needs. */
export interface SecretRefLayer {
  /** The name or ARN of the secret in the secret manager. @default - some layer must say it */
  readonly secret?: Layered<string>;
}

/** A GitHub App and its secret. */
export interface GithubAppLayer extends SecretRefLayer {
  /** The API of a GitHub Enterprise server: `https://ghe.example.com/api/v3`. @default - GitHub's own */
  readonly enterpriseUrl?: Layered<string>;
}

/** A layer of credentials of one repository or registry: over all layers, one of `githubApp`, `https`, `ssh` and `ecr`. */
export interface RepositoryLayer {
  /** The repository, or what the URLs of a credential template's repositories begin with; an `oci://` too few or too many is mended. @default - some layer must say it */
  readonly url?: Layered<string>;
  /** What Argo CD takes it for: a Git repository, Helm charts, or OCI images that hold manifests or charts. @default - what components use it as, or what its URL looks like */
  readonly type?: Layered<'git' | 'helm' | 'oci'>;
  /** Whether the server's certificate, or the host key of SSH, is not looked at; not for credential templates. @default false */
  readonly insecure?: Layered<boolean>;
  /** The URL of the proxy that it is reached through. @default - that of Argo CD's own environment */
  readonly proxy?: Layered<string>;
  /** One repository, or every one below the URL that has no credentials of its own. @default 'repository' */
  readonly scope?: Layered<'repository' | 'credential-template'>;
  /** The Argo CD project that alone may use it; not for credential templates. @default - all projects */
  readonly project?: Layered<string>;
  /** A GitHub App, by a secret with the keys `githubAppID`, `githubAppInstallationID` and `githubAppPrivateKey` (PEM). @default - no GitHub App */
  readonly githubApp?: Layered<GithubAppLayer>;
  /** A user, by a secret with the keys `username` and `password`, which may be a token. @default - no user */
  readonly https?: Layered<SecretRefLayer>;
  /** A key of SSH, by a secret with the key `sshPrivateKey`. @default - no key */
  readonly ssh?: Layered<SecretRefLayer>;
  /** A registry of AWS with Helm charts: tokens are made, nothing is stored. @default - no registry of AWS */
  readonly ecr?: Layered<AwsAccessLayer>;
}
