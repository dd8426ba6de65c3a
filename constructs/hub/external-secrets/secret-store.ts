import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import type { AwsAccess, SecretStoreConfig, SecretStoreRef } from '../tree/secret-store-config';

/** What our own store is called, in whichever namespace. @param store its name among several */
function ownStore(store: string | undefined): SecretStoreRef {
  return { name: store === undefined ? 'fleet' : `fleet-${store}`, kind: 'SecretStore' };
}

/** @param store its name among several. @default - the one that is read where nothing else is said */
export function secretStoreRef(config: SecretStoreConfig, store?: string): SecretStoreRef {
  return 'existing' in config ? { name: config.existing.name, kind: config.existing.kind } : ownStore(store);
}

/** @returns nothing where the store is there already */
export function secretStoreManifest(config: SecretStoreConfig, namespace: string, store?: string): Manifest | undefined {
  if ('existing' in config) return undefined;
  const provider = 'aws' in config ? { aws: { service: 'SecretsManager', ...awsAccess(config.aws) } } : config.provider;
  const { name, kind } = ownStore(store);
  return {
    apiVersion: 'external-secrets.io/v1',
    kind,
    metadata: { name, namespace },
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
