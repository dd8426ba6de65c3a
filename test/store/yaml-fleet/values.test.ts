import { fleetFromConfig } from '../../../constructs';
import { showTokens, tokensOf } from '../../../layers/text/token';
import { readConfig } from '../../../store/read/read-config';
import { type Loose, ofTargets, templatesAt } from '../../builders/fleet-builder';
import { application, chartValues, deployed, deployer, layer, small, YamlFleets } from '../../builders/yaml-fleets';

const fleets = new YamlFleets();

/** The only error of a fleet with these chart values. */
function mistake(block: string, files: Readonly<Record<string, string | undefined>> = deployed) {
  const { problems } = fleets.run({ ...files, 'mc/web/values.yaml': chartValues(block) });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ code: 'expression', file: 'mc/web/values.yaml', place: expect.arrayContaining(['applications', 'web']) });
  return problems[0];
}

/** The tokens of `web` at a target, each with its origin. */
function tokens(files: Readonly<Record<string, string | undefined>>, path = 'int/s1/us'): readonly unknown[] {
  return tokensOf(templatesAt(ofTargets(fleetFromConfig(readConfig(fleets.make(files)))), 'mc', path).web);
}

/** The chart values of `web` as they are before Helm has its turn, live tokens as the expressions that they stand for. */
function beforeHelm(block: string, files: Readonly<Record<string, string | undefined>> = deployed, path = 'int/s1/us'): Loose {
  const folder = fleets.make({ ...files, 'mc/web/values.yaml': chartValues(block) });
  const manifest: Loose = templatesAt(ofTargets(fleetFromConfig(readConfig(folder))), 'mc', path).web;
  return JSON.parse(showTokens(JSON.stringify(manifest.spec.source.helm.valuesObject)));
}

describe('an expression of the target', () => {
  test('is each dimension in the singular, anywhere in a text', () => {
    const block =
      'all: "{{ .Values.cluster.environment }}/{{ .Values.cluster.sector }}/{{ .Values.cluster.region }}"\nupper: "{{ .Values.cluster.region | upper }}"';
    expect(fleets.values(block, {}, 'int/s1/eu')).toEqual({ all: 'int/s1/eu', upper: 'EU' });
    expect(fleets.values(block, {}, 'prod/p1/us')).toEqual({ all: 'prod/p1/us', upper: 'US' });
  });

  test('may stand in every file and every field', () => {
    const region = '{{ .Values.cluster.region }}';
    const files = {
      'mc/defaults.yaml': small['mc/defaults.yaml'].replace('namespace: argocd', `namespace: "argo-${region}"`),
      'mc/web/values.yaml': small['mc/web/values.yaml'].replace('namespace: web', `namespace: "web-${region}"`),
      'mc/web/int/override.yaml': layer(`additionalLabels: {region: "${region}"}`),
      'mc/web/int/patch-1.yaml': layer(`finalizers: ["example.com/${region}"]`),
    };
    const { metadata, spec } = fleets.manifest(files, 'web', 'int/s1/eu');
    expect(metadata).toEqual({ name: 'web', namespace: 'argo-eu', labels: { region: 'eu' }, finalizers: ['example.com/eu'] });
    expect(spec.destination.namespace).toBe('web-eu');
  });

  test('may be a key', () => {
    const block = '"{{ .Values.cluster.region }}.example.com": 1\nlist: [{"x-{{ .Values.cluster.sector }}": yes}]';
    expect(fleets.values(block, {}, 'prod/p1/us')).toEqual({ 'us.example.com': 1, list: [{ 'x-p1': true }] });
  });

  test('that makes two keys of a map one is an error', () => {
    const clash = mistake('"{{ .Values.cluster.region }}": 1\nus: 2');
    expect(clash).toMatchObject({ target: 'mc/int/s1/us', targets: 2, message: "two keys of the map are 'us' once they are evaluated" });
    expect(mistake('"{{ "us" }}": 1\nus: 2'.replaceAll('"us"', '`us`'))).toMatchObject({ message: "two keys of the map are 'us' once they are evaluated" });
  });

  test('is text, whatever it looks like', () => {
    expect(fleets.values('a: "{{ 3 }}"\nb: "{{ true }}"')).toEqual({ a: '3', b: 'true' });
    const files = { 'mc/web/int/override.yaml': layer('revisionHistoryLimit: "{{ 3 }}"') };
    expect(fleets.told(files)).toEqual(['error invalid-field mc/web/int/override.yaml:3:5']);
  });
});

describe('an expression of a merged value', () => {
  test('is that of its target, layers included', () => {
    const files = { 'mc/web/prod/override.yaml': layer('source: {targetRevision: 2.0.0}') };
    const block = 'version: "{{ .Values.applications.web.source.targetRevision }}"\nproject: "{{ .Values.applications.web.project }}"';
    expect(fleets.values(block, files, 'int/s1/us')).toEqual({ version: '1.0.0', project: 'default' });
    expect(fleets.values(block, files, 'prod/p1/us')).toEqual({ version: '2.0.0', project: 'default' });
  });

  test('may be one of another component, and of an ApplicationSet', () => {
    const files = {
      ...deployed,
      'mc/api/values.yaml': application('api').replace('1.0.0', '3.1.4'),
      'mc/api/int/patch-1.yaml': layer('source: {targetRevision: 3.2.0}', 'api'),
    };
    const block = 'api: "{{ .Values.applications.api.source.targetRevision }}"\nset: "{{ .Values.applicationsets.deployer.template.spec.project }}"';
    expect(fleets.values(block, files, 'int/s1/us')).toEqual({ api: '3.2.0', set: 'default' });
    expect(fleets.values(block, files, 'prod/p1/us')).toEqual({ api: '3.1.4', set: 'default' });
  });

  test('may be a key at the top of any file, which then is read', () => {
    const files = {
      'mc/defaults.yaml': `${small['mc/defaults.yaml']}global: {domain: example.com, list: [a, b], "x-y": z}\n`,
      'mc/web/prod/override.yaml': 'global: {domain: example.org}\n',
    };
    const block = 'host: "web.{{ .Values.global.domain }}"\nsecond: "{{ index .Values.global.list 1 }}"\nkey: \'{{ index .Values "global" "x-y" }}\'';
    expect(fleets.told({ ...files, 'mc/web/values.yaml': chartValues(block) })).toEqual([]);
    expect(fleets.values(block, files, 'int/s1/us')).toEqual({ host: 'web.example.com', second: 'b', key: 'z' });
    expect(fleets.values(block, files, 'prod/p1/us')).toEqual({ host: 'web.example.org', second: 'b', key: 'z' });
    expect(fleets.told(files)).toEqual(['notice key-unused mc/defaults.yaml:7:1', 'notice key-unused mc/web/prod/override.yaml:1:1']);
  });

  test('may be a further value of the cluster, but none that a dimension has', () => {
    const files = {
      'mc/web/values.yaml': chartValues('a: "{{ .Values.cluster.tier }}"\nb: "{{ .Values.cluster.region }}"', 'cluster: {tier: gold, region: fake}\n'),
    };
    expect(fleets.manifest(files).spec.source.helm.valuesObject).toEqual({ a: 'gold', b: 'us' });
    const silver = { ...files, 'mc/web/prod/override.yaml': 'cluster: {tier: silver}\n' };
    expect(fleets.manifest(silver, 'web', 'prod/p1/us').spec.source.helm.valuesObject).toEqual({ a: 'silver', b: 'us' });
  });

  test('may hold an expression itself', () => {
    const files = { 'mc/defaults.yaml': `${small['mc/defaults.yaml']}global: {zone: "{{ .Values.cluster.region }}.example.com"}\n` };
    expect(fleets.values('host: "web.{{ .Values.global.zone }}"', files, 'int/s1/eu')).toEqual({ host: 'web.eu.example.com' });
  });

  test('may have a default where there is none', () => {
    expect(fleets.values('a: \'{{ .Values.global.nope | default "none" }}\'')).toEqual({ a: 'none' });
  });

  test.each([
    ['itself', 'a: "{{ .Values.applications.web.source.helm.valuesObject.a }}"', 9, 'valuesObject.a` needs `'],
    ['a map that it is part of', 'a: "{{ .Values.applications.web.source }}"', 9, 'needs `.Values.applications.web.source`'],
  ])('that needs %s is an error', (_, block, line, message) => {
    expect(mistake(block)).toMatchObject({ line, message: expect.stringContaining('the value needs itself') });
    expect(mistake(block)?.message).toContain(message);
    expect(mistake(block)?.message.match(/needs itself/g)).toHaveLength(1);
  });

  test('that needs one which needs it is an error at both', () => {
    const path = '.Values.applications.web.source.helm.valuesObject';
    const told = fleets.told({ 'mc/web/values.yaml': chartValues(`a: "{{ ${path}.b }}"\nb: "{{ ${path}.a }}"`) });
    expect(told).toEqual(['error expression mc/web/values.yaml:9:18', 'error expression mc/web/values.yaml:10:18']);
  });

  test('that is a map is an error', () => {
    expect(mistake('a: "{{ .Values.applications.api.source }}"', { 'mc/api/values.yaml': application('api') })).toMatchObject({
      line: 9,
      message: expect.stringContaining('found a map'),
    });
  });
});

describe('a live token', () => {
  test('is what came out of a back-quoted literal, with the origin that the ApplicationSet of the fleet injects', () => {
    const block = 'id: "{{`{{ .Values.cluster.projectId }}`}}"\nname: "x-{{`{{ .Values.cluster.name }}`}}-y"';
    expect(tokens({ ...deployed, 'mc/web/values.yaml': chartValues(block) })).toEqual([
      { key: 'projectId', origin: 'annotation gcp-hcp/project-id' },
      { key: 'name', origin: 'name' },
    ]);
    expect(beforeHelm(block)).toEqual({ id: '{{ .Values.cluster.projectId }}', name: 'x-{{ .Values.cluster.name }}-y' });
    // What Helm gets says where the value was to come from, should it be missing.
    expect(fleets.values(block, deployed).id).toContain('(required `cluster.projectId is missing: expected from the annotation gcp-hcp/project-id');
  });

  test('is a bare value of the cluster that an ApplicationSet injects, too', () => {
    const files = { ...deployed, 'mc/web/values.yaml': chartValues('id: "{{ .Values.cluster.projectId }}"\nname: "{{ .Values.cluster.name }}"') };
    expect(tokens(files)).toEqual([
      { key: 'projectId', origin: 'annotation gcp-hcp/project-id' },
      { key: 'name', origin: 'name' },
    ]);
    expect(fleets.told(files)).toEqual([]);
  });

  test('may have stood in the defaults, and be part of a text with a value of the target', () => {
    const defaults = small['mc/defaults.yaml'].replace(
      'server: https://kubernetes.default.svc',
      'name: "{{ .Values.cluster.name }}-{{ .Values.cluster.region }}"',
    );
    const files = { ...deployed, 'mc/defaults.yaml': `${defaults}applicationsets: {default: {}}\n` };
    expect(fleets.manifest(files, 'web', 'int/s1/eu').spec.destination.name).toMatch(/^\{\{.*\.Values\.cluster\.name .*\}\}-eu$/);
  });

  test('has no origin where two ApplicationSets take it from different places', () => {
    const other = deployer.replace('deployer:', 'other:').replace('gcp-hcp/project-id', 'example.com/project');
    const files = { ...deployed, 'mc/other/values.yaml': other, 'mc/web/values.yaml': chartValues('id: "{{ .Values.cluster.projectId }}"') };
    expect(tokens(files)).toEqual([{ key: 'projectId' }]);
    expect(fleets.told(files)).toEqual([]);
  });

  test.each([
    ["'{{.name}}'", 'name', 'name'],
    ["'{{ .server }}'", 'server', 'server'],
    ["'{{name}}'", 'name', 'name'],
    ['\'{{ index .metadata.labels "example.com/tier" }}\'', 'tier', 'label example.com/tier'],
    ['\'{{ index (get .metadata "labels" | default dict) "example.com/tier" | default "" }}\'', 'tier', 'label example.com/tier'],
    ['\'{{index (get .metadata "annotations"|default dict) "id"}}\'', 'id', 'annotation id'],
    ["'{{ .metadata.labels.tier }}'", 'tier', 'label tier'],
    ["'{{metadata.annotations.example.com/id}}'", 'id', 'annotation example.com/id'],
    ['"{{`{{ .nameNormalized }}`}}"', 'nameNormalized', 'nameNormalized'],
    ["'{{ .name }}'", 'other', undefined],
    ["'{{ .name }}-x'", 'other', undefined],
    ['plain', 'other', undefined],
  ])('has the origin of the parameter %s, injected as %s', (written, key, origin) => {
    const injecting = deployer.replace("name: '{{.name}}'\n                projectId:", `${key}: ${written}\n                projectId:`);
    expect(injecting).toContain(`cluster:\n                ${key}: ${written}\n`);
    const files = { ...deployed, 'mc/deployer/values.yaml': injecting, 'mc/web/values.yaml': chartValues(`a: "{{\`{{ .Values.cluster.${key} }}\`}}"`) };
    expect(tokens(files)).toEqual([origin === undefined ? { key } : { key, origin }]);
    expect(fleets.told(files).filter((line) => !line.startsWith('notice cluster-secret'))).toEqual([]);
  });

  test('that nobody injects is a warning, so that a running fleet renders', () => {
    const { problems, output } = fleets.run({ ...deployed, 'mc/web/values.yaml': chartValues('a: "{{`{{ .Values.cluster.vpc }}`}}"') });
    expect(problems).toMatchObject([
      { code: 'token-not-injected', severity: 'warning', file: 'mc/web/values.yaml', app: 'web', targets: 3, hint: expect.stringContaining('`cluster.vpc`') },
    ]);
    expect(output['mc/int/s1/us/templates/web.yaml']).toContain(' .Values.cluster.vpc ');
    // The same where the fleet has no ApplicationSet at all.
    expect(fleets.told({ 'mc/web/values.yaml': chartValues('a: "{{ .Values.cluster.name }}"') })).toEqual([
      'warning token-not-injected mc/web/values.yaml:2:3',
    ]);
  });

  test('cannot be changed by a function', () => {
    expect(mistake('a: "{{ .Values.cluster.name | upper }}"')).toMatchObject({
      line: 9,
      column: 18,
      message: expect.stringContaining('known by the cluster only'),
    });
  });

  test('is never mistaken for what somebody wrote with its private characters', () => {
    expect(fleets.told({ 'mc/web/values.yaml': chartValues('a: "x\uE0F0name\uE0F1"') })).toContain('error token-broken mc/web/values.yaml:9:11');
  });
});

describe('what was escaped is evaluated when Argo CD deploys', () => {
  test.each([
    ['an expression for Argo CD', '\'{{`{{"{{"}} index .metadata.annotations "a/id" {{"}}"}}`}}\'', '{{ index .metadata.annotations "a/id" }}'],
    ['a token in quotes of its own', '"{{`{{ .Values.cluster.name | squote }}`}}"', "'{{ .Values.cluster.name }}'"],
    ['what files say', '"{{`{{ .Values.global.domain | upper }}`}}"', 'EXAMPLE.COM'],
    ['what only the target says', '"{{`{{ .Values.global.zone }}`}}"', 'z-int'],
    ['a default, where the ApplicationSet injects nothing', '\'{{`{{ .Values.nope | default "none" }}`}}\'', 'none'],
    ['a dimension, which the cluster says then', '"{{`{{ .Values.cluster.region }}`}}"', '{{ .Values.cluster.region }}'],
  ])('%s', (_, written, expected) => {
    const global = 'global: {domain: example.com, zone: z}\n';
    const files = { ...deployed, 'mc/defaults.yaml': `${deployed['mc/defaults.yaml']}${global}`, 'mc/web/int/override.yaml': 'global: {zone: z-int}\n' };
    expect(beforeHelm(`a: ${written}`, files)).toEqual({ a: expected });
  });

  test.each([
    ['the name of the release', "'{{`{{ .Release.Name }}`}}'", 21, '`.Release.Name` is known to Helm only, when the target is deployed'],
    ['the same, when the fleet is rendered', "'{{ .Release.Name }}'", 18, '`.Release.Name` is known to Helm only, when the target is deployed'],
    ['the end of an expression twice', '\'{{`{{ index .metadata.annotations "a" }}`}}`}}\'', 15, 'ends one that has not begun'],
    ['the same, after quotation marks', '\'{{"{{"}} index .x "a" {{"}}"}}`}}\'', 37, 'ends one that has not begun'],
    ['a value that nobody injects', "'{{`{{ .Values.project_id }}`}}'", 21, 'neither known when the fleet is rendered nor injected'],
    ['a value that holds an expression', "'{{`{{ .Values.applications.web.source.helm.valuesObject.b }}`}}'", 21, 'the value holds an expression'],
    ['a function of what the cluster says', "'{{`{{ .Values.cluster.name | upper }}`}}'", 21, 'a value that only the cluster knows'],
    ['an expression that is not closed', "'{{`{{ .Values.cluster.name`}}'", 18, '`{{` is not closed'],
    ['what is put together of two', '\'{{"{{"}} .Values.x {{"}}"}}\'', 24, 'neither known when the fleet is rendered nor injected'],
  ])('%s is an error with line and column', (_, written, column, message) => {
    expect(mistake(`a: ${written}\nb: "{{ .Values.cluster.region }}"`)).toMatchObject({ line: 9, column, message: expect.stringContaining(message) });
  });

  test('without an ApplicationSet in the fleet nobody knows what is injected', () => {
    expect(mistake('a: \'{{`{{ .Values.nope | default "none" }}`}}\'', {})).toMatchObject({
      message: expect.stringContaining('nobody knows what is injected'),
    });
  });
});

describe('a value that is injected at the top', () => {
  const injecting = deployer.replace(
    '              cluster:',
    '              project_id: \'{{`{{"{{"}} index .metadata.annotations "gcp-hcp/project-id" {{"}}"}}`}}\'\n              cluster:',
  );
  const files = { ...deployed, 'mc/deployer/values.yaml': injecting };

  test.each(['"{{`{{ .Values.project_id }}`}}"', '"{{ .Values.project_id }}"', '\'{{"{{"}} $.Values.project_id {{"}}"}}\''])(
    'is a live token: %s',
    (written) => {
      const all = { ...files, 'mc/web/values.yaml': chartValues(`a: ${written}`) };
      expect(tokens(all)).toEqual([{ key: 'project_id', origin: 'annotation gcp-hcp/project-id', isTopLevel: true }]);
      expect(beforeHelm(`a: ${written}`, files)).toEqual({ a: '{{ .Values.project_id }}' });
      expect(fleets.values(`a: ${written}`, files).a).toContain(
        '(required `project_id is missing: expected from the annotation gcp-hcp/project-id of the cluster secret` .Values.project_id |',
      );
      expect(fleets.told(all).filter((line) => !line.startsWith('notice cluster-secret'))).toEqual([]);
    },
  );

  test('is one where a parameter says so, too', () => {
    const byParameter = deployer.replace(
      '            valuesObject:',
      "            parameters: [{name: project_id, value: '{{.name}}'}]\n            valuesObject:",
    );
    expect(byParameter).not.toBe(deployer);
    const all = { ...deployed, 'mc/deployer/values.yaml': byParameter };
    expect(beforeHelm('a: "{{`{{ .Values.project_id }}`}}"', all)).toEqual({ a: '{{ .Values.project_id }}' });
    expect(fleets.told({ ...all, 'mc/web/values.yaml': chartValues('a: "{{`{{ .Values.project_id }}`}}"') })).toEqual([]);
  });

  test('is what files say when the fleet is rendered, and live when it is deployed', () => {
    const said = { ...files, 'mc/defaults.yaml': `${deployed['mc/defaults.yaml']}project_id: known\n` };
    expect(beforeHelm('a: "{{ .Values.project_id }}-{{`{{ .Values.project_id }}`}}"', said)).toEqual({ a: 'known-{{ .Values.project_id }}' });
  });
});

describe('what reaches Argo CD as it is written', () => {
  test.each([
    ["'{{.name}}'", '{{.name}}'],
    ['\'{{ .name }}-{{ index .metadata.annotations "a/b" }}\'', '{{ .name }}-{{ index .metadata.annotations "a/b" }}'],
    ["'{{ $labels.instance }}'", '{{ $labels.instance }}'],
    ["'{{ if .x }}a{{ end }}'", '{{ if .x }}a{{ end }}'],
    ["'{{ range .items }}{{ . }}{{ end }}'", '{{ range .items }}{{ . }}{{ end }}'],
    ['\'{{"{{"}} .x {{"}}"}}\'', '{{ .x }}'],
    ["'{{`{{ .server }}`}}'", '{{ .server }}'],
    ["'{{ name }}'", '{{ name }}'],
    ["'}} {{ .x }}'", '}} {{ .x }}'],
  ])('is every other expression: %s', (written, expected) => {
    expect(beforeHelm(`a: ${written}`)).toEqual({ a: expected });
  });

  test('is so in an ApplicationSet, and is escaped there for Helm', () => {
    const { output } = fleets.run(deployed);
    expect(output['mc/int/s1/us/templates/deployer.yaml']).toContain('{{`{{.nameNormalized}}`}}');
  });
});

describe('an expression that is neither is an error with file, line and column', () => {
  test.each([
    ['a name that nobody knows', '"{{ .Values.cluster.enviroment }}"', 18, "did you mean 'environment'?"],
    ['a key that nobody injects', '"{{ .Values.cluster.projectID }}"', 18, "did you mean 'projectId'?"],
    ['a value that is not there', '"x {{ .Values.global.domain }}"', 20, expect.stringContaining('known keys: ')],
    ['an app that is not there', '"{{ .Values.applications.wbe.project }}"', 18, "did you mean 'web'?"],
    ['a function that is not known', '"{{ .Values.cluster.region | uper }}"', 43, "did you mean 'upper'?"],
    ['a function that needs a chart', '"{{ toYaml .Values.cluster }}"', 18, expect.stringContaining('known functions')],
    ['a condition', '"{{ if .Values.cluster.region }}a{{ end }}"', 18, undefined],
    ['all values at once', '"{{ .Values }}"', 18, expect.stringContaining('.Values.cluster.KEY')],
    ['too many arguments', '"{{ .Values.cluster.region | upper 3 }}"', 43, undefined],
    ['an expression that is not closed', '"{{ .Values.cluster.region"', 15, expect.stringContaining('braces that are text')],
    ['the second of two', '"{{ .Values.cluster.region }} {{ .Values.cluster.regio }}"', 47, "did you mean 'region'?"],
    ['one in a list', '[a, "{{ .Values.cluster.regio }}"]', 22, "did you mean 'region'?"],
  ])('%s: %s', (_, written, column, hint) => {
    expect(mistake(`a: ${written}`)).toMatchObject({ line: 9, column, hint });
  });

  test('in a text of several lines, on the line where it stands', () => {
    expect(mistake('a: |\n  x\n  y {{ .Values.cluster.regio }}')).toMatchObject({ line: 11, column: 18 });
    expect(mistake('a: >-\n  x\n\n  y {{ .Values.cluster.regio }}')).toMatchObject({ line: 12, column: 18 });
  });

  test('in a key, at the key', () => {
    expect(mistake('ok: 1\n"{{ .Values.cluster.regio }}-x": 1')).toMatchObject({ line: 10, column: 15, found: '.Values.cluster.regio' });
    expect(mistake('ok: 1\n"{{ .Values.cluster.region | uper }}": 1')).toMatchObject({ line: 10, column: 11 });
  });

  test.each([
    ['mc/web/prod/override.yaml', 'mc/prod/p1/us', 1],
    ['mc/web/int/patch-1.yaml', 'mc/int/s1/us', 2],
  ])('in the layer that says it, for the targets that it has: %s', (file, target, targets) => {
    const { problems } = fleets.run({ [file]: layer('additionalLabels:\n  a: "{{ .Values.cluster.regio }}"') });
    expect(problems).toEqual([
      expect.objectContaining({ code: 'expression', file, line: 4, column: 14, target, place: ['applications', 'web', 'additionalLabels', 'a'] }),
    ]);
    expect(problems[0]?.targets ?? 1).toBe(targets);
  });

  test('in the defaults', () => {
    const files = { 'mc/defaults.yaml': small['mc/defaults.yaml'].replace('namespace: argocd', 'namespace: "{{ .Values.cluster.regio }}"') };
    expect(fleets.told(files)).toEqual(['error expression mc/defaults.yaml:4:20']);
  });

  test('in copies of a patch, at the first, with the targets of all', () => {
    const text = layer('additionalLabels: {a: "{{ .Values.cluster.regio }}"}');
    const { problems } = fleets.run({ 'mc/web/int/patch-1.yaml': text, 'mc/web/prod/patch-1.yaml': text });
    expect(problems).toMatchObject([{ code: 'expression', file: 'mc/web/int/patch-1.yaml', line: 3, targets: 3 }]);
  });

  test('and every one is told of, each once', () => {
    const lines = ['"{{ .Values.cluster.regio }}"', '"{{ .Values.cluster.secto }}"', '"{{ .Values.x | foo }}"', '"{{ .Values.x"'];
    const { told } = fleets.run({ 'mc/web/values.yaml': chartValues(lines.map((line, index) => `k${index}: ${line}`).join('\n')) });
    expect(told.map((line) => line.replace(/:\d+$/, ''))).toEqual([9, 10, 11, 12].map((line) => `error expression mc/web/values.yaml:${line}`));
  });

  test('and shows no private characters', () => {
    const { problems } = fleets.run({ ...deployed, 'mc/web/values.yaml': chartValues("a: '{{ .Values.cluster.name | trunc 3 }}'") });
    expect(JSON.stringify(problems)).toBe(showTokens(JSON.stringify(problems)));
  });
});

test('an ApplicationSet that deploys another folder than the output is written to is a warning', () => {
  const elsewhere = { ...deployed, 'mc/deployer/values.yaml': deployer.replace('path: dist/mc/', 'path: mcs/rendered/mc/') };
  expect(fleets.problem(elsewhere)).toMatchObject({
    code: 'output-elsewhere',
    severity: 'warning',
    file: 'config.yaml',
    hint: expect.stringContaining('`path: mcs/rendered`'),
  });
  expect(fleets.told({ ...elsewhere, 'config.yaml': `path: mcs/rendered\n${small['config.yaml']}` })).toEqual([]);
});
