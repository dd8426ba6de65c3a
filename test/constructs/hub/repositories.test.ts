import { type RepositoryConfig, repositoryManifests, repositoryName } from '../../../constructs/hub/repositories';
import { validateManifest } from '../../../constructs/validate';
import type { Manifest } from '../../../layers/output';

const store = { name: 'fleet', kind: 'SecretStore' } as const;
const url = 'https://github.com/company';

function manifests(config: RepositoryConfig): readonly Manifest[] {
  return repositoryManifests('company', config, store, 'argocd');
}

/** Of the last manifest, the ExternalSecret. */
function template(config: RepositoryConfig) {
  const spec = manifests(config).at(-1)?.spec as { readonly target: { readonly template: { readonly metadata: unknown; readonly data: unknown } } };
  return spec.target.template;
}

const extract = (key: string) => ({ extract: { key, conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' } });

test('a GitHub App for every repository of an organization', () => {
  const config = {
    url: 'https://ghe.example.com/company',
    scope: 'credential-template',
    githubApp: { secret: 'fleet/github-app', enterpriseUrl: 'https://ghe.example.com/api/v3' },
  } as const;
  expect(manifests(config)).toEqual([
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'repository-company', namespace: 'argocd' },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { name: 'fleet', kind: 'SecretStore' },
        target: {
          name: 'repository-company',
          creationPolicy: 'Owner',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            metadata: { labels: { 'argocd.argoproj.io/secret-type': 'repo-creds' } },
            data: {
              type: 'git',
              url: 'https://ghe.example.com/company',
              githubAppID: '{{ .githubAppID }}',
              githubAppInstallationID: '{{ .githubAppInstallationID }}',
              githubAppPrivateKey: '{{ .githubAppPrivateKey }}',
              githubAppEnterpriseBaseUrl: 'https://ghe.example.com/api/v3',
            },
          },
        },
        dataFrom: [extract('fleet/github-app')],
      },
    },
  ]);
});

test('charts in a registry of AWS, by a token that is made again before it ends', () => {
  const registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/charts';
  const role = 'arn:aws:iam::123456789012:role/pull';
  expect(manifests({ url: `oci://${registry}`, ecr: { region: 'eu-west-1', role, serviceAccount: 'pull' } })).toEqual([
    {
      apiVersion: 'generators.external-secrets.io/v1alpha1',
      kind: 'ECRAuthorizationToken',
      metadata: { name: 'repository-company', namespace: 'argocd' },
      spec: { region: 'eu-west-1', role, auth: { jwt: { serviceAccountRef: { name: 'pull' } } } },
    },
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'repository-company', namespace: 'argocd' },
      spec: {
        refreshInterval: '6h',
        target: {
          name: 'repository-company',
          creationPolicy: 'Owner',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            metadata: { labels: { 'argocd.argoproj.io/secret-type': 'repository' } },
            data: { type: 'helm', enableOCI: 'true', url: registry, username: '{{ .username }}', password: '{{ .password }}' },
          },
        },
        dataFrom: [
          {
            sourceRef: {
              generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'ECRAuthorizationToken', name: 'repository-company' },
            },
          },
        ],
      },
    },
  ]);
});

test('user name and password for one repository of one project', () => {
  expect(template({ url, project: 'payments', https: { secret: 'fleet/git' } })).toEqual({
    engineVersion: 'v2',
    metadata: { labels: { 'argocd.argoproj.io/secret-type': 'repository' } },
    data: { type: 'git', url, project: 'payments', username: '{{ .username }}', password: '{{ .password }}' },
  });
});

test('an SSH key', () => {
  const ssh = 'git@github.com:company/fleet.git';
  expect(template({ url: ssh, ssh: { secret: 'fleet/deploy-key' } }).data).toEqual({ type: 'git', url: ssh, sshPrivateKey: '{{ .sshPrivateKey }}' });
});

test('a credential template has no project in Argo CD', () => {
  expect(template({ url, scope: 'credential-template', project: 'payments', https: { secret: 'fleet/git' } }).data).not.toHaveProperty('project');
});

test('a URL that holds braces is none of External Secrets templates', () => {
  expect(template({ url: 'https://example.com/{{x}}', https: { secret: 'fleet/git' } }).data).toMatchObject({ url: 'https://example.com/{{ `{{` }}x}}' });
});

test.each<RepositoryConfig>([
  { url, githubApp: { secret: 'x' } },
  { url, https: { secret: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:git-a1b2c3' } },
  { url, ssh: { secret: 'x' }, scope: 'credential-template' },
  { url, ecr: { region: 'eu-west-1' }, project: 'payments' },
])('schemas have nothing against %j', (config) => {
  expect(manifests(config).flatMap(validateManifest)).toEqual([]);
});

test('names are as long as the names of objects allow', () => {
  expect(repositoryName.pattern.test('a'.repeat(52))).toBe(true);
  expect(`repository-${'a'.repeat(52)}`).toHaveLength(63);
  for (const name of ['a'.repeat(53), 'Git', 'my_repo', '-a', 'a.b', '']) expect(repositoryName.pattern.test(name)).toBe(false);
});
