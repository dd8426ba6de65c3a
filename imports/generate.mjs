// Makes the generated files of this folder anew; README.md says what each is for.
//
// `npm run imports` makes them from the schemas that are here, and needs nothing else. `npm run imports -- path/to/crd.yaml …`
// first takes the schemas from CRDs, one file for each API group, named after it: `argoproj.io.yaml`. With
// `--into FOLDER` it writes there and leaves this folder alone.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { closedSchemas } from './generator/close-schema.mjs';
import { constructsOf } from './generator/constructs.mjs';
import { groups } from './generator/kinds.mjs';
import { layersOf } from './generator/layers.mjs';
import { typesOf } from './generator/types.mjs';
import { validatorsOf } from './generator/validators.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const { values, positionals: crds } = parseArgs({ options: { into: { type: 'string', default: folder } }, allowPositionals: true });
const descriptions = parse(readFileSync(join(folder, 'descriptions.yaml'), 'utf8'));

for (const file of crds) {
  if (!(basename(file, '.yaml') in groups)) throw new Error(`${file}: expected a file named after its API group, one of ${Object.keys(groups).join(', ')}`);
}
for (const [group, { owner, kinds, sameSpec, layered = [] }] of Object.entries(groups)) {
  const crd = crds.find((file) => basename(file, '.yaml') === group);
  const schemas = crd ? closedSchemas(crd, kinds) : JSON.parse(readFileSync(join(folder, `${group}.schema.json`), 'utf8'));
  const write = (extension, text) => writeFileSync(join(values.into, `${group}.${extension}`), text);
  write('schema.json', `${JSON.stringify(schemas, null, 1)}\n`);
  const names = new Map();
  write('types.ts', typesOf(schemas, owner, descriptions[group] ?? {}, names));
  if (layered.length > 0) write('layers.ts', layersOf(schemas, owner, layered, descriptions[group] ?? {}, names));
  write('ts', constructsOf(schemas, group, { owner, sameSpec }));
  write('validate.js', validatorsOf(schemas, group));
}
