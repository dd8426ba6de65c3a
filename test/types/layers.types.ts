/** Layers of credentials say what credentials say. `tsc` is the test. */
import type { AwsAccessLayer, ExistingStoreLayer, RepositoryLayer, SecretStoreLayer } from '../../constructs/hub/tree/credential-layers';
import type { RepositoryConfig } from '../../constructs/hub/tree/repository-config';
import type { AwsAccess, SecretStoreConfig, SecretStoreRef } from '../../constructs/hub/tree/secret-store-config';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function holds<_ extends true>(): void {}

/** The keys of each of several types. */
type KeysOf<T> = T extends unknown ? keyof T : never;

holds<Equal<keyof RepositoryLayer, KeysOf<RepositoryConfig>>>();
holds<Equal<keyof SecretStoreLayer, KeysOf<SecretStoreConfig>>>();
holds<Equal<keyof AwsAccessLayer, keyof AwsAccess>>();
holds<Equal<keyof ExistingStoreLayer, keyof SecretStoreRef>>();
