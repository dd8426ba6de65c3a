import { validateManifest } from '../../constructs/argocd/validate-manifest';
import { cluster } from '../../constructs/tree/cluster';
import type { Plain } from '../../layers/layer';
import type { Manifest } from '../../layers/output';

const metadata = { name: 'x', namespace: 'argocd' };

function manifest(apiVersion: string, kind: string, spec: Plain): Manifest {
  return { apiVersion, kind, metadata, spec };
}

const externalSecret = (spec: Plain) => manifest('external-secrets.io/v1', 'ExternalSecret', spec);
const aws = { service: 'SecretsManager', region: 'eu-west-1' };
const application = { project: 'default', destination: { name: 'x' } };

test.each<readonly [Manifest, readonly string[], string]>([
  [externalSecret({ refreshIntervall: '1h' }), ['spec', 'refreshIntervall'], "did you mean 'refreshInterval'?"],
  [
    externalSecret({ target: { template: { templateFrom: [{ litteral: '' }] } } }),
    ['spec', 'target', 'template', 'templateFrom', '0', 'litteral'],
    "did you mean 'literal'?",
  ],
  [manifest('external-secrets.io/v1', 'SecretStore', { provider: { aws: { ...aws, rol: 'x' } } }), ['spec', 'provider', 'aws', 'rol'], "did you mean 'role'?"],
  [manifest('external-secrets.io/v1', 'SecretStore', { provider: {}, retrySetting: {} }), ['spec', 'retrySetting'], "did you mean 'retrySettings'?"],
  [manifest('generators.external-secrets.io/v1alpha1', 'ECRAuthorizationToken', { region: 'x', roles: 'y' }), ['spec', 'roles'], "did you mean 'role'?"],
  [manifest('argoproj.io/v1alpha1', 'Application', { ...application, sorce: {} }), ['spec', 'sorce'], "did you mean 'source'?"],
])('a misspelt field of $kind is found', (wrong, path, hint) => {
  expect(validateManifest(wrong)).toMatchObject([{ code: 'unknown-field', path, hint }]);
});

test.each<readonly [string, Manifest, object]>([
  ['a missing field', manifest('external-secrets.io/v1', 'SecretStore', {}), { code: 'missing-field', message: "SecretStore needs the field 'spec.provider'" }],
  ['a wrong type', externalSecret({ dataFrom: {} }), { code: 'invalid-field', message: "'spec.dataFrom' has the wrong type", expected: 'a list' }],
  [
    'a word that is none of a few',
    externalSecret({ target: { creationPolicy: 'Own' } }),
    { code: 'invalid-field', path: ['spec', 'target', 'creationPolicy'] },
  ],
  ['a name that Kubernetes refuses', externalSecret({ secretStoreRef: { name: 'My Store' } }), { path: ['spec', 'secretStoreRef', 'name'] }],
  [
    'two where one is allowed',
    externalSecret({ dataFrom: [{ sourceRef: { storeRef: {}, generatorRef: { kind: 'Fake', name: 'x' } } }] }),
    { path: ['spec', 'dataFrom', '0', 'sourceRef'] },
  ],
  ['no list of nothing', externalSecret({ syncWindows: { kind: 'deny', windows: [] } }), { path: ['spec', 'syncWindows', 'windows'] }],
])('%s is found', (_, wrong, finding) => {
  expect(validateManifest(wrong)).toMatchObject([finding]);
});

test.each<readonly [string, Manifest]>([
  ['a provider that the schema leaves open', manifest('external-secrets.io/v1', 'SecretStore', { provider: { onepassword: { connectHost: 'x' } } })],
  ['an older version, of which nothing is known', manifest('external-secrets.io/v1beta1', 'ExternalSecret', { anything: true })],
  ['another kind of the group', manifest('external-secrets.io/v1alpha1', 'PushSecret', { anything: true })],
  ['a plain secret', { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { a: 'b' } }],
  ['a group that only ends alike', manifest('example-argoproj.io/v1', 'Application', {})],
  ['a name that the cluster decides', externalSecret({ secretStoreRef: { name: `${cluster.name}-store` } })],
])('there is nothing against %s', (_, right) => {
  expect(validateManifest(right)).toEqual([]);
});

test('the path of a layered spec is written without `spec`', () => {
  const [finding] = validateManifest(manifest('argoproj.io/v1alpha1', 'Application', { ...application, destination: { nam: 'x' } }));
  expect(finding?.message).toBe("Application has no field 'destination.nam'");
});

test('a manifest without its spec misses just that', () => {
  expect(validateManifest({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata })).toMatchObject([
    { code: 'missing-field', message: "Application needs the field 'spec'" },
  ]);
});
