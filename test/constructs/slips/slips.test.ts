import { ApiObject } from 'cdk8s';
import { cluster, type Problem, type TargetChart, unset } from '../../../constructs';
import { application, apps, type ConfigContent, problemsOf } from '../../builders/fleet-builder';
import { addons, certManager, hubProblemsOf, smallHubFleet } from '../../builders/hub-builder';

type Fields = Readonly<Record<string, unknown>>;

const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };
const values = (valuesObject: unknown) => ({ source: { helm: { valuesObject } } });
const based = (valuesObject: unknown, fields: Fields = {}) => application({ source: { ...source, helm: { valuesObject } }, ...fields });
const told = (problems: readonly Problem[]) =>
  problems.map(({ code, severity = 'error', file, place = [] }) => `${severity} ${code} ${file} ${place.join('.')}`);
const found = (config: ConfigContent) => told(problemsOf(config));
const overridden = (base: unknown, override: unknown) => found(apps({ web: based(base, { overrides: { production: values(override) } }) }));
const keyAt = (key: string) => [`warning value-key config/mgmt/web.ts overrides.production.source.helm.valuesObject.${key}`];
const typeAt = (key: string) => [`warning value-type config/mgmt/web.ts overrides.production.source.helm.valuesObject.${key}`];

describe('a key of values that is nearly one of a broader layer', () => {
  test('is a warning with the key that was meant, and with what to write where it is meant so', () => {
    expect(problemsOf(apps({ web: based({ webhook: { port: 1 } }, { overrides: { production: values({ webhok: { port: 2 } }) } }) }))).toEqual([
      {
        code: 'value-key',
        severity: 'warning',
        message: "'source.helm.valuesObject.webhok' changes nothing that is there: a broader layer sets 'webhook'",
        expected: "'webhook', as in base",
        hint: "did you mean 'webhook'? If it is meant so, say why in the file of the app: `silence: { 'value-key source.helm.valuesObject.webhok': 'why' }`",
        app: 'web',
        file: 'config/mgmt/web.ts',
        place: ['overrides', 'production', 'source', 'helm', 'valuesObject', 'webhok'],
      },
    ]);
  });

  test('may be a letter too few, too many, another, two that changed places, or another case; at any depth', () => {
    for (const key of ['webhok', 'webhoook', 'webhock', 'wehbook', 'webHook']) {
      expect(overridden({ a: { webhook: { x: 1 } } }, { a: { [key]: { x: 2 } } })).toEqual(keyAt(`a.${key}`));
    }
  });

  test('may be in a word of several, and in a short one where letters changed places', () => {
    for (const [one, other] of [
      ['minReplicas', 'minReplica'],
      ['HTTP_PROXY', 'HTP_PROXY'],
      ['http_proxy', 'http_Proxy'],
      ['image', 'imege'],
      ['port', 'prot'],
    ] as const) {
      expect(overridden({ [one]: 1 }, { [other]: 1 })).toEqual(keyAt(other));
    }
  });

  test('is none where it has another form, where both are said, or where keys are told apart on purpose', () => {
    expect(overridden({ host: 'x' }, { hosts: ['y'] })).toEqual([]);
    expect(overridden({ webhook: {} }, { webhook: { a: 1 }, webhok: { a: 1 } })).toEqual([]);
    for (const [one, other] of [
      ['node-1', 'node-2'],
      ['zone-a', 'zone-b'],
      ['zoneA', 'zoneB'],
      ['http', 'https'],
      ['cpu', 'gpu'],
      ['cpu-pool', 'gpu-pool'],
      ['HTTP_PROXY', 'HTTPS_PROXY'],
      ['HTTP_PROXY', 'http_proxy'],
      ['enableHttp', 'enableHttps'],
      ['grpcPort', 'grpcsPort'],
      ['mail', 'main'],
      ['team-blue', 'team-glue'],
      ['light', 'night'],
      ['us-east-1a', 'us-east-1b'],
      ['replicas', 'retention'],
    ] as const) {
      expect(overridden({ [one]: 1 }, { [other]: 1 })).toEqual([]);
    }
  });

  test('is one in the base over the defaults, in a patch over an override, and in a patch that sits nowhere', () => {
    const change = values({ webhok: 2 });
    expect(found(apps({ web: based({ webhok: 2 }) }, { applications: values({ webhook: 1 }) }))).toEqual([
      'warning value-key config/mgmt/web.ts source.helm.valuesObject.webhok',
    ]);
    const overrides = { integration: values({ webhook: 1 }) };
    const at = ['warning value-key config/mgmt/web.ts patches.p.change.source.helm.valuesObject.webhok'];
    expect(found(apps({ web: based({}, { overrides, patches: { p: { rolledOutTo: ['integration/int-1'], change } } }) }))).toEqual(at);
    expect(found(apps({ web: based({ webhook: 1 }, { patches: { p: { rolledOutTo: [], change } } }) }))).toEqual(at);
    // A narrower layer is no broader one.
    expect(found(apps({ web: based({ webhok: 1 }, { overrides: { integration: values({ webhook: 1 }) } }) }))).toEqual([
      'warning value-key config/mgmt/web.ts overrides.integration.source.helm.valuesObject.webhook',
    ]);
    expect(found(apps({ web: based({}, { overrides: { integration: values({ webhook: 1 }), production: values({ webhok: 1 }) } }) }))).toEqual([]);
  });

  test('is found in sources by name, in `values` of workloads, in templates, in what functions give, and where it is unset', () => {
    const named = application({
      source: unset,
      sources: { a: { ...source, helm: { valuesObject: { webhook: 1 } } } },
      overrides: { production: { sources: { a: { helm: { valuesObject: { webhok: 1 } } } } } },
    });
    expect(found(apps({ web: named }))).toEqual(['warning value-key config/mgmt/web.ts overrides.production.sources.a.helm.valuesObject.webhok']);
    const workloads = (chart: TargetChart) => void new ApiObject(chart, 'x', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
    const working = {
      project: 'default',
      destination: { server: 'x', namespace: 'x' },
      values: { webhook: 1 },
      workloads,
      overrides: { production: { values: { webhok: 1 } } },
    };
    expect(found(apps({ web: working }))).toEqual(['warning value-key config/mgmt/web.ts overrides.production.values.webhok']);
    expect(overridden({ webhook: 1 }, () => ({ webhok: 1 }))).toEqual(keyAt('webhok'));
    expect(overridden({ webhook: { a: 1 } }, { webhok: unset })).toEqual(keyAt('webhok'));
  });

  test('is found in a component of a hub', () => {
    const component = { ...certManager, values: { webhook: { port: 1 } }, overrides: { '*': { enabled: true, values: { webhok: { port: 2 } } } } };
    const groups = { ...smallHubFleet.groups, addons: { ...addons, components: { 'cert-manager': component } } };
    expect(told(hubProblemsOf({ ...smallHubFleet, groups })).filter((line) => line.includes('value-key'))).toEqual([
      expect.stringMatching(/^warning value-key config\/addons\/cert-manager.ts overrides\.\*\.values\.webhok$/),
    ]);
    const silence = { 'value-key values.webhok': 'the chart spells it so' };
    const silenced = { ...smallHubFleet, groups: { ...groups, addons: { ...addons, components: { 'cert-manager': { ...component, silence } } } } };
    expect(told(hubProblemsOf(silenced)).filter((line) => /value-key|silence/.test(line))).toEqual([]);
  });
});

describe('a value of another type than in a broader layer', () => {
  test('is a warning with both', () => {
    expect(problemsOf(apps({ web: based({ replicas: 2 }, { overrides: { production: values({ replicas: '2' }) } }) }))).toEqual([
      expect.objectContaining({
        code: 'value-type',
        severity: 'warning',
        message: "'source.helm.valuesObject.replicas' has another type than in a broader layer",
        expected: 'the number 2, as in base, or another of its type',
        found: "the string '2'",
      }),
    ]);
  });

  test.each([
    ['a number over its text', '2', 3],
    ['a text over a boolean', true, 'false'],
    ['a word over a boolean', true, 'no'],
    ['a number over a boolean', true, 1],
    ['a map over a text', 'x', { a: 1 }],
    ['a map over a list', [1], { a: 1 }],
    ['a list over a map', { a: 1 }, [1]],
    ['a text over a list', ['x'], 'x'],
  ])('%s is one', (_, before, now) => {
    expect(overridden({ a: { b: before } }, { a: { b: now } })).toEqual(typeAt('a.b'));
  });

  test.each([
    ['the same type', 2, 3],
    ['a quantity over a number', 1, '500m'],
    ['a name over a number', 80, 'http'],
    ['a map over nothing in it', {}, [1]],
    ['a list over nothing in it', [], { a: 1 }],
    ['anything over an empty text', '', { a: 1 }],
    ['null, which drops a default', { a: 1 }, null],
    ['anything over null', null, { a: 1 }],
    ['a map over what is off', false, { a: 1 }],
    ['what is taken away', { a: 1 }, unset],
    ['a text over a text that is a number', '1', 'a'],
  ])('%s is none', (_, before, now) => {
    expect(overridden({ a: { b: before } }, { a: { b: now } })).toEqual([]);
  });

  test('is none in quantities of resources, which Kubernetes reads alike as a number and as text', () => {
    expect(overridden({ resources: { limits: { cpu: 1 } } }, { resources: { limits: { cpu: '2' } } })).toEqual([]);
    expect(overridden({ resources: { requests: { memory: '1024' } } }, { resources: { requests: { memory: 2048 } } })).toEqual([]);
    expect(overridden({ resources: { limits: { cpu: 1 } } }, { resources: { limits: { cpu: { a: 1 } } } })).toEqual(typeAt('resources.limits.cpu'));
  });

  test('is none where only the cluster knows it', () => {
    const root = { kind: 'RootApplicationSet', clusterType: 'mgmt' };
    expect(found(apps({ root, web: based({ a: 2 }, { overrides: { production: values({ a: cluster.name }) } }) }))).toEqual([]);
  });

  test('is told once, of the layer that is the odd one', () => {
    const overrides = { production: values({ a: '3' }), 'production/prod-1': values({ a: 2 }) };
    expect(found(apps({ web: based({ a: 1 }, { overrides }) }))).toEqual(typeAt('a'));
  });

  test('is held against the nearest layer that says it', () => {
    const overrides = { integration: values({ a: '2' }), 'integration/int-1': values({ a: '3' }) };
    expect(found(apps({ web: based({ a: 1 }, { overrides }) }))).toEqual([
      'warning value-type config/mgmt/web.ts overrides.integration.source.helm.valuesObject.a',
    ]);
  });
});

describe('a sync option', () => {
  const options = (...syncOptions: readonly string[]) =>
    problemsOf(apps({ web: application({ syncPolicy: { syncOptions } }) })).map(({ code, message, hint }) => [
      code,
      message,
      hint?.replace(/ If it is meant so, .*$/, ''),
    ]);

  test('that Argo CD knows is none', () => {
    expect(options('CreateNamespace=true', 'PrunePropagationPolicy=foreground', 'Prune=confirm', 'ServerSideApply=false', 'Validate=false')).toEqual([]);
  });

  test('that it does not know is a warning', () => {
    expect(options('CreateNamspace=true')).toEqual([
      ['sync-option', "Argo CD knows no sync option 'CreateNamspace=true', and passes over it", "did you mean 'CreateNamespace=true'?"],
    ]);
    expect(options('ServerSideApply')).toEqual([
      ['sync-option', "the sync option 'ServerSideApply' says nothing: 'ServerSideApply' is true, false", "did you mean 'ServerSideApply=true'?"],
    ]);
    expect(options('PruneLast=yes', ' Replace=true')).toHaveLength(2);
    expect(options('Novelty=true')).toEqual([['sync-option', expect.anything(), expect.stringContaining("`silence: { 'sync-option Novelty=true': 'why' }`")]]);
  });

  test('of an object, in its annotation, is one too', () => {
    const annotated = (text: string) => (chart: TargetChart) =>
      void new ApiObject(chart, 'x', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'x', annotations: { 'argocd.argoproj.io/sync-options': text } },
      });
    expect(found(apps({ web: application() }, { customize: annotated('Prune=false, Delete=confirm') }))).toEqual([]);
    expect(problemsOf(apps({ web: application() }, { customize: annotated('Prune=flase') }))).toEqual([
      expect.objectContaining({ code: 'sync-option', hint: expect.stringContaining("did you mean 'Prune=false'?") }),
    ]);
  });
});

describe('a destination without a namespace', () => {
  const server = 'https://kubernetes.default.svc';

  test('is a warning where a chart or `CreateNamespace` needs one', () => {
    const line = ['warning no-namespace config/mgmt/web.ts destination'];
    expect(found(apps({ web: application({ destination: { server } }) }))).toEqual(line);
    const plain = { source: { repoURL: 'x', path: 'x' }, destination: { server } };
    expect(found(apps({ web: application({ ...plain, syncPolicy: { syncOptions: ['CreateNamespace=true'] } }) }))).toEqual(line);
    expect(found(apps({ web: application(plain) }))).toEqual([]);
    expect(found(apps({ web: application({ ...plain, source: { ...plain.source, helm: {} } }) }))).toEqual(line);
  });

  test('is told once, though only some targets create namespaces', () => {
    const overrides = { production: { syncPolicy: { syncOptions: ['CreateNamespace=true'] } } };
    const problems = problemsOf(apps({ web: application({ destination: { server }, overrides }) }));
    expect(problems).toEqual([expect.objectContaining({ code: 'no-namespace', targets: 3 })]);
  });

  test('is told of every app that has none, in its own file', () => {
    const { destination, ...rest } = application();
    expect(destination).toBeDefined();
    expect(found(apps({ web: rest, api: rest }, { applications: { destination: { server } } }))).toEqual([
      'warning no-namespace config/mgmt/api.ts destination',
      'warning no-namespace config/mgmt/web.ts destination',
    ]);
  });

  test('is one in a template that nothing completes', () => {
    const set = (fields: Fields = {}) => ({
      kind: 'ApplicationSet',
      generators: [],
      template: { metadata: { name: 'x' }, spec: { project: 'p', destination: { server }, source } },
      ...fields,
    });
    expect(found(apps({ set: set() }))).toEqual(['warning no-namespace config/mgmt/set.ts template.spec.destination']);
    expect(found(apps({ set: set({ templatePatch: 'spec: {}' }) }))).toEqual([]);
  });
});

describe('a version that floats', () => {
  const at = (targetRevision: string, fields: Fields = { chart: 'web' }) =>
    found(apps({ web: application({ source: { repoURL: 'https://charts.example.com', ...fields, targetRevision } }) }));

  test.each(['*', '1.x', 'v1.*', '>=1', '>= 1.2, < 2', '^1.2.3', '~1', '1 - 2', '1.x || 2.x', '1.2.X'])('%s is a range', (revision) => {
    expect(at(revision)).toEqual(['warning floating-version config/mgmt/web.ts source.targetRevision']);
  });

  test.each(['v1.18.2', '1.2', '1', '1.0.0-rc.1', '77.5.0+build', 'main', 'HEAD', 'release-1.x', 'feature/x', 'a1b2c3d4', 'sha256:abc'])(
    '%s is none',
    (revision) => {
      expect(at(revision, { path: 'x' })).toEqual([]);
    },
  );

  test('may be a branch where patches of the app move versions', () => {
    const git = (targetRevision: string, patch: string) =>
      found(
        apps({
          web: application({
            source: { repoURL: 'x', path: 'x', targetRevision },
            patches: { p: { rolledOutTo: ['integration'], change: { source: { targetRevision: patch } } } },
          }),
        }),
      );
    expect(git('main', 'v1.2.0')).toEqual(['warning floating-version config/mgmt/web.ts source.targetRevision']);
    expect(git('HEAD', '1.2.0')).toHaveLength(1);
    expect(git('v1.1.0', 'v1.2.0')).toEqual([]);
    expect(git('main', 'fix')).toEqual([]);
    // Integration follows a branch, and production stays where it is.
    const pinned = { source: { repoURL: 'x', path: 'x', targetRevision: 'main' }, overrides: { production: { source: { targetRevision: 'v1.0.0' } } } };
    expect(found(apps({ web: application(pinned) }))).toEqual([]);
  });

  test('may be that of a component of a hub', () => {
    const component = (fields: Fields) => ({
      ...smallHubFleet,
      groups: {
        ...smallHubFleet.groups,
        addons: { ...addons, components: { ...addons.components, dns: { ...(addons.components.dns as Fields), ...fields } } },
      },
    });
    const lines = (fields: Fields) => told(hubProblemsOf(component(fields))).filter((line) => /floating|silence/.test(line));
    expect(lines({ version: '2.1.0' })).toEqual([]);
    expect(lines({ version: '1.x' })).toEqual([expect.stringMatching(/^warning floating-version config\/addons\/dns.ts version$/)]);
    expect(lines({ version: '1.x', silence: { 'floating-version version': 'a sandbox' } })).toEqual([]);
  });
});
