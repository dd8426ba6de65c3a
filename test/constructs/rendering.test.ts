import { cluster, type Fleet, type TargetChart, tryFindNode, unset } from '../../constructs';
import { leaves, plainOf } from '../../layers/node';
import { RecordReader, recordFolder } from '../../layers/record';
import { showTokens } from '../../layers/text/token';
import { application, apps, buildFleet, manifestAt, problemsOf, smallFleet, templatesAt } from '../builders/fleet-builder';

const us = 'integration/int-1/us';
const eu = 'integration/int-1/eu';
const prod = 'production/prod-1/us';

describe('an Application', () => {
  test('has everything that Argo CD lets a person author', () => {
    const spec = {
      project: 'platform',
      source: { repoURL: 'https://example.com', path: 'kustomize', kustomize: { images: ['web=web:2'], commonLabels: { team: 'a' } } },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'web' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true, allowEmpty: false },
        managedNamespaceMetadata: { labels: { a: 'b' } },
        retry: { limit: 3, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
        syncOptions: ['CreateNamespace=true'],
      },
      ignoreDifferences: [{ kind: 'Deployment', group: 'apps', jsonPointers: ['/spec/replicas'] }],
      info: [{ name: 'url', value: 'https://example.com' }],
      revisionHistoryLimit: 5,
    };
    const metadata = { namespace: 'argocd', labels: { a: 'b' }, annotations: { 'example.com/c': 'd' }, finalizers: ['resources-finalizer.argocd.argoproj.io'] };
    expect(manifestAt(apps({ web: { ...spec, ...metadata } }), 'web', us)).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { ...metadata, name: 'web' },
      spec,
    });
  });

  test.each([
    [
      'Helm',
      {
        chart: 'web',
        targetRevision: '1',
        helm: { releaseName: 'w', valuesObject: { a: { b: [1] } }, parameters: [{ name: 'x', value: 'y', forceString: true }] },
      },
    ],
    ['a directory', { path: 'x', directory: { recurse: true, jsonnet: { tlas: [{ name: 'a', value: 'b' }] } } }],
    ['plain Git', { path: 'x', targetRevision: 'main' }],
    ['a plugin', { path: 'x', plugin: { name: 'p', env: [{ name: 'A', value: 'b' }] } }],
    ['OCI', { repoURL: 'oci://example.com/x', targetRevision: '1' }],
  ])('has a source of %s', (_, source) => {
    const full = { repoURL: 'https://example.com', ...source };
    expect(manifestAt(apps({ web: application({ source: full }) }), 'web', us).spec.source).toEqual(full);
  });

  test('has the fields of its layers, broadest first', () => {
    const config = apps(
      {
        web: application({
          labels: { base: 'yes' },
          overrides: {
            integration: { source: { targetRevision: '2.0.0' }, labels: { env: 'int' } },
            'integration/int-1/eu': { source: { targetRevision: '3.0.0' } },
          },
          patches: { p1: { rolledOutTo: ['integration/int-1'], change: { source: { targetRevision: '2.5.0' } } } },
        }),
      },
      { applications: { labels: { defaults: 'yes', base: 'no' }, project: 'other' } },
    );
    expect(manifestAt(config, 'web', us)).toMatchObject({
      metadata: { labels: { defaults: 'yes', base: 'yes', env: 'int' } },
      spec: { project: 'default', source: { targetRevision: '2.5.0' } },
    });
    expect(manifestAt(config, 'web', eu).spec.source.targetRevision).toBe('3.0.0');
    expect(manifestAt(config, 'web', prod).spec.source.targetRevision).toBe('1.0.0');
  });

  test('takes values and whole layers from functions of the target', () => {
    const config = apps({
      web: application({
        source: { repoURL: 'https://example.com', path: 'x', helm: { valuesObject: { region: (target: { region: string }) => target.region, keep: 1 } } },
        info: [{ name: 'where', value: (target: { path: string }) => target.path }],
        overrides: { integration: (target: { region: string }) => (target.region === 'eu' ? { labels: { gdpr: 'yes' } } : {}) },
      }),
    });
    expect(manifestAt(config, 'web', us)).toMatchObject({ metadata: { name: 'web' }, spec: { source: { helm: { valuesObject: { region: 'us', keep: 1 } } } } });
    expect(manifestAt(config, 'web', us).metadata.labels).toBeUndefined();
    expect(manifestAt(config, 'web', eu)).toMatchObject({
      metadata: { labels: { gdpr: 'yes' } },
      spec: { info: [{ name: 'where', value: eu }], source: { helm: { valuesObject: { region: 'eu' } } } },
    });
  });

  test('lists sources that are written by name in key order, with their names', () => {
    const config = apps({
      web: application({
        source: undefined,
        sources: {
          values: { repoURL: 'https://example.com/v', ref: 'values' },
          chart: { repoURL: 'https://example.com/c', chart: 'web', targetRevision: '1' },
        },
        overrides: { production: { sources: { chart: { targetRevision: '2' } } } },
      }),
    });
    expect(manifestAt(config, 'web', prod).spec.sources).toEqual([
      { name: 'chart', repoURL: 'https://example.com/c', chart: 'web', targetRevision: '2' },
      { name: 'values', repoURL: 'https://example.com/v', ref: 'values' },
    ]);
  });

  test('travels with a values string where a value is null, and never with both', () => {
    const helm = { valuesObject: { replicas: 1, resources: null } };
    const config = apps({
      web: application({
        source: { repoURL: 'https://example.com', path: 'x', helm },
        overrides: { production: { source: { helm: { valuesObject: { resources: unset } } } } },
      }),
    });
    const rendered = manifestAt(config, 'web', us).spec.source.helm;
    expect(Object.keys(rendered)).toEqual(['values']);
    expect(JSON.parse(rendered.values)).toEqual({ replicas: 1, resources: null });
    expect(manifestAt(config, 'web', prod).spec.source.helm).toEqual({ valuesObject: { replicas: 1 } });
  });

  test('renders no file where it is not enabled, and one where a patch enables it', () => {
    const fleet = buildFleet(
      apps({
        web: application({ enabled: false, patches: { 'p-1': { rolledOutTo: ['integration/int-1/eu'], change: { enabled: true } } } }),
        other: application(),
      }),
    );
    expect(Object.keys(templatesAt(fleet, 'mgmt', us))).toEqual(['other']);
    expect(Object.keys(templatesAt(fleet, 'mgmt', eu))).toEqual(['other', 'web']);
  });
});

describe('an ApplicationSet', () => {
  test('has everything that Argo CD lets a person author, and its expressions as they are written', () => {
    const spec = {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [
        {
          matrix: {
            generators: [{ clusters: { selector: { matchLabels: { a: 'b' } } } }, { git: { repoURL: 'x', revision: 'main', directories: [{ path: '*' }] } }],
          },
        },
      ],
      strategy: {
        type: 'RollingSync',
        rollingSync: { steps: [{ maxUpdate: '10%', matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }, { maxUpdate: 1 }] },
      },
      template: {
        metadata: { name: 'web-{{.name}}', labels: { a: '{{ .path.basename }}' } },
        spec: { project: 'default', source: { repoURL: 'x', path: '{{.path.path}}' }, destination: { server: '{{ .server }}', namespace: 'web' } },
      },
      templatePatch: '{{- if .auto }}\nspec:\n  syncPolicy: {}\n{{- end }}\n',
      preservedFields: { annotations: ['a'], labels: ['b'] },
      syncPolicy: { applicationsSync: 'create-update', preserveResourcesOnDeletion: true },
      ignoreApplicationDifferences: [{ jsonPointers: ['/spec/source/targetRevision'] }],
    };
    const config = apps({ set: { kind: 'ApplicationSet', namespace: 'argocd', ...spec } });
    expect(manifestAt(config, 'set', us)).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: { name: 'set', namespace: 'argocd' },
      spec,
    });
  });

  test('has the defaults of ApplicationSets and not those of Applications', () => {
    const template = { metadata: { name: 'x' }, spec: { project: 'default', destination: {} } };
    const defaults = { applications: { namespace: 'a' }, applicationSets: { namespace: 'b', labels: { kind: 'set' } } };
    const config = apps({ set: { kind: 'ApplicationSet', generators: [], template }, web: application() }, defaults);
    expect(manifestAt(config, 'set', us).metadata).toEqual({ name: 'set', namespace: 'b', labels: { kind: 'set' } });
    expect(manifestAt(config, 'web', us).metadata).toEqual({ name: 'web', namespace: 'a' });
  });
});

describe('several apps in one file', () => {
  test('share overrides and patches, each taking its own part', () => {
    const config = apps({
      pair: {
        apps: { api: application(), web: application() },
        overrides: { production: { api: { labels: { tier: 'gold' } } } },
        patches: { p1: { rolledOutTo: ['integration'], change: { api: { source: { targetRevision: '2' } }, web: { source: { targetRevision: '3' } } } } },
      },
    });
    expect(manifestAt(config, 'api', us).spec.source.targetRevision).toBe('2');
    expect(manifestAt(config, 'web', us).spec.source.targetRevision).toBe('3');
    expect(manifestAt(config, 'api', prod)).toMatchObject({ metadata: { labels: { tier: 'gold' } }, spec: { source: { targetRevision: '1.0.0' } } });
    expect(manifestAt(config, 'web', prod).metadata.labels).toBeUndefined();
  });

  test('take their parts from a layer that is a function of the target', () => {
    const config = apps({
      pair: {
        apps: { api: application(), web: application() },
        overrides: { integration: ({ region }: { region: string }) => ({ api: { labels: { region } } }) },
      },
    });
    expect(manifestAt(config, 'api', eu).metadata.labels).toEqual({ region: 'eu' });
    expect(manifestAt(config, 'web', eu).metadata.labels).toBeUndefined();
  });
});

describe('a root ApplicationSet', () => {
  const root = { kind: 'RootApplicationSet', clusterType: 'mgmt' };
  const withTokens = application({
    destination: { name: cluster.name, namespace: 'web' },
    overrides: { production: { info: [{ name: 'project', value: cluster.annotation('example.com/project-id') }] } },
  });

  test('selects by cluster type and every dimension, points at its target, and injects what the apps there use', () => {
    const config = { ...apps({ root, web: withTokens }), fleet: { ...smallFleet, labelPrefix: 'example.com', revision: 'main', path: 'rendered' } };
    expect(manifestAt(config, 'root', prod).spec).toEqual({
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [
        {
          clusters: {
            selector: {
              matchLabels: {
                'example.com/cluster-type': 'mgmt',
                'example.com/environment': 'production',
                'example.com/sector': 'prod-1',
                'example.com/region': 'us',
              },
            },
          },
        },
      ],
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: { name: 'mgmt-{{.nameNormalized}}', annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.' } },
        spec: {
          project: 'default',
          source: {
            repoURL: smallFleet.repository,
            targetRevision: 'main',
            path: `rendered/mgmt/${prod}`,
            helm: {
              releaseName: 'mgmt',
              valuesObject: {
                cluster: { name: '{{.name}}', projectId: '{{ index (get .metadata "annotations" | default dict) "example.com/project-id" | default "" }}' },
              },
            },
          },
          destination: { name: '{{.name}}', namespace: 'argocd' },
          syncPolicy: {
            automated: { prune: true, selfHeal: true },
            retry: { backoff: { duration: '10s', factor: 2, maxDuration: '3m' }, limit: -1, refresh: true },
          },
        },
      },
    });
  });

  test('injects at each target what is used there: a token that a patch brings changes no other target', () => {
    const injected = (path: string) => manifestAt(apps({ root, web: withTokens }), 'root', path).spec.template.spec.source.helm.valuesObject.cluster;
    expect(Object.keys(injected(prod))).toEqual(['name', 'projectId']);
    expect(Object.keys(injected(us))).toEqual(['name']);
  });

  test('can be hosted by another cluster type, and layered like every ApplicationSet', () => {
    const config = {
      clusterTypes: {
        infra: { apps: { 'mgmt-root': { ...root, overrides: { production: { template: { spec: { syncPolicy: { automated: { prune: false } } } } } } } } },
        mgmt: { apps: { web: withTokens } },
      },
    };
    expect(manifestAt(config, 'mgmt-root', prod, 'infra').spec.template.spec).toMatchObject({
      source: { path: `dist/mgmt/${prod}` },
      syncPolicy: { automated: { prune: false, selfHeal: true } },
    });
  });

  test('is rendered where its cluster type is, and a target that no root deploys is a warning', () => {
    const types = (hostPaths?: readonly string[], paths?: readonly string[]) => ({
      clusterTypes: {
        infra: { defaults: { paths: hostPaths }, apps: { 'mgmt-root': root } },
        mgmt: { defaults: { paths }, apps: { web: application() } },
      },
    });
    const limited = buildFleet(types(undefined, ['production']));
    expect(templatesAt(limited, 'infra', us)).toEqual({});
    expect(Object.keys(templatesAt(limited, 'infra', prod))).toEqual(['mgmt-root']);
    expect(limited.synth().warnings).toEqual([]);
    expect(buildFleet(types(['production'])).synth().warnings).toMatchObject([{ code: 'root-missing', target: `mgmt/${us}`, targets: 2 }]);
  });

  test('that a layer robs of what it injects is found out', () => {
    const robbed = { ...root, overrides: { production: { template: { spec: { source: { helm: { valuesObject: { cluster: { name: unset } } } } } } } } };
    expect(problemsOf(apps({ root: robbed, web: withTokens }))).toMatchObject([{ code: 'token-not-injected', app: 'web', target: `mgmt/${prod}` }]);
  });

  test('injects what code that customizes a chart uses, wherever the root is hosted', () => {
    const customize = (chart: TargetChart) => {
      if ((chart.target.region as string) === 'eu') chart.findApp('web').metadata.addLabel('tier', cluster.label('example.com/tier'));
    };
    const own = apps({ root, web: application() }, { customize });
    const hosted = { clusterTypes: { infra: { apps: { root } }, mgmt: { apps: { web: application() }, defaults: { customize } } } };
    for (const [config, host] of [
      [own, 'mgmt'],
      [hosted, 'infra'],
    ] as const) {
      const injected = (path: string) => manifestAt(config, 'root', path, host).spec.template.spec.source.helm.valuesObject.cluster;
      expect(injected(eu)).toEqual({ name: '{{.name}}', tier: '{{ index (get .metadata "labels" | default dict) "example.com/tier" | default "" }}' });
      expect(injected(us)).toEqual({ name: '{{.name}}' });
    }
    const unknown = (chart: TargetChart) => chart.findApp('web').metadata.addLabel('a', cluster.value('zz'));
    expect(problemsOf(apps({ root, web: application() }, { customize: unknown }))).toMatchObject([
      { code: 'token-not-injected', message: 'the token cluster.zz is used, but nobody injects it', place: ['customize'] },
    ]);
  });

  test('of one cluster type does not inject into another that is called almost alike', () => {
    const byHand = {
      kind: 'ApplicationSet',
      generators: [],
      template: {
        metadata: { name: 'x' },
        spec: { project: 'p', destination: {}, sources: [{ repoURL: 'x', path: 'dist/mgmt-gpu/{{.x}}', helm: { valuesObject: { cluster: { zone: 'z' } } } }] },
      },
    };
    const web = application({ info: [{ name: 'x', value: cluster.value('zone') }] });
    const config = { clusterTypes: { mgmt: { apps: { web } }, 'mgmt-gpu': { apps: { web, set: byHand } } } };
    expect(problemsOf(config)).toMatchObject([{ code: 'token-not-injected', target: `mgmt/${us}` }]);
  });

  test('carries no finalizer in its template, whatever the defaults say', () => {
    const defaults = { applicationSets: { template: { metadata: { finalizers: ['resources-finalizer.argocd.argoproj.io'] } } } };
    expect(manifestAt(apps({ root, web: application() }, defaults), 'root', us).spec.template.metadata.finalizers).toBeUndefined();
  });

  test('injects below `cluster` only, and an ApplicationSet written by hand, or a layer of the root, at the top', () => {
    const web = application({ info: [{ name: 'x', value: cluster.topLevel(cluster.value('zone')) }] });
    const config = (more: object, fields: object = {}) => apps({ root: { ...root, ...fields }, web, ...more });
    expect(problemsOf(config({}))).toMatchObject([
      { code: 'token-not-injected', message: expect.stringContaining('zone'), hint: expect.stringContaining("'zone'") },
    ]);
    const source = (helm: object) => ({
      template: { metadata: { name: 'x' }, spec: { project: 'p', destination: {}, source: { repoURL: 'x', path: 'dist/mgmt/{{.x}}', helm } } },
    });
    const byHand = (helm: object) => ({ set: { kind: 'ApplicationSet', generators: [], ...source(helm) } });
    expect(problemsOf(config(byHand({ valuesObject: { zone: 'z' } })))).toEqual([]);
    expect(problemsOf(config(byHand({ parameters: [{ name: 'zone', value: 'z' }] })))).toEqual([]);
    expect(problemsOf(config(byHand({ valuesObject: { cluster: { zone: 'z' } } })))).toHaveLength(1);
    expect(problemsOf(config({}, { template: { spec: { source: { helm: { valuesObject: { zone: 'z' } } } } } }))).toEqual([]);
    expect(
      manifestAt(config({}, { template: { spec: { source: { helm: { valuesObject: { zone: 'z' } } } } } }), 'root', us).spec.template.spec.source.helm
        .valuesObject,
    ).toEqual({
      cluster: { name: '{{.name}}' },
      zone: 'z',
    });
  });

  test('takes a token alone to the top of the values', () => {
    expect(() => cluster.topLevel(`x-${cluster.name}` as typeof cluster.name)).toThrow('takes a token alone');
    expect(() => cluster.topLevel('name' as typeof cluster.name)).toThrow('takes a token alone');
  });

  test('injects values of its own besides, and an ApplicationSet written by hand may inject instead of it', () => {
    const value = (key: string) => application({ info: [{ name: 'x', value: cluster.value(key) }] });
    const own = apps({ root: { ...root, inject: { vpcId: '{{ index .metadata.labels "vpc" }}' } }, web: value('vpcId') });
    expect(manifestAt(own, 'root', us).spec.template.spec.source.helm.valuesObject.cluster.vpcId).toBe('{{ index .metadata.labels "vpc" }}');
    const byHand = {
      kind: 'ApplicationSet',
      generators: [{ clusters: {} }],
      template: {
        metadata: { name: '{{name}}' },
        spec: {
          project: 'default',
          destination: {},
          source: { repoURL: 'x', path: 'dist/mgmt/{{metadata.labels.env}}', helm: { valuesObject: { cluster: { zone: '{{metadata.labels.zone}}' } } } },
        },
      },
    };
    expect(buildFleet(apps({ byhand: byHand, web: value('zone') })).synth().warnings).toEqual([]);
    expect(() => buildFleet(apps({ byhand: byHand, web: value('other') })).synth()).toThrow('cluster.other');
  });

  /** An ApplicationSet for each target, or for all of them, that reads what is rendered from a folder of its own. */
  test.each([
    ['the folder that is written', (path: string) => `dist/mgmt/${path}`, 0, 0],
    ['one named by a template', () => 'dist/mgmt/{{.path}}', 0, 0],
    ['another folder that ends the same', (path: string) => `rendered/here/mgmt/${path}`, 3, 0],
    ['another folder named by a template', () => 'rendered/mgmt/{{.path}}', 3, 0],
    ['that of another cluster type', (path: string) => `rendered/infra/${path}`, 3, 3],
    ['that of another cluster type, named by a template', () => 'rendered/infra/{{.path}}', 3, 3],
    ['that of a path that only ends the same', (path: string) => `rendered/more-mgmt/${path}`, 3, 3],
    ['that of one target', () => `dist/mgmt/${us}`, 2, 2],
  ])('may be left out where an ApplicationSet of one’s own reads %s', (_, folder, unknown, unknownInAdopted) => {
    const source = (target: { readonly path: string }) => ({ repoURL: 'x', path: folder(target.path), helm: { valuesObject: { zone: 'z' } } });
    const set = { kind: 'ApplicationSet', generators: [], template: { metadata: { name: 'x' }, spec: { project: 'p', destination: {}, source } } };
    const web = application({ info: [{ name: 'x', value: cluster.topLevel(cluster.value('zone')) }] });
    const count = (adopted: boolean) => {
      const config = { fleet: { ...smallFleet, adopted }, ...apps({ set, web }) };
      const found = adopted ? buildFleet(config).synth().warnings : problemsOf(config);
      return found.filter(({ code }) => code === 'token-not-injected').reduce((sum, { targets = 1 }) => sum + targets, 0);
    };
    expect([count(false), count(true)]).toEqual([unknown, unknownInAdopted]);
  });

  test('with applications in the control plane has them named after app and cluster, release and destination kept apart', () => {
    const chart = application({ destination: { server: 'https://kubernetes.default.svc', namespace: 'web' } });
    const set = {
      kind: 'ApplicationSet',
      generators: [{ list: {} }],
      template: { metadata: { name: 'x-{{.a}}' }, spec: { project: 'default', source: { repoURL: 'x', path: 'y' }, destination: {} } },
    };
    const kustomize = application({ source: { repoURL: 'x', path: 'y' } });
    expect(problemsOf(apps({ root: { ...root, applications: 'controlPlane' }, kustomize }))).toMatchObject([
      { code: 'release-name', severity: 'warning', place: ['source'] },
    ]);
    const config = apps({ root: { ...root, applications: 'controlPlane' }, chart, kustomize, set });
    const shown = (app: string) => JSON.parse(showTokens(JSON.stringify(manifestAt(config, app, us))));
    expect(shown('chart')).toMatchObject({
      metadata: { name: 'chart-{{ .Values.cluster.nameNormalized }}' },
      spec: { destination: { name: '{{ .Values.cluster.name }}', namespace: 'web' }, source: { helm: { releaseName: 'chart' } } },
    });
    expect(shown('chart').spec.destination.server).toBeUndefined();
    expect(shown('kustomize').spec.source).toEqual({ repoURL: 'x', path: 'y' });
    expect(shown('set')).toMatchObject({
      metadata: { name: 'set-{{ .Values.cluster.nameNormalized }}' },
      spec: {
        template: { metadata: { name: 'x-{{.a}}-{{ .Values.cluster.nameNormalized }}' }, spec: { destination: { name: '{{ .Values.cluster.name }}' } } },
      },
    });
    expect(shown('root').spec.template.spec.destination).toEqual({ server: 'https://kubernetes.default.svc', namespace: 'argocd' });
    expect(Object.keys(shown('root').spec.template.spec.source.helm.valuesObject.cluster)).toEqual(['name', 'nameNormalized']);
  });
});

describe('the hierarchy', () => {
  test.each([
    ['two levels', ['stages', 'clusters'], { stages: [{ name: 'dev', clusters: ['a', 'b'] }] }, ['dev/a', 'dev/b'], 'cluster'],
    [
      'tenant, environment and cluster',
      ['tenants', 'environments', 'clusters'],
      { tenants: [{ name: 't', environments: [{ name: 'e', clusters: ['c'] }] }] },
      ['t/e/c'],
      'cluster',
    ],
    [
      'four levels, one with an irregular plural',
      ['clouds', 'countries', { plural: 'premises', singular: 'premise' }, 'cells'],
      { clouds: [{ name: 'c', countries: [{ name: 'de', premises: [{ name: 'p', cells: ['1', { name: '2', promotion: 'manual' }] }] }] }] },
      ['c/de/p/1', 'c/de/p/2'],
      'country',
    ],
  ])('has %s', (_, dimensions, levels, paths, dimension) => {
    const read = (target: { readonly [key: string]: string }) => String(target[dimension]);
    const fleet = buildFleet({ fleet: { repository: 'x', dimensions, ...levels }, ...apps({ web: application({ labels: { read } }) }) });
    expect(deployed(fleet)).toEqual(paths.map((path) => `mgmt/${path}`));
    for (const path of paths) expect(templatesAt(fleet, 'mgmt', path).web?.metadata.labels).not.toEqual({ read: 'undefined' });
  });

  test('is rendered for the paths that a cluster type names, in the sequence of the fleet', () => {
    const fleet = buildFleet(apps({ web: application() }, { paths: ['production', 'integration/int-1/eu'] }));
    expect(deployed(fleet)).toEqual([`mgmt/${eu}`, `mgmt/${prod}`]);
  });

  test('may call a cluster type like an environment', () => {
    expect(deployed(buildFleet({ clusterTypes: { integration: { apps: { web: application() } } } }))).toEqual(
      [us, eu, prod].map((path) => `integration/${path}`),
    );
  });
});

test('every resolved leaf knows the layer and the file that set it, and what it hid', () => {
  const fleet = buildFleet(
    apps(
      {
        web: application({
          overrides: { integration: { source: { targetRevision: '2.0.0' } } },
          patches: { 'patch-001': { rolledOutTo: ['integration/int-1'], change: { source: { targetRevision: '3.0.0' } } } },
        }),
      },
      { applications: { source: { targetRevision: '0.1.0' } } },
    ),
  );
  const output = fleet.synth();
  const [app] = output.apps('mgmt', 'web');
  const [target] = output.targetsOf('mgmt').filter(({ path }) => path === us);
  if (!app || !target) throw new Error('no values');
  const web = app.valuesAt(target);
  const leaf = tryFindNode(web, ['source', 'targetRevision']);
  expect(leaf?.source).toEqual({
    kind: 'patch',
    name: 'patch-001',
    path: 'integration/int-1',
    file: 'config/mgmt/web.ts',
    place: ['patches', 'patch-001', 'change'],
  });
  expect(leaf?.hid.map(({ source, value }) => [source.kind, source.file, value])).toEqual([
    ['override', 'config/mgmt/web.ts', '2.0.0'],
    ['base', 'config/mgmt/web.ts', '1.0.0'],
    ['defaults', 'config/mgmt/defaults.ts', '0.1.0'],
  ]);
  for (const { node } of leaves(web)) expect({ value: plainOf(node), file: node.source.file }).toHaveProperty('file', expect.stringContaining('config/mgmt/'));
  const record = output.records().files.find(({ path }) => path === 'mgmt/web.yaml');
  if (record?.kind !== 'record') throw new Error('no record');
  const reader = new RecordReader(record.record);
  expect([us, eu, prod].map((path) => reader.layerOf('source.targetRevision', path))).toEqual([
    'patch-001 integration/int-1',
    'patch-001 integration/int-1',
    'base',
  ]);
});

/** The folders that Argo CD reads. */
function deployed(fleet: Fleet): readonly string[] {
  return [...fleet.synth()].flatMap(({ path }) => (path === recordFolder ? [] : [path]));
}
