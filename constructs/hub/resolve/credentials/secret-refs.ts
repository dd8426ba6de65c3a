import { isMap } from '../../../../layers/plain-data';
import { wayKeys } from '../../../../layers/shape/credential-shape';
import type { AnyMap } from '../../../../layers/shape/read';
import type { RepositoryConfig } from '../../tree/repository-config';
import type { SecretRef } from '../../tree/secret-ref';

/** An entry of the secret manager that credentials need, and what they need of it. */
export interface CredentialRef {
  /** How the credentials call it: `https`. */
  readonly way: string;
  readonly ref: SecretRef;
  /** As Argo CD calls them. */
  readonly names: readonly string[];
}

/** The entries that credentials need: one, none where nothing is stored, or another one for a client certificate. */
export function secretRefsOf(config: RepositoryConfig | AnyMap): readonly CredentialRef[] {
  const said: AnyMap = { ...config };
  return Object.entries(wayKeys).flatMap(([way, names]): readonly CredentialRef[] => {
    const ref = said[way];
    // What is no map was reported.
    return isMap(ref) ? [{ way, ref: ref as unknown as SecretRef, names }] : [];
  });
}
