import { parse } from 'yaml';
import { stateContents } from '../../../changes/contents/state-contents';
import { clusterDetail } from '../../../cli/print/clusters-text';
import { argoCDNamespaces } from '../../../cli/read/argo-cd-namespaces';
import { configState } from '../../../cli/read/state/config-state';
import { type MemberView, unset } from '../../../constructs';
import { hubBootstrapOf } from '../../../constructs/hub/hub-bootstrap';
import { texts } from '../../../store/output/output-folder';
import {
  argoCD,
  bootstrap,
  buildHubFleet,
  externalSecrets,
  type HubContent,
  hubProblemsOf,
  smallHubFleet,
  withBootstrap,
  withComponent,
  withFleet,
  withHub,
  withSettings,
  withSpoke,
} from '../../builders/hub-builder';
import { type Mistake, reportsEach } from './mistake';

// biome-ignore lint/suspicious/noExplicitAny: rendered manifests are looked at by hand
type Loose = any;

const mirror = 'https://git.eu.example.com/fleet.git';

function rendered(content: HubContent): ReadonlyMap<string, Loose> {
  return new Map([...texts(buildHubFleet(content).synth())].map(({ path, text }) => [path, path.endsWith('.yaml') ? parse(text) : text]));
}

function withSpokes(spokes: { readonly [name: string]: object }, content: HubContent = {}): HubContent {
  const said = Object.entries(spokes).map(([name, fields]) => [name, { ...(smallHubFleet.spokes[name] as object), ...fields }]);
  return { ...content, spokes: { ...smallHubFleet.spokes, ...Object.fromEntries(said) } };
}

describe('where what is rendered for a cluster is read', () => {
  const files = rendered(withSpokes({ 'spoke-1': { repository: mirror, revision: 'eu', path: 'copies/dist/' } }));
  const { generators, template } = files.get('hubs/hub-1/argocd/applicationsets/addons/cert-manager.yaml').spec;

  test('its charts get their values from there, and those of others do not', () => {
    const told = generators.map(({ clusters }: Loose) => [clusters.selector.matchExpressions.slice(1), clusters.template.spec.sources]);
    const chart = (path: string) => expect.objectContaining({ helm: expect.objectContaining({ valueFiles: [`$values/${path}`] }) });
    const inFolder = `{{ index (get .metadata "labels" | default dict) "fleet_member" | default "" }}s/{{ .name }}/values/addons/cert-manager.yaml`;
    const own = [chart(`copies/dist/${inFolder}`), { ref: 'values', repoURL: mirror, targetRevision: 'eu' }];
    const usual = [chart(`dist/${inFolder}`), { ref: 'values', repoURL: 'https://example.com/fleet.git', targetRevision: 'HEAD' }];
    const named = [{ key: 'cluster_name', operator: 'In', values: ['spoke-1'] }];
    const others = [
      { key: 'cluster_name', operator: 'Exists' },
      { key: 'cluster_name', operator: 'NotIn', values: ['spoke-1'] },
    ];
    expect(told).toEqual([
      [others, usual],
      [named, own],
      [others, usual],
      [named, own],
    ]);
    expect(template.spec.sources).toBeUndefined();
  });

  test('files stay where they are', () => {
    expect([...files.keys()]).toEqual([...rendered({}).keys()]);
  });

  test('a component that reads none of it has one generator for all', () => {
    const { generators: all } = rendered(
      withSpokes(
        { 'spoke-1': { repository: mirror } },
        {
          groups: {
            addons: { components: { plain: { repoURL: 'https://example.com/x.git', path: 'p', version: 'v1', namespace: 'p', enabled: true } } },
            bootstrap,
          },
        },
      ),
    ).get('hubs/hub-1/argocd/applicationsets/addons/plain.yaml').spec;
    expect(all).toHaveLength(1);
  });

  test('of a folder of the repository at its revision, whatever is said of the folder of output', () => {
    const plain = { path: 'plain', namespace: 'p', enabled: true, alsoReads: [] };
    const set = rendered(withSpokes({ 'spoke-1': { revision: 'branch', path: 'other' } }, { groups: { addons: { components: { plain } }, bootstrap } })).get(
      'hubs/hub-1/argocd/applicationsets/addons/plain.yaml',
    );
    expect(set.spec.generators.map(({ clusters }: Loose) => [clusters.values.version, clusters.template])).toEqual([
      ['HEAD', undefined],
      ['branch', undefined],
    ]);
    expect(set.spec.template.metadata.annotations).toEqual({ 'argocd.argoproj.io/manifest-generate-paths': '/plain' });
  });

  test('commits concern it where it reads, and nobody else', () => {
    const chart = { path: 'charts/own', namespace: 'p', enabled: true, values: {}, alsoReads: [] };
    const set = rendered(withSpokes({ 'spoke-1': { path: 'other' } }, { groups: { addons: { components: { chart } }, bootstrap } })).get(
      'hubs/hub-1/argocd/applicationsets/addons/chart.yaml',
    );
    const paths = set.spec.generators.map(({ clusters }: Loose) => clusters.template.metadata.annotations['argocd.argoproj.io/manifest-generate-paths']);
    expect(paths).toEqual([expect.stringMatching(/^\/dist\/.*;\/charts\/own$/), expect.stringMatching(/^\/other\/.*;\/charts\/own$/)]);
    expect(set.spec.template.metadata.annotations).toBeUndefined();
  });

  test('a repository that a component names is not another one because a cluster reads a mirror', () => {
    const named = { repoURL: 'https://example.com/fleet.git', path: 'plain', namespace: 'p', enabled: true };
    const content = withSpokes({ 'spoke-1': { repository: mirror, revision: 'eu' } }, { groups: { addons: { components: { named } }, bootstrap } });
    const { generators: all, template: one } = rendered(content).get('hubs/hub-1/argocd/applicationsets/addons/named.yaml').spec;
    expect([all.length, all[0].clusters.values.version, one.spec.source.repoURL]).toEqual([1, 'HEAD', 'https://example.com/fleet.git']);
  });
});

describe('a cluster with an Argo CD of its own', () => {
  const content = withSpokes({ 'spoke-2': { repository: mirror, revision: 'eu', platformNamespace: 'argo' } });
  const files = rendered(content);

  test('begins there, in the namespace that it says', () => {
    const root = files.get('spokes/spoke-2/bootstrap/root.yaml');
    expect([root.metadata.namespace, root.spec.destination.namespace]).toEqual(['argo', 'argo']);
    expect(root.spec.source).toMatchObject({ path: 'dist/spokes/spoke-2/argocd', repoURL: mirror, targetRevision: 'eu' });
    for (const file of ['argocd/members/spoke-2.yaml', 'argocd/applicationsets/addons/cert-manager.yaml']) {
      expect([file, files.get(`spokes/spoke-2/${file}`).metadata.namespace]).toEqual([file, 'argo']);
    }
  });

  test('gets Argo CD, External Secrets and its root there, from a hub that stays where it is', () => {
    const hub = [...files].filter(([path]) => /^hubs\/hub-1\/(argocd|bootstrap)\//.test(path));
    expect(new Set(hub.map(([, { metadata }]) => metadata.namespace))).toEqual(new Set(['argocd']));
    for (const name of ['argo-cd', 'external-secrets']) {
      const { generators } = files.get(`hubs/hub-1/argocd/applicationsets/bootstrap/${name}.yaml`).spec;
      const own = generators.find(({ clusters }: Loose) => clusters.selector.matchExpressions.some(({ values }: Loose) => values?.[0] === 'spoke-2'));
      expect([name, generators.map(({ clusters }: Loose) => clusters.template.spec.destination.namespace).sort(), own === undefined]).toEqual([
        name,
        ['argo', 'argocd'],
        false,
      ]);
    }
  });

  test('is told apart from other spokes where its hub gives out roots', () => {
    const { generators, template } = files.get('hubs/hub-1/argocd/applicationsets/fleet-spokes.yaml').spec;
    expect(generators.map(({ clusters }: Loose) => [clusters.selector.matchExpressions, clusters.template.spec])).toEqual([
      [
        [
          { key: 'cluster_name', operator: 'Exists' },
          { key: 'cluster_name', operator: 'NotIn', values: ['spoke-2'] },
        ],
        {
          destination: { name: '{{ .name }}', namespace: 'argocd' },
          project: '',
          source: { directory: { recurse: true }, path: 'dist/spokes/{{ .name }}/bootstrap', repoURL: 'https://example.com/fleet.git', targetRevision: 'HEAD' },
        },
      ],
      [
        [{ key: 'cluster_name', operator: 'In', values: ['spoke-2'] }],
        {
          destination: { name: '{{ .name }}', namespace: 'argo' },
          project: '',
          source: { directory: { recurse: true }, path: 'dist/spokes/{{ .name }}/bootstrap', repoURL: mirror, targetRevision: 'eu' },
        },
      ],
    ]);
    expect(Object.keys(template.spec)).not.toContain('source');
  });

  test('is seen by commands', () => {
    const [spoke] = buildHubFleet(content)
      .synth()
      .members.filter(({ name }) => name === 'spoke-2');
    expect(spoke?.home).toEqual({ repository: mirror, revision: 'eu', path: 'dist', platformNamespace: 'argo' });
  });
});

test('a hub may have another namespace than its spokes, which see nothing of it', () => {
  const before = buildHubFleet({}).synth();
  const after = buildHubFleet(withHub({ platformNamespace: 'hub-argo' })).synth();
  const textOf = (output: typeof before, path: string) =>
    [...output.effects()].filter((one) => one.path === path).map(({ clusterType, folder }) => [clusterType, JSON.stringify([...texts([folder])])]);
  for (const spoke of ['shop/dev/spoke-1', 'shop/prod/spoke-2']) expect(textOf(after, spoke)).toEqual(textOf(before, spoke));
  expect(textOf(after, 'platform/prod/hub-1')).not.toEqual(textOf(before, 'platform/prod/hub-1'));
  const files = rendered(withHub({ platformNamespace: 'hub-argo' }));
  expect(files.get('hubs/hub-1/bootstrap/root.yaml').spec.destination.namespace).toBe('hub-argo');
  expect(files.get('hubs/hub-1/argocd/applicationsets/fleet-spokes.yaml').metadata.namespace).toBe('hub-argo');
  expect(files.get('hubs/hub-1/argocd/members/spoke-1.yaml').metadata.namespace).toBe('hub-argo');
  expect(files.get('spokes/spoke-2/bootstrap/root.yaml').metadata.namespace).toBe('argocd');
});

test('layers say it as any other setting, the narrowest one wins, and unset gives back what the fleet says', () => {
  const content = { ...withSettings({ revision: 'all', overrides: { shop: { revision: 'shop' } } }), ...withSpoke({ revision: unset }) };
  const homes = buildHubFleet(content).synth().members;
  expect(homes.map(({ name, home }) => [name, home.revision])).toEqual([
    ['spoke-1', 'HEAD'],
    ['spoke-2', 'shop'],
    ['hub-1', 'all'],
  ]);
});

test('credentials of a mirror are those of a Git repository', () => {
  const repositories = { mirror: { url: mirror, type: 'helm', https: { secret: 'fleet/mirror' } } };
  expect(hubProblemsOf({ ...withSettings({ repositories }), ...withSpoke({ repository: mirror }) })).toMatchObject([
    { code: 'invalid-field', message: "'mirror' is used as another type of repository", expected: expect.stringContaining("'git'") },
  ]);
});

test('commands show it: of a cluster, at what a hub begins with, and where Applications are', () => {
  const content = { ...withHub({ platformNamespace: 'hub-argo', revision: 'stable' }), ...withSpoke({ repository: mirror, path: 'copy' }) };
  const fleet = buildHubFleet(content);
  const rowsOf = (name: string) => clusterDetail(fleet.synth().members.find((one) => one.name === name) as MemberView).map((row) => row.trim());
  expect(rowsOf('spoke-1')).toContain(`reads    ${mirror} at HEAD, below copy`);
  expect(rowsOf('spoke-1').filter((row) => row.startsWith('argo cd'))).toEqual([]);
  expect(rowsOf('hub-1').filter((row) => /^(reads|argo cd)/.test(row))).toEqual([
    expect.stringMatching(/^reads +https:\/\/example\.com\/fleet\.git at stable, below dist$/),
    expect.stringMatching(/^argo cd +in the namespace hub-argo$/),
  ]);
  expect(hubBootstrapOf(fleet, 'hub-1').before).toEqual([
    expect.stringContaining("Argo CD in 'hub-argo'"),
    expect.anything(),
    expect.stringContaining('at the revision stable, below dist/hubs/hub-1'),
  ]);
  expect([argoCDNamespaces(buildHubFleet({})), argoCDNamespaces(fleet)]).toEqual(['-n argocd', '-A']);
});

test('who says where values are read, and what is beside them, is known of a state as of a configuration', () => {
  const content = {
    ...withSpoke({ repository: mirror, path: 'copy', components: { 'cert-manager': { helm: { valuesObject: { a: 1 } } } } }),
    ...withComponent({ overrides: { '*': { enabled: true, values: { b: 1 } } } }),
  };
  const { apps } = stateContents(configState(buildHubFleet(content).synth()));
  const app = apps.find((one) => one.app === 'cert-manager');
  const layerOf = (...keys: string[]) => app?.layerOf(keys, 'shop/dev/spoke-1');
  const own = 'override shop/dev/spoke-1';
  expect(layerOf('sources', '1', 'repoURL')).toBe(own);
  expect(layerOf('sources', '0', 'helm', 'valueFiles')).toBe(own);
  expect(layerOf('sources', '1', 'targetRevision')).not.toBe(own);
  expect(layerOf('sources', '0', 'helm', 'valuesObject', 'a')).toBe(own);
  expect(app?.layerOf(['sources', '1', 'repoURL'], 'shop/prod/spoke-2')).not.toBe(own);
});

const spoke = 'config/spokes/spoke-1.ts';
const hub = 'config/hubs/hub-1.ts';
const token = `ghp_${'aB3dE5gH7j'.repeat(4)}`;

reportsEach([
  [
    'an empty repository of a cluster',
    withSpoke({ repository: '' }),
    { code: 'invalid-field', file: spoke, at: 'repository', message: "'repository' is empty" },
  ],
  [
    'a repository of a cluster that is no URL',
    withSpoke({ repository: 'fleet' }),
    { code: 'invalid-field', file: spoke, at: 'repository', message: "'fleet' is no URL of a Git repository" },
  ],
  [
    'a repository of the fleet that is no URL',
    withFleet({ repository: 'fleet' }),
    { code: 'invalid-field', file: 'config/fleet.ts', at: 'repository', message: "'fleet' is no URL of a Git repository" },
  ],
  [
    'a placeholder for the repository of a cluster',
    withSpoke({ repository: 'https://repository.invalid/x' }),
    { code: 'repository-placeholder', file: spoke, at: 'repository', severity: 'warning' },
  ],
  [
    'a password in the repository of a cluster',
    withSpoke({ repository: `https://x:${token}@example.com/fleet.git` }),
    { code: 'secret-value', file: spoke, at: 'repository', message: expect.stringContaining("'repository' looks like a secret") },
  ],
  ['a number as a repository', withSpoke({ repository: 5 }), { code: 'wrong-type', file: spoke, at: 'repository', found: 'the number 5' }],
  ['an empty revision of a cluster', withHub({ revision: '' }), { code: 'invalid-field', file: hub, at: 'revision', message: "'revision' is empty" }],
  ['a number as a revision', withHub({ revision: 7 }), { code: 'wrong-type', file: hub, at: 'revision', found: 'the number 7' }],
  [
    'a path of a cluster that leads out of the repository',
    withSpoke({ path: '../dist' }),
    { code: 'invalid-name', file: spoke, at: 'path', message: "'../dist' cannot be the path of rendered output" },
  ],
  [
    'an empty path of a cluster',
    withSpoke({ path: '' }),
    { code: 'invalid-name', file: spoke, at: 'path', message: "'' cannot be the path of rendered output" },
  ],
  [
    'a namespace of Argo CD that Kubernetes refuses',
    withHub({ platformNamespace: 'Argo' }),
    { code: 'invalid-name', file: hub, at: 'platformNamespace', message: "'Argo' cannot be the namespace" },
  ],
  [
    'a template in the repository of a cluster',
    withSpoke({ repository: '{{ .name }}' }),
    { code: 'handwritten-expression', file: spoke, at: 'repository', message: 'a template in the settings of a member' },
  ],
  [
    'an Argo CD in another namespace than its cluster says',
    {
      ...withHub({ platformNamespace: 'argo' }),
      ...withBootstrap({ components: { 'argo-cd': { ...argoCD, namespace: 'argocd' }, 'external-secrets': externalSecrets } }),
    },
    { code: 'bootstrap-group', at: 'namespace', expected: "the platform namespace, 'argo'", found: "'argocd'" },
  ],
  [
    'a chart of the repository at another revision than the values of a cluster',
    {
      ...withSpoke({ revision: 'branch' }),
      groups: { addons: { components: { own: { path: 'charts/own', version: 'HEAD', namespace: 'p', enabled: true, values: {} } } }, bootstrap },
    },
    { code: 'component-source', at: 'version', expected: "the revision of the clusters, 'branch': leave the version out", found: "the string 'HEAD'" },
  ],
] satisfies readonly Mistake[]);
