import { validateManifest } from '../../../constructs/argocd/validate-manifest';
import { type Registration, registrationManifest } from '../../../constructs/hub/render/registration';

const spoke: Registration = {
  cluster: 'spoke-dev-1',
  secret: { secret: 'fleet/spoke-dev-1' },
  labels: { fleet_member: 'spoke', addonsRelease: 'default' },
  annotations: { 'example.com/vpc': 'vpc-1' },
  store: { name: 'fleet', kind: 'SecretStore' },
  namespace: 'argocd',
  isLocal: false,
};

function templateOf(registration: Registration) {
  const spec = registrationManifest(registration).spec as { readonly target: { readonly template: { readonly [key: string]: unknown } } };
  return spec.target.template;
}

test('a spoke is registered by what the secret manager and Git say of it', () => {
  expect(registrationManifest(spoke)).toEqual({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'cluster-spoke-dev-1', namespace: 'argocd', annotations: { 'argocd.argoproj.io/sync-wave': '1' } },
    spec: {
      refreshInterval: '1h0m0s',
      secretStoreRef: { name: 'fleet', kind: 'SecretStore' },
      target: {
        name: 'cluster-spoke-dev-1',
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        template: {
          engineVersion: 'v2',
          metadata: {
            labels: { fleet_member: 'spoke', addonsRelease: 'default', 'argocd.argoproj.io/secret-type': 'cluster' },
            annotations: { 'example.com/vpc': 'vpc-1' },
          },
          data: { name: 'spoke-dev-1', server: '{{ .server }}', config: '{{ .config }}' },
          templateFrom: [{ target: 'Annotations', literal: '{{ with index . "annotations" }}{{ . }}{{ else }}{}{{ end }}' }],
        },
      },
      dataFrom: [{ extract: { key: 'fleet/spoke-dev-1', conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' } }],
    },
  });
});

test('the cluster that Argo CD runs in needs no credentials, and has annotations from the secret manager too', () => {
  const template = templateOf({ ...spoke, cluster: 'hub', isLocal: true });
  expect(template.data).toEqual({ name: 'hub', server: 'https://kubernetes.default.svc', config: '{"tlsClientConfig":{"insecure":false}}' });
  expect(template.templateFrom).toHaveLength(1);
});

test('no label comes from the secret manager', () => {
  const targets = (templateOf(spoke).templateFrom as readonly { readonly target: string }[]).map(({ target }) => target);
  expect(targets).toEqual(['Annotations']);
});

test('no label of Git makes it another kind of secret', () => {
  const { labels } = templateOf({ ...spoke, labels: { 'argocd.argoproj.io/secret-type': 'repository' } }).metadata as { readonly labels: unknown };
  expect(labels).toEqual({ 'argocd.argoproj.io/secret-type': 'cluster' });
});

test('annotations with braces in them reach Argo CD as they are written', () => {
  const { annotations } = templateOf({ ...spoke, annotations: { note: '{{ .server }}' } }).metadata as { readonly annotations: unknown };
  expect(annotations).toEqual({ note: '{{ `{{` }} .server }}' });
});

test('no annotations are no empty map', () => {
  expect(templateOf({ ...spoke, annotations: {} }).metadata).not.toHaveProperty('annotations');
});

test.each([spoke, { ...spoke, isLocal: true, labels: {}, annotations: {} }])('schemas have nothing against a registration', (registration) => {
  expect(validateManifest(registrationManifest(registration))).toEqual([]);
});

describe('an entry that calls things otherwise', () => {
  const keys = { server: 'endpoint', config: { secret: 'argocd-config' } };
  const defaults = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };
  const specOf = (secret: object, isLocal = false) =>
    registrationManifest({ ...spoke, secret: { secret: 'eks/dev-1', ...secret }, isLocal }).spec as Record<string, unknown>;

  test('is asked for what is needed, by its own names, and for no annotations', () => {
    const { data, dataFrom } = specOf({ keys });
    expect(dataFrom).toBeUndefined();
    expect(data).toEqual([
      { secretKey: 'server', remoteRef: { key: 'eks/dev-1', property: 'endpoint', ...defaults } },
      { secretKey: 'config', remoteRef: { key: 'argocd-config', ...defaults } },
    ]);
    expect(templateOf({ ...spoke, secret: { secret: 'x', keys } })).not.toHaveProperty('templateFrom');
  });

  test('is read whole for what it may lack', () => {
    const whole = [{ extract: { key: 'eks/dev-1', ...defaults } }];
    for (const more of [{ annotationsFrom: { a: 'b' } }, { labelsFrom: { a: 'b' } }, { keys: { ...keys, annotations: 'tags' } }]) {
      expect(specOf({ keys, ...more })).toMatchObject({ dataFrom: whole, data: [{ secretKey: 'server' }, { secretKey: 'config' }] });
    }
  });

  test('may have its map of annotations in another entry, which has to be there then', () => {
    const { data, dataFrom, target } = specOf({ keys: { ...keys, annotations: { secret: 'facts', key: 'of.dev-1' } } }) as Record<string, never>;
    expect(dataFrom).toBeUndefined();
    expect(data).toContainEqual({ secretKey: 'annotations', remoteRef: { key: 'facts', property: 'of.dev-1', ...defaults } });
    expect(target).toMatchObject({ template: { templateFrom: [{ target: 'Annotations', literal: expect.stringContaining('"annotations"') }] } });
  });

  test('needs no server of the cluster that Argo CD runs in, but something to be made of', () => {
    expect(specOf({ keys: { server: 'endpoint' } }, true)).toMatchObject({ dataFrom: [{ extract: { key: 'eks/dev-1' } }] });
    expect(specOf({ keys: { server: 'endpoint' } }, true)).not.toHaveProperty('data');
    expect(specOf({ keys: { server: {}, config: {} } }, true)).toMatchObject({ data: [{ remoteRef: { key: 'eks/dev-1' } }, {}] });
  });

  test.each([{ keys }, { property: 'a', version: '1', annotationsFrom: { 'x/y': 'a.b.c' }, labelsFrom: { z: 'q' } }, { store: 'eu', keys }])(
    'schemas have nothing against %j',
    (secret) => expect(validateManifest(registrationManifest({ ...spoke, secret: { secret: 'x', ...secret } }))).toEqual([]),
  );
});
