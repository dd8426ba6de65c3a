import { gzipSync } from 'node:zlib';
import { foreignReferences } from '../../../store/hydrate/schema-references';
import { type Entry, tarOf } from '../../builders/chart-builder';
import { HydrateRepository, inFolder, problemsOf } from './hydrate-builder';

const sourceOf = (files: Readonly<Record<string, string | Buffer>>) => ({
  shown: 'web 1.0.0',
  path: '/web',
  digest: '',
  files: () => new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])),
});
const found = (files: Readonly<Record<string, string | Buffer>>) => foreignReferences(sourceOf({ 'Chart.yaml': '', ...files }))?.found;
const inSchema = (schema: unknown) => found({ 'values.schema.json': JSON.stringify(schema) });
const foreign = '{"properties":{"a":{"$ref":"file:///etc/hostname"}}}';
const packed = (...entries: readonly Entry[]) => gzipSync(tarOf(entries));

test('a schema that refers to what is not in the chart is told with its file, the reference and what to do', () => {
  expect(foreignReferences(sourceOf({ 'web/values.schema.json': foreign }))).toEqual({
    code: 'chart-broken',
    message: 'a schema of web 1.0.0 refers to what is not in it: Helm would read it from this machine, or ask for it',
    expected: 'references to its own parts (`#/…`)',
    found: "web/values.schema.json: 'file:///etc/hostname'",
    hint: 'tell the authors of the chart; `skipSchemaValidation: true` renders it without its schemas',
  });
});

test.each<readonly [what: string, reference: string]>([
  ['a file', 'file:///etc/hostname'],
  ['a path from the top', '/etc/hostname'],
  ['a path beside it', 'other.json#/definitions/a'],
  ['a path above it', '../other.json'],
  ['an address', 'https://example.com/schema.json#/a'],
  ['this machine', 'http://localhost:8080/x'],
  ['a name', 'urn:example:a'],
  ['no address', 'http://['],
])('%s is foreign', (_, reference) => {
  const shown = `values.schema.json: '${reference}'`;
  expect(inSchema({ $ref: reference })).toBe(shown);
  expect(inSchema({ items: [{ oneOf: [{ $dynamicRef: reference }] }] })).toBe(shown);
  expect(inSchema({ properties: { a: { $schema: reference } } })).toBe(shown);
});

test.each<readonly [what: string, schema: unknown]>([
  ['no schema', null],
  ['parts of its own', { $ref: '#/definitions/a', definitions: { a: { $ref: '#' } } }],
  ['itself', { $ref: 'values.schema.json#/definitions/a' }],
  [
    'a draft',
    {
      allOf: ['http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2020-12/schema', 'http://json-schema.org/schema'].map(($ref) => ({
        $ref,
      })),
    },
  ],
  ['what it is written in', { $schema: 'http://json-schema.org/draft-04/schema#', $id: 'https://example.com/web.json' }],
  ['a property of that name', { properties: { $ref: { type: 'string' }, $schema: { type: 'string' } } }],
  ['a part that has an address', { $defs: { a: { $id: 'https://example.com/a.json' } }, properties: { a: { $ref: 'https://example.com/a.json#/x' } } }],
  ['a part beside its own address', { $id: 'https://example.com/web.json', $defs: { a: { $id: 'a.json' } }, $ref: undefined, items: { $ref: 'a.json' } }],
  ['an address in a text', { description: 'see https://example.com', default: 'file:///etc/hostname' }],
])('%s is none', (_, schema) => expect(inSchema(schema)).toBeUndefined());

test('who calls a part by the address of a file, or of this machine, means that', () => {
  for (const address of ['file:///etc/hostname', 'http://localhost/a', 'http://user@127.0.0.1/a', 'http://[::1]/a']) {
    expect(inSchema({ default: { $id: address }, items: { $ref: address } })).toBe(`values.schema.json: '${address}'`);
  }
  // What stands beside a reference is none before 2019.
  expect(inSchema({ $id: 'https://example.com/a', $ref: 'https://example.com/a' })).toBe("values.schema.json: 'https://example.com/a'");
});

test('charts in it are looked at, in folders and packed, and no other file', () => {
  expect(found({ 'charts/db/values.schema.json': foreign })).toBe("charts/db/values.schema.json: 'file:///etc/hostname'");
  const inner = packed({ path: 'cache/values.schema.json', content: foreign });
  const outer = packed({ path: 'db/Chart.yaml' }, { path: 'db/charts/cache.tgz', content: inner });
  expect(found({ 'charts/db-1.0.0.tgz': outer })).toBe("charts/db-1.0.0.tgz/db/charts/cache.tgz/cache/values.schema.json: 'file:///etc/hostname'");
  expect(found({ 'files/my-values.schema.json': foreign, 'templates/schema.json': foreign })).toBeUndefined();
});

test('it is read as Helm reads it: without the mark of the byte order, the last of two keys, whatever they are written with', () => {
  const shown = "values.schema.json: 'file:///etc/hostname'";
  expect(found({ 'values.schema.json': `\uFEFF${foreign}` })).toBe(shown);
  expect(found({ 'charts/db.tgz': packed({ path: 'db/values.schema.json', content: `\uFEFF${foreign}` }) })).toBe(`charts/db.tgz/db/${shown}`);
  expect(found({ 'values.schema.json': '{"$ref":"#/a","$ref":"file:///etc/hostname"}' })).toBe(shown);
  expect(found({ 'values.schema.json': '{"\\u0024ref":"file:///etc/hostname"}' })).toBe(shown);
  expect(found({ 'values.schema.json': '{"$ref":"file:///etc/hostname","$ref":"#/a"}', 'Values.schema.json': foreign })).toBeUndefined();
});

test.each<readonly [what: string, content: string | Buffer]>([
  ['nothing', ''],
  ['YAML', '$ref: file:///etc/hostname\n'],
  ['UTF-16', Buffer.from(`\uFEFF${foreign}`, 'utf16le')],
  ['a second mark of the byte order', `\uFEFF\uFEFF${foreign}`],
  ['a second document', `{}${foreign}`],
])('what is no JSON may hold one: %s', (_, content) => {
  expect(foreignReferences(sourceOf({ 'charts/db/values.schema.json': content }))).toMatchObject({
    message: 'a schema of web 1.0.0 cannot be read',
    expected: 'JSON, with references to its own parts (`#/…`)',
    found: 'charts/db/values.schema.json: no JSON',
  });
});

test('what cannot be looked into may hold one', () => {
  expect(found({ 'charts/db.tgz': 'no archive' })).toBe('charts/db.tgz/: it cannot be looked into');
  // Helm cleans such names.
  const hidden = packed({ path: 'db/Chart.yaml' }, { path: 'db/x/../values.schema.json', content: foreign });
  expect(found({ 'charts/db.tgz': hidden })).toBe('charts/db.tgz/: it cannot be looked into');
  expect(foreignReferences({ shown: 'web', path: '', digest: '', files: () => new Map() })?.found).toBe('its archive: it cannot be looked into');
  let nested: Buffer = packed({ path: 'a/x', content: 'x' });
  for (let depth = 0; depth < 100; depth += 1) nested = packed({ path: 'a/charts/a.tgz', content: nested });
  expect(found({ 'charts/a.tgz': nested })).toMatch(/: it cannot be looked into$/);
});

test('a hostile schema takes no time', () => {
  expect(found({ 'values.schema.json': `${'{"a":'.repeat(5_000)}${foreign}${'}'.repeat(5_000)}` })).toMatch(/hostname/);
});

test('it is refused before Helm runs, unless Helm reads no schema', () => {
  const repository = new HydrateRepository();
  try {
    repository.standIn();
    repository.chart('web', {}, { 'values.schema.json': foreign, 'run.sh': "echo '{apiVersion: v1, kind: X, metadata: {name: a}}'\n" });
    const [refused, skipped] = repository.renderer().render([inFolder('web'), inFolder('web', { skipSchemaValidation: true })]);
    expect(problemsOf(refused)).toMatchObject([{ code: 'chart-broken', message: expect.stringContaining("a schema of the chart in 'charts/web' refers") }]);
    expect(skipped).toMatchObject({ objects: [{ kind: 'X' }] });
    expect(repository.asked().filter((line) => line.startsWith('template'))).toEqual([expect.stringContaining('--skip-schema-validation')]);
  } finally {
    repository.remove();
  }
});
