import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import type { AwsAccess, SecretStoreConfig, SecretStoreRef } from '../tree/secret-store-config';

/** What our own store is called, in whichever namespace. */
const ownStore: SecretStoreRef = { name: 'fleet', kind: 'SecretStore' };

export function secretStoreRef(config: SecretStoreConfig): SecretStoreRef {
  return 'existing' in config ? { name: config.existing.name, kind: config.existing.kind } : ownStore;
}

/** @returns nothing where the store is there already */
export function secretStoreManifest(config: SecretStoreConfig, namespace: string): Manifest | undefined {
  if ('existing' in config) return undefined;
  const provider = 'aws' in config ? { aws: { service: 'SecretsManager', ...awsAccess(config.aws) } } : config.provider;
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: ownStore.kind,
    metadata: { name: ownStore.name, namespace },
    spec: { provider: provider as Plain },
  };
}

/** Access to AWS as stores and generators spell it. */
export function awsAccess({ region, role, serviceAccount }: AwsAccess): { readonly [key: string]: Plain } {
  return {
    region,
    ...(role === undefined ? {} : { role }),
    ...(serviceAccount === undefined ? {} : { auth: { jwt: { serviceAccountRef: { name: serviceAccount } } } }),
  };
}
