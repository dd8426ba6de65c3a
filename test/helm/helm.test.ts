import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { cluster, fleetFromConfig } from '../../constructs';
import type { Manifest } from '../../layers/output';
import { readConfig } from '../../store/read/read-config';
import { application, apps, buildFleet, ofTargets } from '../builders/fleet-builder';
import { examples } from '../workspaces/workspace';
import { describeWithHelm, expectedManifests, helmLint, helmTemplate, withRendered } from './helm';

const values = { name: 'mgmt-1', nameNormalized: 'mgmt-1', projectId: 'project-1', vpcId: 'vpc-1' };
const us = 'integration/int-1/us';

describeWithHelm('the example fleet, as Helm deploys it', () => {
  const fleet = ofTargets(fleetFromConfig(readConfig(examples.typescript)));
  const targets = [...fleet.synth().effects()].map(({ folder }) => folder.path);

  test('has the eighteen targets of the walkthrough', () => {
    expect(targets).toHaveLength(18);
  });

  test.each(targets)('%s passes helm lint and gives exactly our manifests', (target) => {
    const [clusterType = '', ...path] = target.split('/');
    const expected = expectedManifests(fleet, clusterType, path.join('/'), values);
    expect(expected.length).toBeGreaterThan(0);
    withRendered(fleet, (folder) => {
      const lint = helmLint(join(folder, target));
      expect({ ...lint, output: lint.status === 0 ? '' : lint.output }).toEqual({ status: 0, output: '' });
      expect(helmTemplate(join(folder, target), values)).toEqual(expected);
    });
  });

  test('has ApplicationSet expressions that arrive as they are written', () => {
    withRendered(fleet, (folder) => {
      const root = helmTemplate(join(folder, 'infra-cluster/production/prod-canary/us-east1'), values).find(
        ({ metadata }) => metadata.name === 'management-cluster-root',
      );
      expect(root).toMatchObject({
        spec: {
          template: {
            metadata: { name: 'management-cluster-{{.nameNormalized}}' },
            spec: {
              destination: { name: '{{.name}}' },
              source: {
                helm: {
                  valuesObject: {
                    cluster: { name: '{{.name}}', projectId: '{{ index (get .metadata "annotations" | default dict) "gcp-hcp/project-id" | default "" }}' },
                  },
                },
              },
            },
          },
        },
      });
    });
  });

  test.each([
    ['is missing', { name: 'mgmt-1', vpcId: 'v' }],
    ['is empty, as `index` makes it', { ...values, projectId: '' }],
  ])('fails with its message where an annotation %s', (_, cluster) => {
    withRendered(fleet, (folder) => {
      const chart = join(folder, 'management-cluster/production/prod-canary/us-east1');
      expect(() => helmTemplate(chart, cluster)).toThrow('cluster.projectId is missing: expected from the annotation gcp-hcp/project-id of the cluster secret');
    });
  });
});

describeWithHelm('applications in the control plane', () => {
  const root = { kind: 'RootApplicationSet', clusterType: 'mgmt', applications: 'controlPlane' };
  const set = {
    kind: 'ApplicationSet',
    generators: [{ list: { elements: [{ a: 'b' }] } }],
    goTemplate: true,
    template: { metadata: { name: 'x-{{.a}}' }, spec: { project: 'p', destination: {} } },
  };
  const fleet = buildFleet(apps({ root, set, web: application(), api: application({ labels: { cluster: cluster.name } }) }));

  test('have disjoint names when one target is rendered for two clusters, and the same Helm release', () => {
    withRendered(fleet, (folder) => {
      const [one, two] = ['one', 'two'].map((name) => helmTemplate(join(folder, 'mgmt', us), { name: `${name}_C`, nameNormalized: `${name}-c` }));
      const names = (manifests = one) => manifests?.map(({ kind, metadata }) => `${kind} ${metadata.name}`) ?? [];
      expect(names(one)).toEqual(['Application api-one-c', 'Application web-one-c', 'ApplicationSet root-one-c', 'ApplicationSet set-one-c']);
      expect(names(two).filter((name) => names(one).includes(name))).toEqual([]);
      const web = two?.find(({ metadata }) => metadata.name === 'web-two-c');
      expect(web).toMatchObject({ spec: { destination: { name: 'two_C', namespace: 'web' }, source: { helm: { releaseName: 'web' } } } });
    });
  });

  test('pass helm lint', () => {
    withRendered(fleet, (folder) => expect(helmLint(join(folder, 'mgmt', us))).toMatchObject({ status: 0 }));
  });
});

describeWithHelm('text that looks like something to Helm or YAML', () => {
  const hostile = [
    '{{.name}}',
    '{{ index .metadata.annotations "a/b" }}',
    "{{ .a | default 'b' }}",
    '{{ `raw` }}',
    '{{- range .x }}\n  - {{ . }}\n{{- end }}\n',
    '{{{{',
    '}}{{',
    '{',
    '{{{.x}}}',
    '{{/* comment */}}',
    '"quoted" \\ back\\slash',
    'line one\n  line two: {{.x}}\n',
    'yes',
    '010',
    '12:30',
    '#{{ "not a comment" }}',
    `${cluster.name}`,
    `{${cluster.name}}`,
    `{{${cluster.name}}}`,
    `a "b" '${cluster.annotation('x/project-id')}' \`c\``,
    `multi\nline ${cluster.name}\n`,
  ];
  const root = { kind: 'RootApplicationSet', clusterType: 'mgmt' };

  function roundTrip(texts: readonly string[]): void {
    const valuesObject = Object.fromEntries(texts.map((text, index) => [`key-${index}`, text]));
    const keys = Object.fromEntries(texts.map((text, index) => [text, index]));
    const source = { repoURL: 'https://example.com', path: 'x', helm: { valuesObject: { ...valuesObject, keys, list: texts, nested: [{ texts }] } } };
    const withNull = { ...source, helm: { valuesObject: { ...source.helm.valuesObject, nothing: null } } };
    const fleet = buildFleet(apps({ root, web: application({ source }), nulls: application({ source: withNull }) }));
    withRendered(fleet, (folder) => expect(helmTemplate(join(folder, 'mgmt', us), values)).toEqual(expectedManifests(fleet, 'mgmt', us, values)));
  }

  test('arrives as it was written', () => roundTrip(hostile));

  test('is read by Go from its manifest as it was written', () => {
    const doubtful = [
      'yes',
      'no',
      'on',
      'y',
      'N',
      '~',
      'null',
      '',
      '010',
      '0o17',
      '0O17',
      '0x1F',
      '0X1F',
      '0b1',
      '0B1',
      '1e3',
      '.5',
      '1_000',
      '+1',
      '12:30',
      '2026-01-01',
      '.inf',
      'NaN',
      '=',
      '<<',
      'True',
      '1.18.2',
      'v1',
    ];
    const valuesObject = { doubtful, keys: Object.fromEntries(doubtful.map((text, index) => [text, index])), number: 1e-7, half: 0.5 };
    const source = { repoURL: 'https://example.com', path: 'x', helm: { valuesObject } };
    withRendered(buildFleet(apps({ web: application({ source }) })), (folder) => {
      const chart = join(folder, 'mgmt', us);
      const probe = 'kind: Probe\nmetadata: {name: probe}\njson: {{ (.Files.Get "web.yaml" | fromYaml).spec.source.helm.valuesObject | toJson | quote }}\n';
      copyFileSync(join(chart, 'templates/web.yaml'), join(chart, 'web.yaml'));
      writeFileSync(join(chart, 'templates/probe.yaml'), probe);
      const [, read] = helmTemplate(chart, values) as unknown as readonly { readonly json: string }[];
      expect(JSON.parse(read?.json ?? '')).toEqual(valuesObject);
    });
  });

  test('fills in what a cluster says, whatever characters it says it with', () => {
    const source = {
      repoURL: 'https://example.com',
      path: 'x',
      helm: { valuesObject: { one: cluster.name, two: `line\n${cluster.name}: x`, [`key ${cluster.name}`]: ['{{.a}}', `'${cluster.name}"`] } },
    };
    const withNull = { ...source, helm: { valuesObject: { ...source.helm.valuesObject, nothing: null } } };
    const fleet = buildFleet(apps({ root, web: application({ source }), nulls: application({ source: withNull }) }));
    withRendered(fleet, (folder) => {
      for (const name of [
        "it's",
        "it''s",
        'say "hi"',
        'C:\\new',
        'a\nb',
        "x', evil: 'y",
        '<&>',
        '\u2028',
        '{{.x}}',
        '$1',
        '`',
        'é 世',
        '😀',
        'a\u0085  b',
        'a\u007fb\ufeff\uffff',
      ]) {
        const said = { ...values, name };
        // A text of values may say the same with other escapes: it is compared as what it says.
        const read = (manifests: readonly Manifest[]) =>
          JSON.parse(JSON.stringify(manifests, (key, value) => (key === 'values' && typeof value === 'string' ? parse(value) : value)));
        const expected = read(expectedManifests(fleet, 'mgmt', us, said));
        expect({ name, rendered: read(helmTemplate(join(folder, 'mgmt', us), said)) }).toEqual({ name, rendered: expected });
        expect(JSON.stringify(expected)).toContain(JSON.stringify({ one: name }).slice(1, -1));
      }
    });
  });

  test('arrives as it was written, whatever it is put together of', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '{{',
      '}}',
      '`',
      "'",
      '"',
      '\\',
      '\n',
      ' ',
      '.',
      'x',
      '-',
      '#',
      ':',
      '{{.a}}',
      '{{- .b -}}',
      `${cluster.name}`,
      '\t',
      'é',
      '%',
    );
    const text = fc.array(pieces, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 20, maxLength: 20 }), (texts) => roundTrip(texts)),
      { numRuns: 25 },
    );
  });
});
