import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ErrorObject } from 'ajv';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { longTest } from '../long-test';

/** What is compiled ahead of time, with what stands more than once defined once, says of a manifest what its schema says. */

// biome-ignore lint/suspicious/noExplicitAny: manifests of every kind are spoilt here
type Loose = any;

const root = join(__dirname, '../..');
const groups = ['argoproj.io', 'external-secrets.io', 'generators.external-secrets.io'];

/** Every kind's own schema, compiled as it is written, and what is made of it. */
const kinds = new Map(
  groups.flatMap((group) => {
    const schemas: Loose[] = JSON.parse(readFileSync(join(root, 'imports', `${group}.schema.json`), 'utf8'));
    const made = require(`../../imports/${group}.validate.js`);
    const ajv = new Ajv({ allErrors: true, strict: false, schemas });
    return schemas.map(({ $id }) => [`${group} ${$id}`, { plain: () => ajv.getSchema($id) as Loose, made: made[$id] }] as const);
  }),
);

const manifests: readonly Loose[] = ['dist/management-cluster', 'examples/hub-spoke/dist/hubs'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml') && !file.includes('values') && !file.endsWith('Chart.yaml'))
    .flatMap((file) => parseAllDocuments(readFileSync(join(root, folder, file), 'utf8')).map((document) => document.toJS()))
    .filter((one) => kinds.has(`${groupOf(one)} ${one?.kind}`)),
);

function groupOf(manifest: Loose): string {
  return String(manifest?.apiVersion).split('/')[0] as string;
}

/** A manifest with a part of it replaced, or with a key that nobody knows. */
function spoilt(value: Loose, path: readonly number[], by: Loose): Loose {
  const [at, ...below] = path;
  if (typeof value !== 'object' || value === null || at === undefined) return by;
  const keys = Object.keys(value);
  if (keys.length === 0) return Array.isArray(value) ? [by] : { strange: by };
  const key = keys[at % keys.length] as string;
  if (at % 7 === 6 && !Array.isArray(value)) return { ...value, [`${key}x`]: by };
  const changed = spoilt(value[key], below, by);
  return Array.isArray(value) ? value.map((item, index) => (index === Number(key) ? changed : item)) : { ...value, [key]: changed };
}

const said = (errors: readonly ErrorObject[] | null | undefined) =>
  [...new Set((errors ?? []).map(({ instancePath, keyword, params }) => JSON.stringify([instancePath, keyword, params])))].sort();

longTest('validators say of manifests, right and spoilt, what their schemas say', () => {
  let wrong = 0;
  const parts = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 9 });
  const values = fc.constantFrom<Loose>(null, 7, 'x', '', true, [], {}, { a: 1 }, ['x']);
  fc.assert(
    fc.property(fc.constantFrom(...manifests), parts, values, (manifest, path, by) => {
      const { plain, made } = kinds.get(`${groupOf(manifest)} ${manifest.kind}`) as Loose;
      const one = spoilt(manifest, path, by);
      const check = plain();
      check(one);
      made(one);
      if (made.errors) wrong += 1;
      expect(said(made.errors)).toEqual(said(check.errors));
    }),
    { numRuns: 4000 },
  );
  expect(wrong).toBeGreaterThan(0);
});
