import { type Migrated, migrated, valuesYaml, yamlFleet } from '../../builders/migrated';
import { TemporaryFolders } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

/** Deploys `mc` and says where the values of a cluster come from. */
const root = `applicationsets:
  root:
    generators: [{ clusters: {} }]
    template:
      metadata: { name: x }
      spec:
        project: p
        destination: { name: c }
        source:
          repoURL: https://example.com/fleet
          path: dist/mc
          helm:
            valuesObject:
              zone_id: '{{\`{{"{{"}} index .metadata.annotations "acme.io/zone-id" {{"}}"}}\`}}'
              tenant: x
              cluster:
                name: "{{.name}}"
                projectId: '{{ index .metadata.annotations "acme.io/project-id" }}'
                net: '{{ index .metadata.labels "acme.io/network" }}'
`;

/** An app with one Helm value, beside keys for expressions. */
function migrate(text: string, more: Readonly<Record<string, string>> = {}, keys = ''): Migrated {
  return migrated(yamlFleet({ 'app/values.yaml': `${keys}${valuesYaml(`text: '${text.replaceAll("'", "''")}' # here`)}`, ...more }), folders);
}

/** The value as TypeScript; it renders the same. */
function said(text: string, more?: Readonly<Record<string, string>>, keys?: string): string {
  const { files, lost, drift } = migrate(text, more, keys);
  expect([...lost.filter((line) => line.endsWith(')')), ...drift.changed]).toEqual([]);
  return /text: (.*), \/\/ here$/m.exec(files['mc/app.ts'] ?? '')?.[1] ?? 'nothing';
}

describe('an expression of the target is a function of it', () => {
  test.each([
    ['{{ .Values.cluster.region }}', '(target) => target.region'],
    ['{{ index .Values "cluster" "sector" }}', '(target) => target.sector'],
    ['a/{{ .Values.cluster.environment }}/b', `(target) => \`a/\${target.environment}/b\``],
    ['{{ .Values.cluster.region | upper }}', '(target) => target.region.toUpperCase()'],
    ['{{ .Values.cluster.region | default "none" | quote }}', '(target) => JSON.stringify(target.region)'],
    ['{{ printf "%s-%s" .Values.cluster.sector "x" }}', `(target) => \`\${target.sector}-x\``],
    ['{{- .Values.cluster.region -}}', '(target) => target.region'],
  ])('%s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });
});

describe('what only the cluster knows is a token', () => {
  test.each([
    ['{{`{{ .Values.cluster.name }}`}}', 'cluster.name'],
    ['{{ .Values.cluster.name }}', 'cluster.name'],
    ['{{ .Values.cluster.projectId }}', "cluster.annotation('acme.io/project-id')"],
    ['{{`a-{{ .Values.cluster.net }}`}}', `\`a-\${cluster.label('acme.io/network', 'net')}\``],
    ['{{ printf `{{ .Values.cluster.%s }}` "name" }}', 'cluster.name'],
    ['{{"{{"}} .Values.cluster.name | squote {{"}}"}}', `\`'\${cluster.name}'\``],
    ['{{`{{ .Values.zone_id }}`}}', "cluster.topLevel(cluster.annotation('acme.io/zone-id', 'zone_id'))"],
    ['{{ .Values.zone_id }}', "cluster.topLevel(cluster.annotation('acme.io/zone-id', 'zone_id'))"],
    ['a-{{`{{ .Values.tenant }}`}}', `\`a-\${cluster.topLevel(cluster.value('tenant'))}\``],
    ['{{`{{ .Values.cluster.name }}`}}/{{ .Values.cluster.region }}', `(target) => \`\${cluster.name}/\${target.region}\``],
    ['{{ .Values.cluster.region }}-{{ .Values.cluster.name }}', `(target) => \`\${target.region}-\${cluster.name}\``],
  ])('%s', (text, expected) => {
    expect(said(text, { 'root/values.yaml': root })).toBe(expected);
  });

  test('by its key, where nothing in the fleet tells where it comes from', () => {
    const { files, drift } = migrate('{{`{{ .Values.cluster.zone }}`}}');
    expect(files['mc/app.ts']).toContain("text: cluster.value('zone')");
    expect(files['mc/app.ts']).toContain("import { cluster, type FleetAppConfig } from 'cdk8s-fleet';");
    expect(files['fleet.ts']).toContain('adopted: true,');
    expect(drift.changed).toEqual([]);
  });
});

describe('what is the same everywhere is that', () => {
  test.each([
    ['{{ .Values.tier }}', "'gold'"],
    ['{{ .Values.tier | upper | quote }}', `'"GOLD"'`],
    ['{{ .Values.missing | default "none" }}', "'none'"],
    ['{{ .Values.nested.of }}-{{ .Values.cluster.region }}', `(target) => \`gold-\${target.region}\``],
    ['{{ .Values.applications.app.source.chart }}', "'x'"],
    ['{{ "{{" }}.name{{ "}}" }}', "'{{.name}}'"],
    ['{{`{{"{{"}} index .metadata.annotations "a/id" {{"}}"}}`}}', `'{{ index .metadata.annotations "a/id" }}'`],
    ['{{`{{ .Values.tier | upper }}`}}', "'GOLD'"],
    ['{{ .Values.cluster.region }}{{`{{ "{{" }}.x{{ "}}" }}`}}', `(target) => \`\${target.region}{{.x}}\``],
    ['{{.name}} {{ toYaml .spec }}', "'{{.name}} {{ toYaml .spec }}'"],
    ['{{/* gone */}}a', "'a'"],
    ['{{ .Values.size }}', "'1e+06'"],
    ['projects/{{ .Values.project }}/{{ 1000000 }}', "'projects/1.23456789012e+11/1000000'"],
    ['{{ .Values.cluster.region }}-{{ .Values.size }}', `(target) => \`\${target.region}-1e+06\``],
    ['{{`{{ .Values.size | quote }}`}}', `'"1e+06"'`],
    ['{{ .Values.missing | default 1000000 }}', "'1000000'"],
  ])('%s', (text, expected) => {
    expect(said(text, {}, 'tier: gold\nsize: 1000000\nproject: 123456789012\nnested: { of: "{{ .Values.tier }}" }\n')).toBe(expected);
  });
});

test('a number of a file stays one, however large, but in an annotation, which is text as Helm prints it', () => {
  const text = `${valuesYaml('size: 1000000')}    additionalAnnotations: { argocd.argoproj.io/sync-wave: 1000000, own: "1000000" }\n`;
  const { files, drift } = migrated(yamlFleet({ 'app/values.yaml': text }), folders);
  expect(files['mc/app.ts']).toContain('size: 1000000');
  expect(files['mc/app.ts']).toContain("'argocd.argoproj.io/sync-wave': '1e+06', own: '1000000'");
  expect(drift.changed).toEqual([]);
});

describe('what TypeScript cannot say stays as it was, with the place and the reason', () => {
  test('where a value differs from target to target: the comparison tells which files do', () => {
    const { files, lost, drift } = migrate('{{ .Values.tier }}', { 'app/e1/override.yaml': 'tier: silver\n' }, 'tier: gold\n');
    expect(lost).toEqual(['mc/app/values.yaml:10:18 {{ .Values.tier }} (`.Values.tier` is neither a dimension nor the same at every target)']);
    expect(files['mc/app.ts']).toContain("text: '{{ .Values.tier }}'");
    expect(drift.changed[0]).toEqual({
      path: 'mc/e1/s1/r1/templates/app.yaml',
      line: 14,
      expected: '        text: silver',
      found: "        text: '{{`{{ .Values.tier }}`}}'",
    });
    expect(drift.changed).toHaveLength(3);
  });

  test('where a key depends on the target', () => {
    const { lost, files } = migrated(
      yamlFleet({ 'app/values.yaml': valuesYaml('"k-{{ .Values.cluster.region }}": 1\n"{{`{{ .Values.cluster.name }}`}}": 2') }),
      folders,
    );
    expect(lost).toEqual([
      'mc/app/values.yaml:9:11 k-{{ .Values.cluster.region }} (a key that is not the same text everywhere cannot be written as data)',
      'mc/app/values.yaml:10:11 {{`{{ .Values.cluster.name }}`}} (a key that is not the same text everywhere cannot be written as data)',
    ]);
    expect(files['mc/app.ts']).toContain("import type { FleetAppConfig } from 'cdk8s-fleet';");
  });

  test('at each place of its file, whichever layer it stands in', () => {
    const override = 'tier: silver\napplications: { app: { source: { targetRevision: "{{ .Values.tier }}", path: "a-{{ .Values.tier }}" } } }\n';
    const { lost } = migrate('x', { 'app/e1/override.yaml': override }, 'tier: gold\n');
    expect(lost.map((line) => line.slice(0, line.indexOf(' ')))).toEqual(['mc/app/e1/override.yaml:2:51', 'mc/app/e1/override.yaml:2:79']);
  });
});
