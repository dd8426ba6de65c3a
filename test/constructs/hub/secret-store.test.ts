import { validateManifest } from '../../../constructs/argocd/validate-manifest';
import { asWritten } from '../../../constructs/hub/external-secrets/external-secret';
import { secretStoreManifest, secretStoreRef } from '../../../constructs/hub/external-secrets/secret-store';
import type { SecretStoreConfig } from '../../../constructs/hub/tree/secret-store-config';
import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';

const existing: SecretStoreConfig = { existing: { name: 'company', kind: 'ClusterSecretStore' } };

function specOf(config: SecretStoreConfig): Plain | undefined {
  return secretStoreManifest(config, 'argocd')?.spec;
}

describe('the secret store', () => {
  test('of AWS with a role and a service account', () => {
    const config = { aws: { region: 'eu-west-1', role: 'arn:aws:iam::123456789012:role/fleet', serviceAccount: 'external-secrets' } };
    const manifest = secretStoreManifest(config, 'argocd') as Manifest;
    expect(manifest).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'SecretStore',
      metadata: { name: 'fleet', namespace: 'argocd' },
      spec: {
        provider: {
          aws: {
            service: 'SecretsManager',
            region: 'eu-west-1',
            role: 'arn:aws:iam::123456789012:role/fleet',
            auth: { jwt: { serviceAccountRef: { name: 'external-secrets' } } },
          },
        },
      },
    });
    expect(validateManifest(manifest)).toEqual([]);
  });

  test('of AWS says no more than it is told', () => {
    expect(specOf({ aws: { region: 'eu-west-1' } })).toEqual({ provider: { aws: { service: 'SecretsManager', region: 'eu-west-1' } } });
  });

  test('of any other provider is written as its schema has it', () => {
    const provider = { vault: { server: 'https://vault.example.com', path: 'fleet', auth: { kubernetes: { mountPath: 'kubernetes', role: 'fleet' } } } };
    expect(specOf({ provider })).toEqual({ provider });
    expect(validateManifest(secretStoreManifest({ provider }, 'argocd') as Manifest)).toEqual([]);
  });

  test('that is there already is not rendered', () => {
    expect(secretStoreManifest(existing, 'argocd')).toBeUndefined();
  });

  test('is referred to by its name and kind', () => {
    expect(secretStoreRef({ aws: { region: 'eu-west-1' } })).toEqual({ name: 'fleet', kind: 'SecretStore' });
    expect(secretStoreRef({ provider: { fake: { data: [] } } })).toEqual({ name: 'fleet', kind: 'SecretStore' });
    expect(secretStoreRef(existing)).toEqual({ name: 'company', kind: 'ClusterSecretStore' });
  });
});

test.each([
  ['https://example.com/{a}', 'https://example.com/{a}'],
  ['{{ .name }}', '{{ `{{` }} .name }}'],
  ['{{{{', '{{ `{{` }}{{ `{{` }}'],
  ['a {{{ b', 'a {{ `{{` }}{ b'],
])('templates of External Secrets leave %j as it is', (text, written) => {
  expect(asWritten(text)).toBe(written);
});
