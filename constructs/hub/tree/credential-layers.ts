import type { SecretStoreSpecLayer } from '../../../imports/external-secrets.io.layers.ts';
import type { Layered, Texts } from '../../tree/config/layered';
import type { DecodingStrategy, RegistrationKey } from './secret-ref';

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

/** A layer of one value of the secret manager that is not in the entry that the others are in, or is all of an entry. */
export interface SecretKeyLayer {
  /** The name or ARN of the entry. @default - the one that the others are in */
  readonly secret?: Layered<string>;
  /** Its key there, or the path of keys to it in nested JSON, joined by dots. @default - none: the whole entry */
  readonly key?: Layered<string>;
  /** The version of the entry. @default - of another entry the current one */
  readonly version?: Layered<string>;
  /** How the value is written. @default - as the others */
  readonly decodingStrategy?: Layered<DecodingStrategy>;
}

/** What an entry calls keys that are needed. */
export type NamedKeys<Name extends string> = { readonly [name in Name]?: Layered<string | SecretKeyLayer> };

/** A layer of how an entry of the secret manager is read, whatever it is called. */
export interface SecretReadingLayer<Name extends string> {
  /** The name of one of `secretStores`. @default - `secretStore` */
  readonly store?: Layered<string>;
  /** The key, or the path of keys, below which the entry has everything. @default - at its top */
  readonly property?: Layered<string>;
  /** How its values are written; `Auto` takes what can be decoded as Base64 for that. @default 'None' */
  readonly decodingStrategy?: Layered<DecodingStrategy>;
  /** What the entry calls the keys that are needed. One that is not named is called as we call it, and nothing else is read. @default - all are called as we call them */
  readonly keys?: Layered<NamedKeys<Name>>;
  /** The keys that the entry has, as far as Git shall know: a key that is none of them is a mistake then. @default - whatever it has */
  readonly holds?: Layered<readonly string[]>;
}

/** A layer of an entry of the secret manager, and of how it is read. */
export interface SecretRefLayer<Name extends string> extends SecretReadingLayer<Name> {
  /** The name or ARN of the entry. @default - some layer must say it */
  readonly secret?: Layered<string>;
  /** The version of the entry. @default - the current one */
  readonly version?: Layered<string>;
}

/** A layer of what the entry of a cluster in the secret manager says, and how it is read. */
export interface RegistrationLayer extends SecretReadingLayer<RegistrationKey> {
  /** Annotations of the cluster secret, each with its key in the entry, or the path of keys in nested JSON, joined by dots. One that the entry lacks is left out. @default - none by name */
  readonly annotationsFrom?: Layered<Texts>;
  /** Labels from there as well, by which nothing is deployed. @default - none */
  readonly labelsFrom?: Layered<Texts>;
}

/** A GitHub App and its secret. */
export interface GithubAppLayer extends SecretRefLayer<'githubAppID' | 'githubAppInstallationID' | 'githubAppPrivateKey'> {
  /** The API of a GitHub Enterprise server: `https://ghe.example.com/api/v3`. @default - GitHub's own */
  readonly enterpriseUrl?: Layered<string>;
}

/** A layer of credentials of one repository or registry: over all layers, one way in, or a client certificate beside one. */
export interface RepositoryLayer {
  /** The repository, or what the URLs of a credential template's repositories begin with; an `oci://` too few or too many is mended. @default - some layer must say it */
  readonly url?: Layered<string>;
  /** What Argo CD takes it for: a Git repository, Helm charts, or OCI images that hold manifests or charts. @default - what components use it as, or what its URL looks like */
  readonly type?: Layered<'git' | 'helm' | 'oci'>;
  /** Whether the server's certificate, or the host key of SSH, is not looked at; not for credential templates. @default false */
  readonly insecure?: Layered<boolean>;
  /** The URL of the proxy that it is reached through. @default - that of Argo CD's own environment */
  readonly proxy?: Layered<string>;
  /** The hosts that are reached without the proxy, joined by commas. @default - none */
  readonly noProxy?: Layered<string>;
  /** Whether Git gets user and password before the server asks for them. @default false */
  readonly forceHttpBasicAuth?: Layered<boolean>;
  /** Whether Git fetches large files; not for credential templates. @default false */
  readonly enableLfs?: Layered<boolean>;
  /** One repository, or every one below the URL that has no credentials of its own. @default 'repository' */
  readonly scope?: Layered<'repository' | 'credential-template'>;
  /** The Argo CD project that alone may use it; not for credential templates. @default - all projects */
  readonly project?: Layered<string>;
  /** A GitHub App: `githubAppID`, `githubAppInstallationID` and `githubAppPrivateKey` (PEM). @default - no GitHub App */
  readonly githubApp?: Layered<GithubAppLayer>;
  /** A user: `username` and `password`, which may be a token. @default - no user */
  readonly https?: Layered<SecretRefLayer<'username' | 'password'>>;
  /** A token that Git sends as it is, as Bitbucket Data Center has them: `bearerToken`. @default - no token */
  readonly bearerToken?: Layered<SecretRefLayer<'bearerToken'>>;
  /** A key of SSH: `sshPrivateKey`. @default - no key */
  readonly ssh?: Layered<SecretRefLayer<'sshPrivateKey'>>;
  /** The key of a service account of Google Cloud, for Git: `gcpServiceAccountKey` (JSON). @default - no service account */
  readonly gcpServiceAccount?: Layered<SecretRefLayer<'gcpServiceAccountKey'>>;
  /** Argo CD's own identity in Azure, for Git and registries of charts: nothing is stored. @default - no identity */
  readonly azureWorkloadIdentity?: Layered<true>;
  /** A registry of AWS: tokens are made, nothing is stored. @default - no registry of AWS */
  readonly ecr?: Layered<AwsAccessLayer>;
  /** A certificate of the client, alone or beside another way: `tlsClientCertData` and `tlsClientCertKey` (PEM). @default - no certificate */
  readonly clientCertificate?: Layered<SecretRefLayer<'tlsClientCertData' | 'tlsClientCertKey'>>;
}
