#!/usr/bin/env node
// Plain JavaScript: it is what makes TypeScript loadable, so there is no build step.
const { join } = require('node:path');

// Else tsx takes the tsconfig.json of the working directory, whose `paths` say where modules lie: a fleet that was fetched
// would name programs of its own in the place of ours. Configuration in TypeScript still gets its own (store/code/own-tsconfig.ts).
process.env.TSX_TSCONFIG_PATH ||= join(__dirname, '../tsconfig.json');
try {
  require('tsx/cjs');
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  process.stderr.write('The packages that cdk8s-fleet needs are not installed: run `npm ci` first.\n');
  process.exit(1);
}
require('./main.ts');
