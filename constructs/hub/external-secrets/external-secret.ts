import type { ApplicationSpec } from '../../../imports/argoproj.io.types.ts';
import type { ExternalSecretSpec } from '../../../imports/external-secrets.io.types.ts';
import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import type { SecretRef } from '../tree/secret-ref';
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
  /** After how many hours the secret manager is asked again. A change of the manifest is applied at once, whatever this is. */
  readonly refreshHours: number;
  /** Single values. @default - none */
  readonly data?: ExternalSecretSpec['data'];
  /** Whole entries, or what a generator makes. @default - none */
  readonly dataFrom?: ExternalSecretSpec['dataFrom'];
  readonly template: NonNullable<NonNullable<ExternalSecretSpec['target']>['template']>;
}

/**
 * An ExternalSecret that owns a secret. The secret goes when its ExternalSecret does; it stays as it is when its source
 * in the secret manager is empty or gone, because a fleet must not lose its clusters by a slip over there.
 */
export function externalSecretManifest({ name, namespace, annotations, store, refreshHours, data, dataFrom, template }: ExternalSecretProps): Manifest {
  const spec: ExternalSecretSpec = {
    // As Go writes a duration: External Secrets writes it so when it writes the object (external-secrets issue 5390).
    refreshInterval: `${refreshHours}h0m0s`,
    ...(store ? { secretStoreRef: { name: store.name, kind: store.kind } } : {}),
    target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain', template: { engineVersion: 'v2', ...template } },
    ...(data ? { data } : {}),
    ...(dataFrom ? { dataFrom } : {}),
  };
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace, ...(annotations ? { annotations } : {}) },
    spec: spec as Plain,
  };
}

type DataFrom = NonNullable<ExternalSecretSpec['dataFrom']>[number];

/** What is read from another store than the ExternalSecret's own. */
export function storeOf(store: SecretStoreRef | undefined): Pick<DataFrom, 'sourceRef'> & { readonly sourceRef?: { readonly storeRef: SecretStoreRef } } {
  return store ? { sourceRef: { storeRef: { name: store.name, kind: store.kind } } } : {};
}

/**
 * All keys of a secret of the manager. Many versions' API servers add these three fields to the items of the list, and
 * Argo CD, which compares lists as a whole, then finds the object out of sync for good (external-secrets issue 6797). Every
 * supported version knows them; what only some know is {@link laterDefaults}.
 *
 * @param store where it is not the ExternalSecret's own
 */
export function extract({ secret, property, version, decodingStrategy = 'None' }: SecretRef, store?: SecretStoreRef): DataFrom {
  return {
    ...storeOf(store),
    extract: {
      key: secret,
      ...(property === undefined ? {} : { property }),
      ...(version === undefined ? {} : { version }),
      conversionStrategy: 'Default',
      decodingStrategy,
      metadataPolicy: 'None',
    },
  };
}

/** Text that External Secrets' templates leave as it is: they evaluate every value of data, labels and annotations. */
export function asWritten(text: string): string {
  return text.includes('{{') ? text.replaceAll('{{', '{{ `{{` }}') : text;
}

/**
 * Fields of items of lists that API servers add with some versions of External Secrets, and that others refuse: 2.3 added
 * `nullBytePolicy`, a later one `valuesDecodingStrategy`, and they stopped to be added again (external-secrets issues 6398 and
 * 6798). So they cannot be rendered, and whatever applies ExternalSecrets does not look at them.
 *
 * Without `RespectIgnoreDifferences`: Argo CD would take the lists that they stand in from the cluster then, whole, and a
 * changed key never reached it (argo-cd, controller/sync.go, normalizeTargetResources).
 */
export const laterDefaults = [
  {
    group: 'external-secrets.io',
    jqPathExpressions: [
      '.spec.data[]?.remoteRef?.nullBytePolicy',
      '.spec.dataFrom[]?.extract?.nullBytePolicy',
      '.spec.target?.template?.templateFrom[]?.valuesDecodingStrategy',
    ],
    kind: 'ExternalSecret',
  },
] satisfies ApplicationSpec['ignoreDifferences'];
