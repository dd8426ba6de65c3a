import { validateManifest } from '../../../constructs/argocd/validate-manifest';
import { repositoryManifests } from '../../../constructs/hub/render/repositories';
import { repositoryTypeOf } from '../../../constructs/hub/resolve/repository-type';
import type { RepositoryConfig } from '../../../constructs/hub/tree/repository-config';
import type { Manifest } from '../../../layers/output';
import type { Loose } from '../../builders/fleet-builder';

const url = 'https://github.com/company';
const defaults = { conversionStrategy: 'Default', metadataPolicy: 'None' };

function manifests(config: RepositoryConfig): readonly Manifest[] {
  const storeOf = (store: string | undefined) => ({ name: store === undefined ? 'fleet' : `fleet-${store}`, kind: 'SecretStore' }) as const;
  return repositoryManifests('company', config, repositoryTypeOf(config, []), storeOf, 'argocd');
}

function specOf(config: RepositoryConfig): Loose {
  return manifests(config)[0]?.spec as Loose;
}

const dataOf = (config: RepositoryConfig) => specOf(config).target.template.data;

test('a client certificate alone, for charts', () => {
  const spec = specOf({ url, type: 'helm', clientCertificate: { secret: 'fleet/cert' } });
  expect(spec.target.template.data).toEqual({ type: 'helm', url, tlsClientCertData: '{{ .tlsClientCertData }}', tlsClientCertKey: '{{ .tlsClientCertKey }}' });
  expect(spec.dataFrom).toEqual([{ extract: { key: 'fleet/cert', decodingStrategy: 'None', ...defaults } }]);
});

test('a client certificate beside a user: of two entries every value is asked for by itself, and none takes the place of another', () => {
  const spec = specOf({ url, https: { secret: 'fleet/git' }, clientCertificate: { secret: 'fleet/cert' } });
  expect(spec.dataFrom).toBeUndefined();
  expect(spec.data).toEqual(
    [
      ['username', 'fleet/git'],
      ['password', 'fleet/git'],
      ['tlsClientCertData', 'fleet/cert'],
      ['tlsClientCertKey', 'fleet/cert'],
    ].map(([secretKey, key]) => ({ secretKey, remoteRef: { key, property: secretKey, decodingStrategy: 'None', ...defaults } })),
  );
});

test('a token that Git sends as it is, and a service account of Google Cloud', () => {
  expect(dataOf({ url, bearerToken: { secret: 'x' } })).toEqual({ type: 'git', url, bearerToken: '{{ .bearerToken }}' });
  expect(dataOf({ url, gcpServiceAccount: { secret: 'x' } })).toEqual({ type: 'git', url, gcpServiceAccountKey: '{{ .gcpServiceAccountKey }}' });
});

test('an identity in Azure has nothing to read: its secret is as Git says it', () => {
  const made = manifests({ url: 'company.azurecr.io/charts', azureWorkloadIdentity: true });
  expect(made).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'repository-company', namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': 'repository' } },
      stringData: { type: 'helm', enableOCI: 'true', url: 'company.azurecr.io/charts', useAzureWorkloadIdentity: 'true' },
    },
  ]);
});

test('what Argo CD reads besides, as text', () => {
  const config = { url, https: { secret: 'x' }, proxy: 'http://proxy:3128', noProxy: '.svc', forceHttpBasicAuth: true, enableLfs: true };
  expect(dataOf(config)).toMatchObject({ proxy: 'http://proxy:3128', noProxy: '.svc', forceHttpBasicAuth: 'true', enableLfs: 'true' });
  expect(dataOf({ ...config, forceHttpBasicAuth: false, enableLfs: false })).not.toHaveProperty('enableLfs');
});

describe('keys as an existing entry calls them', () => {
  test('are asked for under our names, one by one', () => {
    const spec = specOf({ url, https: { secret: 'team/git', keys: { username: 'user', password: 'credentials.token' } } });
    expect(spec.data).toEqual([
      { secretKey: 'username', remoteRef: { key: 'team/git', property: 'user', decodingStrategy: 'None', ...defaults } },
      { secretKey: 'password', remoteRef: { key: 'team/git', property: 'credentials.token', decodingStrategy: 'None', ...defaults } },
    ]);
    expect(spec).not.toHaveProperty('dataFrom');
    expect(spec.target.template.data).toMatchObject({ username: '{{ .username }}', password: '{{ .password }}' });
  });

  test('are ours where they are not named', () => {
    const spec = specOf({ url, https: { secret: 'team/git', keys: { password: 'token' } } });
    expect(spec.data.map(({ remoteRef }: Loose) => remoteRef.property)).toEqual(['username', 'token']);
  });

  test('may be below a property, in a version, and encoded', () => {
    const ref = { secret: 'team/git', property: 'argocd', version: '7', decodingStrategy: 'Base64' } as const;
    expect(specOf({ url, ssh: ref }).dataFrom).toEqual([
      { extract: { key: 'team/git', property: 'argocd', version: '7', decodingStrategy: 'Base64', ...defaults } },
    ]);
    const [data] = specOf({ url, ssh: { ...ref, keys: { sshPrivateKey: 'id_rsa' } } }).data;
    expect(data.remoteRef).toEqual({ key: 'team/git', property: 'argocd.id_rsa', version: '7', decodingStrategy: 'Base64', ...defaults });
  });

  test('may be entries of their own, which are read whole', () => {
    const https = { secret: 'git-user', version: '7', keys: { username: {}, password: { secret: 'git-password', decodingStrategy: 'Auto' } } } as const;
    expect(specOf({ url, https }).data).toEqual([
      { secretKey: 'username', remoteRef: { key: 'git-user', version: '7', decodingStrategy: 'None', ...defaults } },
      { secretKey: 'password', remoteRef: { key: 'git-password', decodingStrategy: 'Auto', ...defaults } },
    ]);
  });
});

test('another store by its name, for all or for one of two entries', () => {
  const other = { secret: 'x', store: 'eu' };
  expect(specOf({ url, https: other }).secretStoreRef).toEqual({ name: 'fleet-eu', kind: 'SecretStore' });
  const spec = specOf({ url, https: { secret: 'y' }, clientCertificate: other });
  expect(spec.secretStoreRef).toEqual({ name: 'fleet', kind: 'SecretStore' });
  const storeRef = { name: 'fleet-eu', kind: 'SecretStore' };
  expect(spec.data.map(({ sourceRef }: Loose) => sourceRef)).toEqual([undefined, undefined, { storeRef }, { storeRef }]);
});

test.each<RepositoryConfig>([
  { url, type: 'helm', clientCertificate: { secret: 'x' } },
  { url, https: { secret: 'x', keys: { username: { secret: 'y', key: 'z', version: '1' } } }, clientCertificate: { secret: 'x', store: 'eu' } },
  { url, gcpServiceAccount: { secret: 'x', property: 'a', version: '1', decodingStrategy: 'Base64URL' } },
])('schemas have nothing against %j', (config) => {
  expect(manifests(config).flatMap(validateManifest)).toEqual([]);
});
