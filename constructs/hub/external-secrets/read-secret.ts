import type { ExternalSecretSpec } from '../../../imports/external-secrets.io.types.ts';
import type { SecretKey, SecretReading, SecretRef } from '../tree/secret-ref';
import type { SecretStoreRef } from '../tree/secret-store-config';
import { extract, storeOf } from './external-secret';

type Data = NonNullable<ExternalSecretSpec['data']>[number];

/** What an ExternalSecret reads: whole entries, and single values under the names that its template knows them by. */
export type Reading = Pick<ExternalSecretSpec, 'data' | 'dataFrom'>;

/** Keys of an entry. */
export interface WantedKeys {
  readonly ref: SecretRef;
  /** As they are needed. */
  readonly names: readonly string[];
  /** @default - the ExternalSecret's own */
  readonly store?: SecretStoreRef;
}

/**
 * What is needed of entries of the secret manager. Where one entry has everything under our names it is read as a whole, in
 * one request; else every value is asked for by itself, and nothing else comes along. A key that the entry lacks is an error
 * of the ExternalSecret either way.
 */
export function readKeys(wanted: readonly WantedKeys[]): Reading {
  const [first, ...others] = wanted;
  if (first && others.length === 0 && first.ref.keys === undefined) return { dataFrom: [extract(first.ref, first.store)] };
  return { data: wanted.flatMap((one) => one.names.map((name) => oneValue(name, one))) };
}

/** One value under the name that it is needed by. */
function oneValue(secretKey: string, { ref, store }: WantedKeys): Data {
  const { secret, key, version, decodingStrategy = 'None' } = placeOf(ref, secretKey);
  return {
    secretKey,
    // As `extract`: what API servers add is rendered.
    remoteRef: {
      key: secret,
      ...(key === undefined ? {} : { property: key }),
      ...(version === undefined ? {} : { version }),
      conversionStrategy: 'Default',
      decodingStrategy,
      metadataPolicy: 'None',
    },
    ...storeOf(store),
  };
}

/** Where one value is: in the entry, under our name or its own, or all of an entry, which may be another. */
function placeOf(ref: SecretRef, name: string): SecretKey & Pick<SecretRef, 'secret'> {
  const { secret, version, decodingStrategy, keys = {} } = ref;
  const said = keys[name] ?? name;
  if (typeof said === 'string') return { secret, key: belowProperty(ref, said), version, decodingStrategy };
  const isOther = said.secret !== undefined;
  return {
    decodingStrategy,
    ...(isOther ? {} : { version }),
    ...said,
    secret: said.secret ?? secret,
    key: isOther ? said.key : belowProperty(ref, said.key),
  };
}

/** A path of keys, as providers read it: `network.vpc`. */
function belowProperty({ property }: SecretReading, key: string | undefined): string | undefined {
  const path = [property, key].filter((part) => part !== undefined);
  return path.length === 0 ? undefined : path.join('.');
}
