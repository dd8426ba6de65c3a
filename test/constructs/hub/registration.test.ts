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
