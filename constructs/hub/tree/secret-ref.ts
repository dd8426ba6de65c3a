/** How values in the secret manager are written: `Auto` takes what can be decoded as Base64 for that. */
export type DecodingStrategy = 'Auto' | 'Base64' | 'Base64URL' | 'None';

/** One value of the secret manager, where it is not in the entry that the others are in, or is all of an entry. */
export interface SecretKey {
  /** The name or ARN of the entry. @default - the one that the others are in */
  readonly secret?: string;
  /** Its key there, or the path of keys to it in nested JSON, joined by dots. @default - none: the whole entry */
  readonly key?: string;
  /** The version of the entry. @default - of another entry the current one */
  readonly version?: string;
  /** @default - that of the others */
  readonly decodingStrategy?: DecodingStrategy;
}

/** How an entry of the secret manager is read, whatever it is called. */
export interface SecretReading<Name extends string = string> {
  /** The name of one of `secretStores`. @default - `secretStore` */
  readonly store?: string;
  /** The key, or the path of keys, below which the entry has everything. @default - at its top */
  readonly property?: string;
  /** @default 'None' */
  readonly decodingStrategy?: DecodingStrategy;
  /** What the entry calls the keys that are needed. One that is not named is called as we call it, and nothing else is read. @default - all are called as we call them */
  readonly keys?: { readonly [name in Name]?: string | SecretKey };
  /** The keys that the entry has, as far as Git shall know: a key that is none of them is a mistake then. @default - whatever it has */
  readonly holds?: readonly string[];
}

/** An entry of the secret manager, and how it is read. */
export interface SecretRef<Name extends string = string> extends SecretReading<Name> {
  /** Its name or ARN. */
  readonly secret: string;
  /** The version of the entry. @default - the current one */
  readonly version?: string;
}

/** What the entry of a cluster says besides: by the name that it gets, its key there. */
export interface RegistrationRef extends SecretRef<RegistrationKey> {
  /** @default - none by name */
  readonly annotationsFrom?: { readonly [annotation: string]: string };
  /** Nothing is deployed by them. @default - none */
  readonly labelsFrom?: { readonly [label: string]: string };
}

/** What is needed to reach a cluster, and the map of annotations that may come along. */
export type RegistrationKey = 'server' | 'config' | 'annotations';

/** The entry of a cluster: how such entries are read is layered, which one it is, is not. */
export interface ClusterSecretRef {
  /** Its name or ARN. */
  readonly secret: string;
  /** The name of one of `secretStores` of whoever reads it. @default - what `registration` says, else `secretStore` */
  readonly store?: string;
  /** The version of the entry. @default - the current one */
  readonly version?: string;
}
