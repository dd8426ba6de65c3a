import { parse } from 'yaml';
import { type Fates, rendered } from '../../../store/yaml-fleet/rendered-fields';
import { migrated, valuesYaml, yamlFleet } from '../../builders/migrated';
import { deployed, deployer, layer, small, YamlFleets } from '../../builders/yaml-fleets';
import { TemporaryFolders } from '../../workspaces/temporary-folder';

const fleets = new YamlFleets();
const folders = new TemporaryFolders();
const values = small['mc/web/values.yaml'];

type Schema = {
  readonly $id?: string;
  readonly $ref?: string;
  readonly properties?: { readonly [key: string]: Schema };
  readonly definitions?: { readonly [name: string]: Schema };
};
const schemas: readonly Schema[] = require('../../../imports/argoproj.io.schema.json');

function fieldsOf(kind: string, ...path: readonly string[]): readonly string[] {
  const root = schemas.find(({ $id }) => $id === kind);
  const defined = (schema: Schema | undefined) => (schema?.$ref === undefined ? schema : root?.definitions?.[schema.$ref.replace('#/definitions/', '')]);
  return Object.keys(path.reduce((schema, key) => defined(schema?.properties?.[key]), root)?.properties ?? {});
}

/** `deployer` with lines below the ApplicationSet, or in its template. */
function set(block: string, where: '' | 'metadata' | 'spec' = ''): string {
  const indented = (spaces: number) => block.replace(/^(?=.)/gm, ' '.repeat(spaces));
  if (where === '') return `${deployer}${indented(4)}\n`;
  return deployer.replace(`      ${where}:\n`, `      ${where}:\n${indented(8)}\n`);
}

test('every field of Argo CD has a fate, and no other', () => {
  const own = ['namespace', 'finalizers', 'additionalAnnotations', 'additionalLabels'];
  const sets = rendered.applicationsets as Fates & { readonly template: Fates };
  expect(Object.keys(rendered.applications).sort()).toEqual([...own, ...fieldsOf('Application', 'spec')].sort());
  expect(Object.keys(sets).sort()).toEqual([...own, 'project', ...fieldsOf('ApplicationSet', 'spec')].sort());
  expect(Object.keys(sets.template).sort()).toEqual([...fieldsOf('ApplicationSet', 'spec', 'template')].sort());
  for (const part of ['metadata', 'spec']) {
    expect(Object.keys(sets.template[part] as Fates).sort()).toEqual([...fieldsOf('ApplicationSet', 'spec', 'template', part)].sort());
  }
});

describe('a field that was never rendered', () => {
  const files = (text: string) => ({ ...deployed, 'mc/deployer/values.yaml': text });

  test.each([
    ['goTemplateOptions: [missingkey=error]', '' as const, ['goTemplateOptions']],
    ['preservedFields: {annotations: [a]}', '' as const, ['preservedFields']],
    ['applyNestedSelectors: true', '' as const, ['applyNestedSelectors']],
    ['project: x', '' as const, ['project']],
    ['finalizers: [resources-finalizer.argocd.argoproj.io]', 'metadata' as const, ['template', 'metadata', 'finalizers']],
    ['revisionHistoryLimit: 3', 'spec' as const, ['template', 'spec', 'revisionHistoryLimit']],
    ['sourceHydrator: {drySource: {repoURL: x, path: p, targetRevision: z}}', 'spec' as const, ['template', 'spec', 'sourceHydrator']],
  ])('of an ApplicationSet is told of, and left out: %s', (field, where, path) => {
    const fleet = files(set(field, where));
    expect(fleets.problem(fleet)).toMatchObject({ code: 'key-unused', severity: 'notice', place: ['applicationsets', 'deployer', ...path] });
    expect(fleets.manifest(fleet, 'deployer')).toEqual(fleets.manifest(files(deployer), 'deployer'));
  });

  test('of an Application is told of, and left out, in every layer', () => {
    const field = 'sourceHydrator: {drySource: {repoURL: x, path: p, targetRevision: z}}';
    const changed = layer(`project: x\n${field}`);
    for (const file of ['mc/web/values.yaml', 'mc/defaults.yaml', 'mc/web/int/override.yaml', 'mc/web/int/patch-1.yaml']) {
      const before = file.startsWith('mc/web/int') ? changed : `${small[file as 'mc/web/values.yaml']}    ${field}\n`;
      const fleet = { [file]: before };
      expect(fleets.problem(fleet)).toMatchObject({ code: 'key-unused', severity: 'notice', file });
      expect(fleets.manifest(fleet).spec).not.toHaveProperty('sourceHydrator');
    }
  });

  test('is nothing to build an app on', () => {
    const only = 'applications:\n  web:\n    sourceHydrator: {drySource: {repoURL: x, path: p, targetRevision: z}}\n    destination: {namespace: web}\n';
    expect(fleets.told({ 'mc/web/values.yaml': only })).toContainEqual(expect.stringContaining('error no-source'));
  });
});

describe('a field that is empty', () => {
  test.each([
    ['revisionHistoryLimit: 0', 'revisionHistoryLimit'],
    ['ignoreDifferences: []', 'ignoreDifferences'],
    ['info: []', 'info'],
    ['syncPolicy: {}', 'syncPolicy'],
    ['sources: []', 'sources'],
  ])('is told of, and left out: %s', (field, name) => {
    const fleet = { 'mc/web/values.yaml': `${values}    ${field}\n` };
    expect(fleets.problem(fleet)).toMatchObject({ code: 'key-unused', severity: 'notice', place: ['applications', 'web', name], line: 9 });
    expect(fleets.manifest(fleet)).toEqual(fleets.manifest());
  });

  test.each(['finalizers: []', 'namespace: ""', 'additionalLabels: {}', 'additionalAnnotations: {}'])('is left out of the metadata: %s', (field) => {
    const fleet = { 'mc/web/values.yaml': `${values}    ${field}\n` };
    expect(fleets.told(fleet)).toEqual(['notice key-unused mc/web/values.yaml:9:5']);
    const { finalizers, labels, annotations } = fleets.manifest(fleet).metadata;
    expect([finalizers, labels, annotations]).toEqual([undefined, undefined, undefined]);
  });

  test('takes away what a broader layer says where it is a list, and nothing where it is a map', () => {
    const files = {
      'mc/web/values.yaml': `${values}    ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}]\n    syncPolicy: {syncOptions: [Prune=false]}\n`,
      'mc/web/int/override.yaml': layer('ignoreDifferences: []\nsyncPolicy: {}'),
      'mc/web/int/s1/eu/override.yaml': layer('ignoreDifferences: [{group: "", kind: Secret, jsonPointers: [/data]}]'),
    };
    expect(fleets.told(files)).toEqual(['notice key-unused mc/web/int/override.yaml:3:5', 'notice key-unused mc/web/int/override.yaml:4:5']);
    expect(fleets.manifest(files).spec).not.toHaveProperty('ignoreDifferences');
    expect(fleets.manifest(files).spec.syncPolicy).toEqual({ syncOptions: ['Prune=false'] });
    expect(fleets.manifest(files, 'web', 'int/s1/eu').spec.ignoreDifferences).toHaveLength(1);
    expect(fleets.manifest(files, 'web', 'prod/p1/us').spec.ignoreDifferences).toHaveLength(1);
  });

  test('below a field that is rendered whole stays as it is written', () => {
    const fleet = { 'mc/web/values.yaml': `${values}    syncPolicy: {automated: {}, syncOptions: []}\n` };
    expect(fleets.told(fleet)).toEqual([]);
    expect(fleets.manifest(fleet).spec.syncPolicy).toEqual({ automated: {}, syncOptions: [] });
  });
});

describe('an annotation that is no text', () => {
  const written = [
    '5',
    '-1',
    '0',
    '1.10',
    '0.5',
    'true',
    'no',
    '1000000',
    '-1234567',
    '1234567.5',
    '0.00001',
    '0x10',
    '"5"',
    '"1000000"',
    '{{ .Values.cluster.region }}',
  ];
  const expected = ['5', '-1', '0', '1.1', '0.5', 'true', 'false', '1e+06', '-1.234567e+06', '1.2345675e+06', '1e-05', '16', '5', '1000000', 'us'];
  const block = (indent: string) => written.map((value, index) => `${indent}a${index}: ${value.startsWith('{{') ? `'${value}'` : value}\n`).join('');
  const annotations = Object.fromEntries(expected.map((text, index) => [`a${index}`, text]));

  test('is quoted as the templates quote it: in an Application, an ApplicationSet and its template', () => {
    const own = `    additionalAnnotations:\n${block('      ')}`;
    const template = deployer.replace('      metadata:\n', `      metadata:\n        annotations:\n${block('          ')}`);
    const fleet = { ...deployed, 'mc/web/values.yaml': values + own, 'mc/deployer/values.yaml': template + own };
    expect(fleets.told(fleet)).toEqual([]);
    expect(fleets.manifest(fleet).metadata.annotations).toEqual(annotations);
    expect(fleets.manifest(fleet, 'deployer').metadata.annotations).toEqual(annotations);
    expect(fleets.manifest(fleet, 'deployer').spec.template.metadata.annotations).toEqual(annotations);
  });

  test('is quoted in every layer', () => {
    const wave = 'additionalAnnotations: { argocd.argoproj.io/sync-wave: 5 }';
    for (const [file, text] of [
      ['mc/defaults.yaml', `${small['mc/defaults.yaml']}    ${wave}\n`],
      ['mc/web/values.yaml', `${values}    ${wave}\n`],
      ['mc/web/int/override.yaml', layer(wave)],
      ['mc/web/int/patch-1.yaml', layer(wave)],
    ] as const) {
      expect([file, fleets.manifest({ [file]: text }).metadata.annotations]).toEqual([file, { 'argocd.argoproj.io/sync-wave': '5' }]);
    }
  });

  test('is a mistake where it is no scalar, and removes where it has no value', () => {
    for (const value of ['[a]', '{a: b}', '.inf']) {
      expect(fleets.told({ 'mc/web/int/override.yaml': layer(`additionalAnnotations: {a: ${value}}`) })).toContainEqual(expect.stringMatching(/^error /));
    }
    expect(fleets.told({ 'mc/web/int/override.yaml': layer('additionalAnnotations: {a: }') })).toEqual(['notice null-removes mc/web/int/override.yaml:3:29']);
  });

  test('is no label: the templates leave those as they are, and Kubernetes refuses them', () => {
    expect(fleets.told({ 'mc/web/values.yaml': `${values}    additionalLabels: {a: 5}\n` })).toEqual(['error invalid-field mc/web/values.yaml:9:24']);
  });
});

test('a migrated fleet says and renders the same', () => {
  const app = `${valuesYaml('a: 1')}    additionalAnnotations: { a: 5, b: yes, c: 1.10 }\n    revisionHistoryLimit: 0\n    ignoreDifferences: []\n    syncPolicy: {}\n`;
  const options = set('goTemplateOptions: [missingkey=error]\nproject: x\npreservedFields: {labels: [a]}').replace(
    '      metadata:\n',
    '      metadata:\n        finalizers: [x]\n        annotations: {wave: 3}\n',
  );
  const { drift, files } = migrated(yamlFleet({ 'app/values.yaml': app, 'deployer/values.yaml': options.replaceAll('mc', 'other') }), folders);
  expect(drift).toMatchObject({ changed: [], missing: [], extra: [] });
  expect(files['mc/app.ts']).toContain("annotations: { a: '5', b: 'true', c: '1.1' }");
  expect(files['mc/app.ts']).toContain('ignoreDifferences: unset');
  expect(files['mc/deployer.ts']).toContain("annotations: { wave: '3' }");
  expect(files['mc/deployer.ts']).not.toMatch(/goTemplateOptions|preservedFields|finalizers|project: 'x'/);
});

test('the values of a YAML fleet read as a parser reads them', () => {
  // The helper that cuts the templates of these tests would otherwise test nothing.
  expect(parse(set('a: 1')).applicationsets.deployer.a).toBe(1);
  expect(parse(set('a: 1', 'metadata')).applicationsets.deployer.template.metadata.a).toBe(1);
  expect(parse(set('a: 1', 'spec')).applicationsets.deployer.template.spec.a).toBe(1);
});
