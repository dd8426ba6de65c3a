import { validateManifest } from '../../../constructs/argocd/validate-manifest';
import { repositoryManifests } from '../../../constructs/hub/render/repositories';
import { type RepositoryUse, repositoryTypeOf } from '../../../constructs/hub/resolve/repository-type';
import type { RepositoryConfig } from '../../../constructs/hub/tree/repository-config';
import type { Manifest } from '../../../layers/output';
import { repositoriesField } from '../../../layers/shape/credential-shape';
import type { Loose } from '../../builders/fleet-builder';
import { buildHubFleet, hubProblemsOf, releases, withComponent, withReleases, withSettings } from '../../builders/hub-builder';

const store = { name: 'fleet', kind: 'SecretStore' } as const;
const url = 'https://github.com/company';

function manifests(config: RepositoryConfig, uses: readonly RepositoryUse[] = []): readonly Manifest[] {
  return repositoryManifests(
    'company',
    config,
    repositoryTypeOf(config, uses),
    (name) => ({ ...store, name: name === undefined ? store.name : `fleet-${name}` }),
    'argocd',
  );
}

/** Of the last manifest, the ExternalSecret. */
function template(config: RepositoryConfig, uses: readonly RepositoryUse[] = []) {
  const spec = manifests(config, uses).at(-1)?.spec as { readonly target: { readonly template: { readonly metadata: unknown; readonly data: unknown } } };
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
        refreshInterval: '1h0m0s',
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
        refreshInterval: '6h0m0s',
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

const https = { secret: 'fleet/registry' };
const use = (type: RepositoryUse['type'], used: string): RepositoryUse => ({ type, url: used });

test.each<readonly [string, RepositoryConfig, readonly RepositoryUse[], { readonly [key: string]: string }]>([
  ['charts, as it says', { url: 'https://charts.example.com', type: 'helm', https }, [], { type: 'helm', url: 'https://charts.example.com' }],
  [
    'charts, as components use them',
    { url: 'https://charts.example.com/', https },
    [use('helm', 'https://charts.example.com')],
    { type: 'helm', url: 'https://charts.example.com/' },
  ],
  [
    'charts below a URL',
    { url: 'https://charts.example.com', scope: 'credential-template', https },
    [use('helm', 'https://charts.example.com/a'), use('helm', 'https://charts.example.com/b')],
    { type: 'helm', url: 'https://charts.example.com' },
  ],
  [
    'another URL is no use of it',
    { url: 'https://charts.example.com', https },
    [use('helm', 'https://charts.example.com/a')],
    { type: 'git', url: 'https://charts.example.com' },
  ],
  [
    'charts in a registry, which has no scheme',
    { url: 'ghcr.io/company/charts', https },
    [],
    { type: 'helm', enableOCI: 'true', url: 'ghcr.io/company/charts' },
  ],
  [
    'charts in a registry with a port',
    { url: 'registry.example.com:5000/charts', https },
    [],
    { type: 'helm', enableOCI: 'true', url: 'registry.example.com:5000/charts' },
  ],
  [
    'charts in a registry, written with its scheme',
    { url: 'oci://ghcr.io/company/charts', type: 'helm', https },
    [],
    { type: 'helm', enableOCI: 'true', url: 'ghcr.io/company/charts' },
  ],
  [
    'the same as components use it',
    { url: 'oci://ghcr.io/company/charts', https },
    [use('helm', 'ghcr.io/company/charts')],
    { type: 'helm', enableOCI: 'true', url: 'ghcr.io/company/charts' },
  ],
  ['images', { url: 'oci://ghcr.io/company/app', https }, [], { type: 'oci', url: 'oci://ghcr.io/company/app' }],
  [
    'images, as components use them',
    { url: 'ghcr.io/company', scope: 'credential-template', https },
    [use('oci', 'oci://ghcr.io/company/app')],
    { type: 'oci', url: 'oci://ghcr.io/company' },
  ],
  [
    'images, as it says',
    { url: 'ghcr.io/company/app', type: 'oci', https },
    [use('helm', 'ghcr.io/company/app')],
    { type: 'oci', url: 'oci://ghcr.io/company/app' },
  ],
  [
    'what is used as two things goes by its URL',
    { url: 'https://gitlab.example.com', scope: 'credential-template', https },
    [use('git', 'https://gitlab.example.com/a.git'), use('helm', 'https://gitlab.example.com/charts')],
    { type: 'git', url: 'https://gitlab.example.com' },
  ],
  [
    'Git, however it ends',
    { url: 'https://git.example.com/a', https },
    [use('git', 'https://git.example.com/a.git')],
    { type: 'git', url: 'https://git.example.com/a' },
  ],
])('%s', (_, config, uses, expected) => {
  expect(template(config, uses).data).toEqual({ ...expected, username: '{{ .username }}', password: '{{ .password }}' });
});

test('images in a registry of AWS', () => {
  const registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/apps';
  const config = { url: registry, ecr: { region: 'eu-west-1' } };
  expect(template(config).data).toMatchObject({ type: 'helm', enableOCI: 'true', url: registry });
  for (const data of [template({ ...config, type: 'oci' }).data, template(config, [use('oci', `oci://${registry}`)]).data]) {
    expect(data).toEqual({ type: 'oci', url: `oci://${registry}`, username: '{{ .username }}', password: '{{ .password }}' });
  }
});

test('a server whose certificate is not looked at, and a proxy: all values of a secret are text', () => {
  const proxy = 'http://proxy.example.com:3128';
  expect(template({ url, https, insecure: true, proxy }).data).toMatchObject({ type: 'git', url, insecure: 'true', proxy });
  expect(template({ url, ssh: https, insecure: false }).data).toEqual({ type: 'git', url, sshPrivateKey: '{{ .sshPrivateKey }}' });
});

test.each<RepositoryConfig>([
  { url, type: 'helm', https, insecure: true, proxy: 'socks5://proxy:1080' },
  { url: 'ghcr.io/x', type: 'oci', https },
  { url, githubApp: { secret: 'x' } },
  { url, https: { secret: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:git-a1b2c3' } },
  { url, ssh: { secret: 'x' }, scope: 'credential-template' },
  { url, ecr: { region: 'eu-west-1' }, project: 'payments' },
])('schemas have nothing against %j', (config) => {
  expect(manifests(config).flatMap(validateManifest)).toEqual([]);
});

test('what components use a repository as is what its credentials say, in any release', () => {
  const content = withSettings({
    repositories: {
      charts: { url: 'https://charts.example.com', https },
      jetstack: { url: 'https://charts.jetstack.io', https },
      fleet: { url: 'https://example.com/fleet', https },
      images: { url: 'oci://ghcr.io/company', scope: 'credential-template', https },
    },
  });
  const pinned = { default: { components: { 'cert-manager': { repoURL: 'oci://ghcr.io/company/cert-manager', path: '.', version: '1.0.0', helm: {} } } } };
  const output = buildHubFleet({ ...content, ...withReleases({ releases: { ...releases.releases, ...pinned } }) }).synth();
  const hub = [...output].find(({ path }) => path === 'hubs/hub-1');
  const types = hub?.files.flatMap((file) => {
    const spec = file.kind === 'manifest' && file.path.startsWith('bootstrap/repositories/') ? (file.document.spec as never as Loose) : undefined;
    return spec ? [[file.path.replace(/^.*\//, ''), spec.target.template.data.type]] : [];
  });
  expect(types).toEqual([
    ['charts.yaml', 'helm'],
    ['fleet.yaml', 'git'],
    ['images.yaml', 'oci'],
    ['jetstack.yaml', 'helm'],
  ]);
});

test('a source with an empty chart, as Argo CD writes one out, is read from Git', () => {
  const content = (type: string) => ({
    ...withSettings({ repositories: { shop: { url: 'https://git.example.com/shop', type, https } } }),
    ...withComponent({ extraSources: [{ repoURL: 'https://git.example.com/shop', chart: '', path: 'deploy', targetRevision: '1.0.0' }] }),
  });
  expect(hubProblemsOf(content('git'))).toEqual([]);
  expect(hubProblemsOf(content('helm'))).toEqual([expect.objectContaining({ code: 'invalid-field', expected: expect.stringContaining("'git'") })]);
});

test('what is no source is one mistake, whatever credentials there are', () => {
  for (const source of [null, 5, 'x', [], undefined]) {
    const content = {
      ...withSettings({ repositories: { charts: { url: 'https://charts.example.com', type: 'helm', https } } }),
      ...withComponent({ extraSources: [source] }),
    };
    expect(hubProblemsOf(content).every(({ file }) => file === 'config/addons/cert-manager.ts')).toBe(true);
  }
});

test('names are as long as the names of objects allow', () => {
  const { pattern } = repositoriesField.each.names;
  expect(pattern.test('a'.repeat(52))).toBe(true);
  expect(`repository-${'a'.repeat(52)}`).toHaveLength(63);
  for (const name of ['a'.repeat(53), 'Git', 'my_repo', '-a', 'a.b', '']) expect(pattern.test(name)).toBe(false);
});

describe('a key of credentials that is not known', () => {
  const told = (repository: object, overrides: object = {}) =>
    hubProblemsOf(withSettings({ repositories: { company: repository }, overrides })).map(({ code, place = [] }) => `${code} ${place.join('.')}`);

  test('is the missing one where it is nearly that, whichever layers say the two', () => {
    expect(told({ ulr: url, https: { secret: 'x' } })).toEqual(['unknown-key repositories.company.ulr']);
    expect(told({ url, htps: { secret: 'x' } })).toEqual(['unknown-key repositories.company.htps']);
    const below = { '*': { repositories: { company: { ulr: url } } } };
    expect(told({ https: { secret: 'x' } }, below)).toEqual(['unknown-key overrides.*.repositories.company.ulr']);
  });

  test('hides nothing else that is missing', () => {
    expect(told({ team: 'x', https: { secret: 'x' } })).toEqual(['unknown-key repositories.company.team', 'missing-field repositories.company.url']);
    expect(told({ url, team: 'x' })).toEqual(['wrong-type repositories.company', 'unknown-key repositories.company.team']);
    expect(told({ url, ssh: { name: 'x' } })).toEqual(['unknown-key repositories.company.ssh.name', 'missing-field repositories.company.ssh.secret']);
  });
});
