import type { ExternalSecretSpec } from '../../../imports/external-secrets.io.types.ts';
import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import type { SecretStoreRef } from '../tree/secret-store-config';

/** What an ExternalSecret makes, and of what. */
export interface ExternalSecretProps {
  /** Of the ExternalSecret, and of the secret that it makes. */
  readonly name: string;
  readonly namespace: string;
  /** Annotations of the ExternalSecret itself. The secret gets those of the template and no other (external-secrets issue 2041). */
  readonly annotations?: { readonly [key: string]: string };
  /** @default - none: a generator needs no store */
  readonly store?: SecretStoreRef;
  /** How often the secret manager is asked again: `1h`. A change of the manifest is applied at once, whatever this is. */
  readonly refreshInterval: string;
  readonly dataFrom: NonNullable<ExternalSecretSpec['dataFrom']>;
  readonly template: NonNullable<NonNullable<ExternalSecretSpec['target']>['template']>;
}

/**
 * An ExternalSecret that owns a secret. The secret goes when its ExternalSecret does; it stays as it is when its source
 * in the secret manager is empty or gone, because a fleet must not lose its clusters by a slip over there.
 */
export function externalSecretManifest({ name, namespace, annotations, store, refreshInterval, dataFrom, template }: ExternalSecretProps): Manifest {
  const spec: ExternalSecretSpec = {
    refreshInterval,
    ...(store ? { secretStoreRef: { name: store.name, kind: store.kind } } : {}),
    target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain', template: { engineVersion: 'v2', ...template } },
    dataFrom,
  };
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace, ...(annotations ? { annotations } : {}) },
    spec: spec as Plain,
  };
}

/**
 * All keys of a secret of the manager. Many versions' API servers add these three fields to the items of the list, and
 * Argo CD, which compares lists as a whole, then finds the object out of sync for good (external-secrets issue 6797).
 */
export function extract(secret: string): NonNullable<ExternalSecretSpec['dataFrom']>[number] {
  return { extract: { key: secret, conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' } };
}

/** Text that External Secrets' templates leave as it is: they evaluate every value of data, labels and annotations. */
export function asWritten(text: string): string {
  return text.includes('{{') ? text.replaceAll('{{', '{{ `{{` }}') : text;
}
