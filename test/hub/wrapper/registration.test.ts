import { readWrapper } from '../../../store/wrapper/read-wrapper';
import { changed, comparedAfter, edited, type Files, layout, read, unsaidIn, unsaidOf, written } from './edited-layout';

const registration = 'fleet/fleet-bootstrap/fleet-hub-external-secrets.yaml';
const everyone = 'addons/tenants/defaults/fleet/fleet-secret/values.yaml';
const tenant2 = 'addons/tenants/tenant2/defaults/fleet/fleet-secret/values.yaml';
const members = 'fleet/fleet-bootstrap/fleet-members/hub-1';

/** The layout with more about cluster secrets. */
function saying(path: string, said: string): Files {
  return edited(path, 'externalSecret:\n', `externalSecret:\n${said}`);
}

/** The layout with something at the end of what the registration says. */
function registering(from: string, more: string): Files {
  return edited(registration, from, from + more);
}

describe('what the registration says of clusters', () => {
  test.each<[string, string]>([
    ['refreshInterval: 5m', 'the secret manager is asked every hour here: `refreshInterval` is not carried over'],
    ['project: payments', 'a cluster is of no project here, so that every project may deploy to it: say `destinations` in AppProjects of your own'],
    ['namespaces: [a]', "Argo CD sees every namespace of a cluster here: its rights are those of the entry's account"],
    ['shard: 2', 'clusters are shared out by Argo CD itself here: `shard` is not carried over'],
    ['server: remote', "'externalSecret.server' of the registration is not known: what the chart makes of it is not carried over"],
  ])('is listed, where it cannot be said: %s', (said, reason) => {
    expect(unsaidIn(saying(everyone, `  ${said}\n`))).toEqual([`${everyone}:2 | ${reason}`]);
    expect(unsaidIn(registering('                enabled: true\n', `                ${said}\n`))).toEqual([`${registration}:49 | ${reason}`]);
  });

  test('is not what is the same here, or nothing', () => {
    expect(unsaidIn(saying(everyone, '  refreshInterval: 1h\n  project: ""\n  namespaces: []\n'))).toEqual([]);
  });

  test('is the store of each of them', () => {
    const reading = read({
      ...edited(registration, '                secretStoreRefName: fleet-secret-store\n', ''),
      ...saying(everyone, '  secretStoreRefName: fleet-secret-store\n'),
      ...saying(tenant2, '  secretStoreRefName: vault\n'),
    });
    expect(unsaidOf(reading)).toEqual([]);
    const settings = written(reading, 'members/settings.ts');
    expect(settings).toContain("secretStore: { existing: { name: 'fleet-secret-store', kind: 'SecretStore' } }");
    expect(settings).toContain("secretStores: { vault: { existing: { name: 'vault', kind: 'SecretStore' } } }");
    expect(settings).toMatch(/\n {4}tenant2: \{\n(?: {6}.*\n)* {6}registration: \{ store: 'vault' \}/);
  });

  test('is listed, where the hub says it and Git does not know the hub', () => {
    const files = registering(
      '                annotations:\n',
      "                  account: '{{ .metadata.annotations.account }}'\n                  role: 'arn:{{ .metadata.annotations.account }}:x'\n",
    );
    const reason = 'is left out: Git does not know the annotation account of the hub, which says it';
    const reading = read(files);
    expect(unsaidOf(reading)).toEqual([
      `${registration}:62 | \u2039annotation account\u203a | 'account' of the annotations ${reason}`,
      `${registration}:63 | arn:\u2039annotation account\u203a:x | 'role' of the annotations ${reason}`,
    ]);
    expect(written(reading, 'members/settings.ts')).not.toContain('\u2039');
    expect(unsaidIn(registering('                labels:\n', "                  account: '{{ .metadata.annotations.account }}'\n"))).toEqual([
      `${registration}:54 | \u2039annotation account\u203a | 'account' of the labels ${reason}`,
    ]);
  });

  test('is listed, where it is no text', () => {
    expect(unsaidIn(edited(everyone, '  labels:\n', '  labels:\n    tier: [a]\n'))).toEqual([
      `${everyone}:3 | 'tier' of the labels is no text: it is left out`,
    ]);
  });

  test('is listed, where it comes from a chart or a source that is not here', () => {
    expect(unsaidIn(edited(registration, 'chartPath: charts/fleet-secret', 'chartPath: elsewhere/fleet-secret'))).toEqual([
      `${registration} | the chart of the registration is elsewhere (elsewhere/fleet-secret main): 'charts/fleet-secret' is read in its place`,
    ]);
    expect(
      unsaidIn(
        registering('          ref: values\n', "        - repoURL: 'https://charts.company.example'\n          chart: more\n          targetRevision: 1.0.0\n"),
      ),
    ).toEqual([
      `${registration} | https://charts.company.example more 1.0.0 | a further source beside the chart: it is not carried over, make a component of what it deploys`,
    ]);
  });

  test('is no cluster, where no secret is made', () => {
    expect(unsaidIn(edited(registration, '                enabled: true\n', ''))).toContain(
      `${members}/tenant1-dev-1.yaml | the cluster is not carried over: 'externalSecret.enabled' is not true, so that it gets no secret`,
    );
  });
});

test('a cluster that is registered twice is one mistake, with both files', () => {
  const folder = changed({ [`${members}/tenant2-prod-2.yaml`]: layout[`${members}/tenant2-prod-1.yaml`] });
  expect(() => readWrapper(folder, () => undefined)).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({
          code: 'duplicate-name',
          message: expect.stringMatching(/^the cluster 'tenant2-prod-1' is there twice: also in .*tenant2-prod-1\.yaml$/) as string,
          file: expect.stringMatching(/tenant2-prod-2\.yaml$/) as string,
        }),
      ],
    }),
  );
});

test('an annotation that says nothing is carried over', () => {
  const reading = read(edited(everyone, /$/, '  annotations:\n    proxy: ""\n'));
  expect(unsaidOf(reading)).toEqual([]);
  expect(written(reading, 'members/settings.ts')).toContain("proxy: ''");
  expect(comparedAfter(reading).differing).toEqual([]);
});

describe('what the secret of a cluster says', () => {
  const addons = 'charts/application-sets/values/addons.yaml';
  const asked = edited(addons, "txtOwnerId: '{{ .name }}'", "txtOwnerId: '{{ .metadata.labels.cluster_name }}/{{ .metadata.labels.use_remote_argo }}'");

  test('is compared: labels, annotations, its entry and the store', () => {
    const { differing } = comparedAfter(read({}), {
      'members/settings.ts': (text) =>
        text
          .replace("aws_vpc_id: 'vpc-1'", "aws_vpc_id: 'vpc-2'")
          .replace("'company.example/managed': 'yes'", 'tier: "a"')
          .replace("name: 'fleet-secret-store'", "name: 'other'"),
      'spokes/tenant2-prod-1.ts': (text) => text.replace("secret: '", "secret: 'x-"),
    });
    const rows = differing.map(({ cluster, component, field, before, after }) => [cluster, component, field, before, after].join(' | '));
    expect(rows).toEqual(
      expect.arrayContaining([
        'tenant1-prod-1 | cluster secret | annotations.aws_vpc_id | vpc-1 | vpc-2',
        'tenant1-prod-1 | cluster secret | labels.company.example/managed | yes | ',
        'tenant1-prod-1 | cluster secret | labels.tier |  | a',
        'tenant1-prod-1 | cluster secret | store | SecretStore fleet-secret-store | SecretStore other',
        'tenant2-prod-1 | cluster secret | secret | fleet/tenant2-prod-1 | x-fleet/tenant2-prod-1',
      ]),
    );
  });

  test('is no difference where labels follow from other things here, and ApplicationSets alone read them: it is told', () => {
    const { differing, relabelled } = comparedAfter(read({}));
    expect(differing).toEqual([]);
    expect(relabelled).toContainEqual({ cluster: 'hub-1', label: 'fleet_member', before: 'hub-cluster', after: 'hub' });
  });

  test('is what values come to that ask for it, although it says something else here', () => {
    const reading = read({ ...edited(tenant2, '  labels:\n', '  labels:\n    cluster_name: legacy\n'), ...asked });
    expect(unsaidOf(reading)).toEqual([]);
    const { differing } = comparedAfter(reading);
    expect(differing.map(({ cluster, field, before, after }) => [cluster, field, before, after])).toEqual([
      ['tenant2-prod-1', 'labels.cluster_name', 'legacy', 'tenant2-prod-1'],
    ]);
    expect(written(reading, 'addons/external-dns.ts')).toContain('txtOwnerId: `legacy/${cluster.label(');
  });

  test('is compared where values ask for it', () => {
    const reading = read({ ...edited(tenant2, '  labels:\n', '  labels:\n    cluster_name: legacy\n'), ...asked });
    const { differing } = comparedAfter(reading, { 'addons/external-dns.ts': (text) => text.replace('`legacy/', `\`$\{cluster.label("cluster_name")}/`) });
    expect(differing).toContainEqual(
      expect.objectContaining({
        cluster: 'tenant2-prod-1',
        component: 'external-dns',
        field: 'values.txtOwnerId',
        before: 'legacy/true',
        after: 'tenant2-prod-1/true',
      }),
    );
  });

  test('is a text in values where it says nothing: no Application is made of an empty annotation', () => {
    const reading = read({
      ...edited(everyone, /$/, '  annotations:\n    proxy: ""\n'),
      ...edited(
        addons,
        "txtOwnerId: '{{ .name }}'",
        `txtOwnerId: 'a{{ .metadata.annotations.proxy }}{{ default "none" (index .metadata.annotations "proxy") }}'`,
      ),
    });
    expect(unsaidOf(reading)).toEqual([]);
    expect(written(reading, 'addons/external-dns.ts')).toContain("txtOwnerId: 'anone'");
    expect(comparedAfter(reading).differing).toEqual([]);
  });
});
