import { validateManifest } from '../../../argocd/validate-manifest';
import { secretStoreManifest } from '../../external-secrets/secret-store';
import type { SecretStoreConfig } from '../../tree/secret-store-config';

/** What the schema of External Secrets objects to in a store. */
export function storeFindings(store: SecretStoreConfig): ReturnType<typeof validateManifest> {
  const manifest = secretStoreManifest(store, 'default');
  return manifest ? validateManifest(manifest) : [];
}
