// Holds committed output against the definitions of every supported version: `npm run definitions -- dist …`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkObjects } from './check-objects';
import { objectsIn } from './objects';
import { definitionSets } from './sets';

const folder = mkdtempSync(join(tmpdir(), 'fleet-definitions-'));
try {
  const objects = process.argv.slice(2).flatMap((output) => objectsIn(output).map((one) => ({ ...one, name: `${output}/${one.name}` })));
  const { checked, findings } = checkObjects(definitionSets(folder), objects);
  for (const [set, count] of Object.entries(checked)) console.log(`${set}: ${count} objects`);
  for (const { set, name, errors = [], unknown = [], drift } of findings) {
    console.error(`${name}, with ${set}`);
    for (const error of errors) console.error(`  refused: ${error}`);
    for (const field of unknown) console.error(`  unknown: ${field}`);
    if (drift) console.error(`  changed back again and again: ${drift}`);
  }
  // No set that knows nothing of what is rendered has proved anything.
  if (findings.length > 0 || Object.keys(checked).length === 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
