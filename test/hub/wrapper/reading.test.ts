import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readWrapper } from '../../../store/wrapper/read-wrapper';
import { changed, comparedAfter, edited, type Files, folderOf, folders, layout, read, unsaidIn } from './edited-layout';

const addons = 'charts/application-sets/values/addons.yaml';

describe('what the layout says and the configuration cannot say', () => {
  test('is nothing in the layout that has each feature', () => {
    const { unsaid, unread, unused, config } = read({});
    expect([unsaid, unread, unused]).toEqual([[], [], []]);
    expect(config.files).toHaveLength(25);
  });

  test.each<[string, Files, readonly string[]]>([
    [
      'a field of a component',
      edited(addons, '  releaseName: dns\n', '  releaseName: dns\n  annotationsAppSet:\n    a: b\n'),
      [
        `${addons}:49 | annotations of an ApplicationSet are not carried over. A sync wave there orders no Application: where a component needs another one, say \`after\``,
      ],
    ],
    [
      "a key of the wrapper's values",
      edited('charts/application-sets/values.yaml', 'useSelectors:', 'globalValuesObject: {}\nuseSelectors:'),
      ["charts/application-sets/values.yaml:4 | 'globalValuesObject' of the wrapper's values is not known: what the chart makes of it is not carried over"],
    ],
    [
      'a text in the place of what the cluster has not',
      edited(addons, "vpcId: '{{ .metadata.annotations.aws_vpc_id }}'", `vpcId: '{{ default "none" (index .metadata.annotations "other") }}'`),
      [
        `${addons}:104 | {{ default "none" (index .metadata.annotations "other") }} | where the cluster secret has no annotation other, the Application fails, and 'none' is not taken`,
      ],
    ],
    [
      'another function',
      edited(addons, "txtOwnerId: '{{ .name }}'", "txtOwnerId: '{{ .name | upper }}'"),
      [`${addons}:74 | {{ .name | upper }} | only annotations, labels, name and server of the cluster can be said: it stands there without its braces`],
    ],
    [
      'an ApplicationSet of something else',
      { 'fleet/bootstrap/more.yaml': (layout['fleet/bootstrap/fleetv2.yaml'] as string).replace('/fleet-bootstrap', '/more') },
      ['fleet/bootstrap/more.yaml | an ApplicationSet beside the layout: make a component of what it deploys'],
    ],
    [
      'an ApplicationSet with a generator that is not read',
      { 'fleet/bootstrap/more.yaml': (layout['fleet/bootstrap/fleetv2.yaml'] as string).replace('clusters:', 'plugin:') },
      ["fleet/bootstrap/more.yaml | the ApplicationSet cannot be read: the generator 'plugin' is not read"],
    ],
    [
      'another object',
      { 'fleet/fleet-bootstrap/job.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\n' },
      ['fleet/fleet-bootstrap/job.yaml | a Job beside the layout: apply it in another way, or make a component of it'],
    ],
    [
      'a wrapper chart that is elsewhere',
      edited('fleet/bootstrap/monitoring.yaml', 'chartPath: charts/application-sets', 'chartPath: elsewhere/application-sets'),
      [
        "fleet/bootstrap/monitoring.yaml | the wrapper chart of a release is elsewhere (elsewhere/application-sets main): 'charts/application-sets' is read in its place",
      ],
    ],
  ])('%s is listed with its file and line', (_, files, expected) => {
    expect(unsaidIn(files)).toEqual(expected);
  });

  test('of a label that asks for what nobody gets', () => {
    const found = unsaidIn(edited('addons/tenants/tenant2/defaults/fleet/fleet-secret/values.yaml', '  labels:\n', '  labels:\n    enable_nothing: "true"\n'));
    expect(found).toEqual([
      'fleet/fleet-bootstrap/fleet-members/hub-1/tenant2-prod-1.yaml | enable_nothing | the label asks for what no cluster gets: it is left out',
    ]);
  });

  test('of a member that nothing registers, and of a hub that Git knows nothing of', () => {
    expect(
      unsaidIn({
        'fleet/fleet-bootstrap/fleet-hub-external-secrets.yaml': undefined,
        ...Object.fromEntries(
          Object.keys(layout)
            .filter((path) => path.includes('clusters/hub-1/'))
            .map((path) => [path, undefined]),
        ),
      }),
    ).toEqual(
      expect.arrayContaining([
        "fleet/fleet-bootstrap/fleet-members/hub-1 | no folder 'clusters/hub-1' says the tenant of the hub: it is written as 'platform'",
        "fleet/fleet-bootstrap/fleet-members/hub-1 | Git does not know the hub's entry in the secret manager: it is written as 'fleet/hub-1'",
        'fleet/fleet-bootstrap/fleet-members/hub-1/tenant1-dev-1.yaml | the cluster is not carried over: no ApplicationSet registers it',
      ]),
    );
  });

  test('without the group that brings Argo CD to spokes, another one does, and that is said', () => {
    const { unsaid, config } = read({ 'fleet/fleet-bootstrap/fleet-members-bootstrap.yaml': undefined });
    expect(unsaid.map(({ reason }) => reason).join()).toContain('no group brings Argo CD and External Secrets to spokes with an Argo CD of their own');
    expect(config.files.map(({ path }) => path)).toContain('bootstrap/fleet-argo-cd.ts');
  });
});

test('files of values that no cluster reads are named, and components that none gets', () => {
  const { unread, unused, folder } = read({
    'addons/tenants/tenant1/default/addons/cert-manager/values.yaml': 'a: 1\n',
    ...edited(addons, 'karpenter:\n  enabled: false', 'velero:\n  enabled: true\n  selector:\n    matchLabels: { a: b }\nkarpenter:\n  enabled: false'),
  });
  expect(unread.map((file) => relative(folder, file))).toEqual(['addons/tenants/tenant1/default/addons/cert-manager/values.yaml']);
  expect(unused).toEqual(['addons/velero']);
});

test('texts in files of values are for nobody to fill in, and stay', () => {
  const { config } = read({ 'addons/defaults/addons/cert-manager/values.yaml': "owner: '{{ .name }}'\n" });
  const text = config.files.find(({ path }) => path === 'addons/cert-manager.ts')?.text;
  expect(text).toContain("owner: '{{ .name }}'");
  expect(text).toContain("notTemplate: { 'values.owner': 'a file of values said it, which Argo CD reads as it is' }");
});

test('what Argo CD tries five times is not tried for ever', () => {
  const { config } = read(edited('charts/application-sets/values.yaml', '  retry:\n    limit: -1\n', ''));
  expect(config.files.find(({ path }) => path === 'addons/defaults.ts')?.text).toContain('retry: { limit: 5 }');
});

describe('the comparison', () => {
  test('finds every field that a cluster gets otherwise, with the place that said it', () => {
    const { differing, missing, extra, renamed, components } = comparedAfter(read({}), {
      'addons/metrics-server.ts': (text) => text.replace('replicas: 2', 'replicas: 7'),
      'addons/cert-manager.ts': (text) => text.replace("namespace: 'cert-manager'", "namespace: 'other'").replace('limit: 10', 'limit: 11'),
      'addons/releases.ts': (text) => text.replace("karpenter: '1.4.3'", "karpenter: '1.4.4'").replace("karpenter: '1.4.3'", "karpenter: '1.4.4'"),
      'addons/external-dns.ts': (text) => text.replace("policy: 'upsert-only'", 'policy: cluster.server'),
      'monitoring/prometheus.ts': (text) => text.replace('platform: { enabled: false }', 'platform: { enabled: true }'),
      'resources/quotas.ts': (text) =>
        text
          .replace('export default {', "export default {\n  applicationName: 'q',")
          .replace('enabled: true', 'enabled: true,\n  overrides: { tenant2: { enabled: false } }'),
    });
    expect(components).toBe(37);
    const rows = differing.map(({ cluster, component, field, before, after, file, place }) =>
      [
        cluster,
        component,
        field,
        JSON.stringify(before),
        JSON.stringify(after),
        file.replace(/.*\/layout\//, '').replace(/.*fleet-test-[^/]*\//, ''),
        place.join('.'),
      ].join(' | '),
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        'hub-1 | metrics-server | values.replicas | 2 | 7 | addons/tenants/defaults/addons/metrics-server/values.yaml | replicas',
        `hub-1 | cert-manager | namespace | "cert-manager" | "other" | ${addons} | cert-manager.namespace`,
        `tenant1-dev-1 | karpenter | version | "1.4.3" | "1.4.4" | ${addons} | karpenter.defaultVersion`,
        `tenant1-prod-1 | external-dns | values.policy | "upsert-only" | "{{ server }}" | ${addons} | external-dns.valuesObject.policy`,
      ]),
    );
    expect(rows.filter((row) => row.includes('syncPolicy'))).toHaveLength(4);
    expect(missing).toEqual(['tenant2-prod-1 quotas']);
    expect(extra).toEqual(['hub-1 prometheus']);
    expect(renamed).toContainEqual({ cluster: 'hub-1', component: 'quotas', argoCD: 'hub-1', from: 'quotas-hub-1', to: 'q-hub-1' });
  });
});

/** The layout with another name of its group for monitoring. */
function renamedGroup(name: string): Files {
  return {
    ...edited('fleet/bootstrap/monitoring.yaml', 'applicationSetGroup: monitoring', `applicationSetGroup: ${name}`),
    ...edited('fleet/bootstrap/versions/applicationSets.yaml', '  monitoring:', `  ${name}:`),
  };
}

describe('files that cannot be used', () => {
  function codesOf(folder: string): readonly string[] {
    try {
      readWrapper(folder, () => undefined);
    } catch (error) {
      return (error as { readonly problems: readonly { readonly code: string }[] }).problems.map(({ code }) => code);
    }
    return [];
  }

  test.each([
    ['is not YAML', 'a: [\n', 'yaml-syntax'],
    ['has a tag', 'a: !!js/function x\n', 'yaml-syntax'],
    ['has two documents', 'a: 1\n---\nb: 2\n', 'yaml-syntax'],
    ['is a list', '- a\n', 'config-shape'],
  ])('are errors: a file of values that %s', (_, text, code) => {
    expect(codesOf(changed({ 'addons/defaults/addons/metrics-server/values.yaml': text }))).toEqual([code]);
  });

  test.each([
    'addons/defaults/addons/metrics-server/values.yaml',
    'charts/application-sets/templates/application-sets.yaml',
    'charts/application-sets/values/addons.yaml',
    'fleet/bootstrap/addons.yaml',
    'fleet/fleet-bootstrap/fleet-members/hub-1/tenant1-dev-1.yaml',
  ])('are errors: a link that leads out of the layout (%s)', (path) => {
    // What it leads to would do, were it read.
    const outside = folders.make({ 'there.yaml': layout[path] ?? 'a: b\n' });
    const folder = changed({ [path]: undefined });
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(outside, 'there.yaml'), join(folder, path));
    expect(codesOf(folder)).toEqual(['symlink']);
  });

  test.each([
    ['group', renamedGroup('../../evil')],
    ['group that is called like a folder of something else', renamedGroup('members')],
    ['component', edited(addons, /^cert-manager:/m, '../../evil:')],
    ['component like a file of its group', edited(addons, /^cert-manager:/m, 'defaults:')],
    ['cluster', edited('fleet/fleet-bootstrap/fleet-members/hub-1/tenant1-prod-1.yaml', 'clusterName: "tenant1-prod-1"', 'clusterName: "../../../evil"')],
    ['cluster in a folder', edited('fleet/fleet-bootstrap/fleet-members/hub-1/tenant1-prod-1.yaml', 'clusterName: "tenant1-prod-1"', 'clusterName: "a/b"')],
  ])('are errors: a name of a %s that no file can have', (_, files) => {
    expect(codesOf(changed(files))).toContain('invalid-name');
  });

  test('are errors: characters that stand for values of a cluster inside of the program', () => {
    expect(codesOf(changed({ 'addons/defaults/addons/metrics-server/values.yaml': 'a: "\uE0F0name\uE0F1"\n' }))).toEqual(['token-broken']);
  });

  test('and paths that lead out are not read', () => {
    const folder = changed(edited('charts/application-sets/values.yaml', '  - defaults\n', '  - ../../../../../../etc\n'));
    expect(() => readWrapper(folder, () => undefined)).not.toThrow();
  });

  test('are none where there is no hub', () => {
    const files = Object.fromEntries(Object.keys(layout).map((path) => [path, path.includes('/fleet-members/') ? undefined : layout[path]]));
    expect(codesOf(folderOf(files))).toEqual(['migrate-from']);
  });
});
