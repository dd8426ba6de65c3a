import { parse } from 'yaml';
import { validateManifest } from '../../constructs/argocd/validate-manifest';
import { RecordReader } from '../../layers/record';
import { texts } from '../../store/output/output-folder';
import { buildAnyFleet } from '../builders/fleet-builder';
import { isLongForm, partly } from '../runs';
import { type Application, interpret } from './argo-cd';
import { dist, renderedExample } from './rendered-example';

const files = renderedExample();
// biome-ignore lint/suspicious/noExplicitAny: tests reach into manifests of every kind
const manifests: readonly any[] = [...files].filter(([path]) => path.endsWith('.yaml') && !path.includes('/values/')).map(([, text]) => parse(text));
const { applications, secrets } = interpret(files);

function table(of: (application: Application) => boolean): readonly string[] {
  return applications
    .filter(of)
    .map(({ name, spec, argoCD }) => `${name} ${(spec.source ?? spec.sources[0]).targetRevision} by ${argoCD}`)
    .sort();
}

test.each([
  // Its own file enables two add-ons; `*` enables metrics-server and monitoring everywhere.
  [
    'hub-1',
    [
      'argo-cd-hub-1 9.1.3 by hub-1',
      'cert-manager-hub-1 v1.18.2 by hub-1',
      'external-secrets-hub-1 1.1.0 by hub-1',
      'kube-prometheus-stack-hub-1 79.5.0 by hub-1',
      'metrics-server-hub-1 3.12.2 by hub-1',
    ],
  ],
  // Centralized; in tenant1/dev the patch has come with release1.
  [
    'tenant1-dev-workload1',
    [
      'cert-manager-tenant1-dev-workload1 v1.19.0 by hub-1',
      'external-dns-tenant1-dev-workload1 1.19.0 by hub-1',
      'kube-prometheus-stack-tenant1-dev-workload1 79.5.0 by hub-1',
      'lbc-tenant1-dev-workload1 1.14.1 by hub-1',
      'metrics-server-tenant1-dev-workload1 3.13.0 by hub-1',
      'namespaces-tenant1-dev-workload1 HEAD by hub-1',
    ],
  ],
  // Distributed: it manages addons and resources; bootstrap and monitoring stay with the hub.
  [
    'tenant1-dev-workload2',
    [
      'argo-cd-tenant1-dev-workload2 9.1.3 by hub-1',
      'cert-manager-tenant1-dev-workload2 v1.19.0 by tenant1-dev-workload2',
      'external-dns-tenant1-dev-workload2 1.19.0 by tenant1-dev-workload2',
      'external-secrets-tenant1-dev-workload2 1.1.0 by hub-1',
      'fleet-tenant1-dev-workload2 HEAD by hub-1',
      'kube-prometheus-stack-tenant1-dev-workload2 79.5.0 by hub-1',
      'lbc-tenant1-dev-workload2 1.14.1 by tenant1-dev-workload2',
      'metrics-server-tenant1-dev-workload2 3.13.0 by tenant1-dev-workload2',
      'namespaces-tenant1-dev-workload2 HEAD by tenant1-dev-workload2',
    ],
  ],
  [
    'tenant1-prod-workload1',
    [
      'cert-manager-tenant1-prod-workload1 v1.18.2 by hub-1',
      'external-dns-tenant1-prod-workload1 1.15.0 by hub-1',
      'kube-prometheus-stack-tenant1-prod-workload1 79.5.0 by hub-1',
      'lbc-tenant1-prod-workload1 1.11.0 by hub-1',
      'metrics-server-tenant1-prod-workload1 3.12.2 by hub-1',
      'namespaces-tenant1-prod-workload1 HEAD by hub-1',
    ],
  ],
  // Manages addons alone. In tenant2 load balancers are for production.
  [
    'tenant2-dev-workload1',
    [
      'argo-cd-tenant2-dev-workload1 9.1.3 by hub-1',
      'cert-manager-tenant2-dev-workload1 v1.18.2 by tenant2-dev-workload1',
      'external-dns-tenant2-dev-workload1 1.15.0 by tenant2-dev-workload1',
      'external-secrets-tenant2-dev-workload1 1.1.0 by hub-1',
      'fleet-tenant2-dev-workload1 HEAD by hub-1',
      'kube-prometheus-stack-tenant2-dev-workload1 79.5.0 by hub-1',
      'metrics-server-tenant2-dev-workload1 3.12.2 by tenant2-dev-workload1',
      'namespaces-tenant2-dev-workload1 HEAD by hub-1',
    ],
  ],
  [
    'tenant2-prod-workload1',
    [
      'argo-cd-tenant2-prod-workload1 9.1.3 by hub-1',
      'cert-manager-tenant2-prod-workload1 v1.18.2 by tenant2-prod-workload1',
      'external-dns-tenant2-prod-workload1 1.15.0 by tenant2-prod-workload1',
      'external-secrets-tenant2-prod-workload1 1.1.0 by hub-1',
      'fleet-tenant2-prod-workload1 HEAD by hub-1',
      'kube-prometheus-stack-tenant2-prod-workload1 79.5.0 by hub-1',
      'lbc-tenant2-prod-workload1 1.11.0 by tenant2-prod-workload1',
      'metrics-server-tenant2-prod-workload1 3.12.2 by tenant2-prod-workload1',
      'namespaces-tenant2-prod-workload1 HEAD by tenant2-prod-workload1',
    ],
  ],
  // Its own file disables external-dns.
  [
    'tenant2-prod-workload2',
    [
      'cert-manager-tenant2-prod-workload2 v1.18.2 by hub-1',
      'kube-prometheus-stack-tenant2-prod-workload2 79.5.0 by hub-1',
      'lbc-tenant2-prod-workload2 1.11.0 by hub-1',
      'metrics-server-tenant2-prod-workload2 3.12.2 by hub-1',
      'namespaces-tenant2-prod-workload2 HEAD by hub-1',
    ],
  ],
])('%s gets exactly these Applications', (cluster, expected) => {
  expect(table((application) => application.cluster === cluster)).toEqual(expected);
});

test('there is no cluster besides', () => {
  expect([...new Set(applications.map(({ cluster }) => cluster))].sort()).toEqual(
    [...new Set([...files.keys()].map((path) => path.slice(dist.length).split('/')[2]))].sort(),
  );
});

test('an Application is the template with what differs in its release', () => {
  const found = applications.find(({ name }) => name === 'cert-manager-tenant1-dev-workload2');
  expect(found).toEqual({
    argoCD: 'tenant1-dev-workload2',
    set: 'cert-manager',
    name: 'cert-manager-tenant1-dev-workload2',
    cluster: 'tenant1-dev-workload2',
    metadata: {
      name: 'cert-manager-tenant1-dev-workload2',
      labels: { 'fleet/cluster': 'tenant1-dev-workload2', 'fleet/component': 'cert-manager', 'fleet/group': 'addons', 'fleet/release': 'release1' },
    },
    spec: {
      destination: { name: 'tenant1-dev-workload2', namespace: 'cert-manager' },
      ignoreDifferences: [
        { group: 'admissionregistration.k8s.io', jqPathExpressions: ['.webhooks[].clientConfig.caBundle'], kind: 'ValidatingWebhookConfiguration' },
      ],
      project: 'default',
      sources: [
        {
          chart: 'cert-manager',
          helm: {
            releaseName: 'cert-manager',
            valueFiles: ['$values/examples/hub-spoke/dist/spokes/tenant1-dev-workload2/values/addons/cert-manager.yaml'],
          },
          repoURL: 'https://charts.jetstack.io',
          targetRevision: 'v1.19.0',
        },
        { ref: 'values', repoURL: 'https://github.com/company/fleet', targetRevision: 'HEAD' },
      ],
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        retry: { backoff: { duration: '10s', factor: 2, maxDuration: '3m' }, limit: -1, refresh: true },
        syncOptions: ['CreateNamespace=true'],
      },
    },
  });
  const [before] = applications.filter(({ name }) => name === 'cert-manager-tenant1-prod-workload1');
  expect(before?.spec).not.toHaveProperty('ignoreDifferences');
});

test('every file of values that an Application reads is there, and every file of values is read by one Application', () => {
  const read = applications.flatMap(({ spec }) => (spec.sources ?? []).flatMap(({ helm }: { helm?: { valueFiles: string[] } }) => helm?.valueFiles ?? []));
  const there = [...files.keys()].filter((path) => path.includes('/values/')).map((path) => `$values/${path}`);
  expect(there.length).toBeGreaterThan(30);
  expect([...read].sort()).toEqual(there);
});

test('no file of values is one that Argo CD may miss', () => {
  for (const { spec, name } of applications) {
    for (const { helm, ref } of spec.sources ?? []) {
      expect([name, helm?.ignoreMissingValueFiles]).toEqual([name, undefined]);
      if (ref === undefined) expect(helm.valueFiles).toHaveLength(1);
    }
  }
});

test('every manifest is one that Argo CD and External Secrets know, and none is a Secret', () => {
  expect(manifests.length).toBeGreaterThan(50);
  for (const manifest of manifests) {
    expect([manifest.metadata.name, validateManifest(manifest)]).toEqual([manifest.metadata.name, []]);
  }
  expect([...new Set(manifests.map(({ kind }) => kind))].sort()).toEqual([
    'Application',
    'ApplicationSet',
    'ECRAuthorizationToken',
    'ExternalSecret',
    'SecretStore',
  ]);
});

test('a spoke that is no longer selected loses its management, never its workloads', () => {
  for (const text of files.values()) expect(text).not.toContain('finalizer');
  const sets = manifests.filter(({ kind }) => kind === 'ApplicationSet');
  expect(sets.length).toBeGreaterThan(20);
  for (const { metadata, spec } of sets) {
    expect([metadata.name, spec.syncPolicy]).toEqual([metadata.name, { preserveResourcesOnDeletion: true }]);
  }
});

test('names are short enough for the label that Argo CD makes of them', () => {
  for (const { name } of applications) expect([name, name.length <= 63]).toEqual([name, true]);
  for (const { metadata } of manifests) expect([metadata.name, metadata.name.length <= 63]).toEqual([metadata.name, true]);
});

test('a registration takes server and config of a remote cluster from the secret manager, as External Secrets wants it written', () => {
  const text = files.get(`${dist}/hubs/hub-1/argocd/members/tenant1-dev-workload1.yaml`);
  expect(text).toContain("\n        config: '{{ .config }}'\n");
  expect(text).toContain("\n        server: '{{ .server }}'\n");
  expect(secrets.filter(({ isLocal }) => isLocal).map(({ argoCD, name }) => [argoCD, name])).toEqual([
    ['hub-1', 'hub-1'],
    ['tenant1-dev-workload2', 'tenant1-dev-workload2'],
    ['tenant2-dev-workload1', 'tenant2-dev-workload1'],
    ['tenant2-prod-workload1', 'tenant2-prod-workload1'],
  ]);
});

test('a spoke is labelled in its own Argo CD as it is in that of its hub', () => {
  const own = secrets.filter(({ argoCD }) => argoCD !== 'hub-1');
  expect(own).toHaveLength(3);
  for (const { name, labels, annotations } of own) {
    const [hubs] = secrets.filter((secret) => secret.argoCD === 'hub-1' && secret.name === name);
    expect([name, labels, annotations]).toEqual([name, hubs?.labels, hubs?.annotations]);
  }
});

test('labels change after the ApplicationSets that know them, because registrations are synced in a later wave', () => {
  const wave = ({ metadata }: { metadata: { annotations?: { [key: string]: string } } }) =>
    Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? '0');
  const registrations = manifests.filter(({ metadata }) => metadata.name.startsWith('cluster-'));
  expect(registrations).toHaveLength(10);
  expect(new Set(registrations.map(wave))).toEqual(new Set([1]));
  expect(new Set(manifests.filter((manifest) => !registrations.includes(manifest)).map(wave))).toEqual(new Set([0]));
});

test('credentials are read from a store that is there, wherever an Argo CD runs', () => {
  for (const folder of ['hubs/hub-1', 'spokes/tenant1-dev-workload2', 'spokes/tenant2-dev-workload1', 'spokes/tenant2-prod-workload1']) {
    const own = [...files].filter(([path]) => path.startsWith(`${dist}/${folder}/`) && !path.includes('/values/')).map(([, text]) => parse(text));
    const stores = own.filter(({ kind }) => kind === 'SecretStore').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    const used = own.filter(({ spec }) => spec.secretStoreRef).map(({ metadata, spec }) => `${metadata.namespace}/${spec.secretStoreRef.name}`);
    expect(used.length).toBeGreaterThan(1);
    expect([folder, [...new Set(used)]]).toEqual([folder, stores]);
  }
});

test('taking any one label from any cluster secret never gives a deployment that was not there, nor one twice', () => {
  const shown = (one: Application) => `${one.argoCD} ${one.name} ${JSON.stringify(one.spec)}`;
  const known = new Set(applications.map(shown));
  let losses = 0;
  for (const { argoCD, name, labels } of partly(secrets, 3)) {
    for (const label of Object.keys(labels)) {
      const without = Object.fromEntries(Object.entries(labels).filter(([key]) => key !== label));
      const left = interpret(files, (secret) => (secret.argoCD === argoCD && secret.name === name ? without : secret.labels)).applications;
      expect(left.map(shown).filter((one) => !known.has(one))).toEqual([]);
      expect(new Set(left.map((one) => `${one.set}/${one.cluster}`)).size).toBe(left.length);
      losses += applications.length - left.length;
    }
  }
  expect(losses).toBeGreaterThan(isLongForm ? 100 : 10);
});

describe('values', () => {
  const levels = [
    ['base', { values: { v: 'base', own: { base: 1 } } }],
    ['override *', { overrides: { '*': { values: { v: 'all tenants', own: { all: 2 } } } } }],
    ['override t', { overrides: { t: { values: { v: 'tenant', own: { tenant: 3 } } } } }],
    ['override t/dev', { overrides: { 't/dev': { values: { v: 'environment', own: { environment: 4 } } } } }],
    ['override t/dev/s', { cluster: { values: { v: 'cluster', own: { cluster: 5 } } } }],
  ] as const;

  /** The file of values of one spoke, with some of the levels set, and which layer each comes from. */
  function rendered(chosen: readonly number[]) {
    const set = chosen.map((index) => levels[index]?.[1]) as readonly { values?: object; overrides?: object; cluster?: object }[];
    const component = {
      repoURL: 'https://charts.example.com',
      chart: 'web',
      version: '1.0.0',
      namespace: 'web',
      enabled: true,
      values: {},
      ...Object.assign({}, ...set.map(({ values }) => (values ? { values } : {}))),
      overrides: Object.assign({}, ...set.map(({ overrides }) => overrides)),
    };
    const layer = set.find(({ cluster }) => cluster)?.cluster;
    const member = { tenant: 't', environment: 'dev', secretStore: { aws: { region: 'eu-west-1' } } };
    const fleet = buildAnyFleet({
      fleet: { topology: 'hub-and-spoke', repository: 'https://example.com/fleet.git', tenants: [{ name: 't', environments: ['dev'] }] },
      clusterTypes: {
        hubs: { apps: { h: { ...member, secret: 'fleet/h' } } },
        spokes: { apps: { s: { ...member, hub: 'h', secret: 'fleet/s', ...(layer ? { components: { web: layer } } : {}) } } },
        addons: { apps: { web: component } },
      },
    });
    const written = new Map([...texts(fleet.synth())].map(({ path, text }) => [path, text]));
    const reader = new RecordReader(parse(written.get('_record/addons/web.yaml') as string));
    return {
      values: parse(written.get('spokes/s/values/addons/web.yaml') as string),
      layerOf: (field: string) => reader.layerOf(`values.${field}`, 't/dev/s'),
    };
  }

  const words = ['base', 'all tenants', 'tenant', 'environment', 'cluster'];

  test.each(levels.map(([label], index) => [label, index] as const))('of the level "%s" win over all broader ones', (label, index) => {
    const { values, layerOf } = rendered(levels.flatMap((_, at) => (at <= index ? [at] : [])));
    expect([values.v, layerOf('v')]).toEqual([words[index], label]);
  });

  test('of any levels are merged, and each leaf tells its own', () => {
    for (let bits = 1; bits < 32; bits += 1) {
      const chosen = [0, 1, 2, 3, 4].filter((level) => (bits >> level) & 1);
      const { values, layerOf } = rendered(chosen);
      const last = Math.max(...chosen);
      expect([values.v, layerOf('v')]).toEqual([words[last], levels[last]?.[0]]);
      const own = chosen.map((level) => [['base', 'all', 'tenant', 'environment', 'cluster'][level] as string, level + 1] as const);
      expect(values.own).toEqual(Object.fromEntries(own));
      expect(own.map(([name]) => layerOf(`own.${name}`))).toEqual(chosen.map((level) => levels[level]?.[0]));
    }
  });
});
