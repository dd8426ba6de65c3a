// Holds committed output against the definitions of every supported version: `npm run definitions -- dist …`.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkObjects } from './check-objects';
import { objectsIn } from './objects';
import { definitionSets } from './sets';

const outputs = process.argv.slice(2);
const missing = outputs.filter((output) => !statSync(output, { throwIfNoEntry: false })?.isDirectory());
if (outputs.length === 0 || missing.length > 0) {
  console.error(`expected folders of output, as in \`npm run definitions -- dist\`; found ${missing.length > 0 ? `none at ${missing.join(', ')}` : 'no name'}`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'fleet-definitions-'));
try {
  const objects = outputs.flatMap((output) => objectsIn(output).map((one) => ({ ...one, name: `${output}/${one.name}` })));
  const { checked, findings } = checkObjects(definitionSets(folder), objects);
  for (const [set, count] of Object.entries(checked)) console.log(`${set}: ${count} objects`);
  for (const { set, name, errors = [], unknown = [], drift } of findings) {
    console.error(`${name}, with ${set}`);
    for (const error of errors) console.error(`  refused: ${error}`);
    for (const field of unknown) console.error(`  unknown: ${field}`);
    if (drift) console.error(`  changed back again and again: ${drift}`);
  }
  // No set that knows nothing of what is rendered has proved anything.
  if (Object.keys(checked).length === 0) console.error(`${outputs.join(', ')}: no object of Argo CD or External Secrets is there, so nothing was proved`);
  if (findings.length > 0 || Object.keys(checked).length === 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
