import type { SecretStoreSpec } from '../../../imports/external-secrets.io.types.ts';

/** How External Secrets gets into an account of AWS. */
export interface AwsAccess {
  readonly region: string;
  /** The ARN of a role that it assumes. @default - none */
  readonly role?: string;
  /** A service account, in the same namespace, that the cluster may exchange for a role (IRSA). @default - the credentials of External Secrets' own pod */
  readonly serviceAccount?: string;
}

/** Where the secret manager is: exactly one of `aws`, `provider` and `existing`. */
export type SecretStoreConfig =
  | { /** AWS Secrets Manager. */ readonly aws: AwsAccess }
  | { /** Any other provider, as `spec.provider` of a SecretStore says it. */ readonly provider: SecretStoreSpec['provider'] }
  | { /** A store that is there already: it is referred to, and nothing is rendered. */ readonly existing: SecretStoreRef };

/** A store by its name. */
export interface SecretStoreRef {
  readonly name: string;
  readonly kind: 'SecretStore' | 'ClusterSecretStore';
}
