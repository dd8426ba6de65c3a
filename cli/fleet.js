#!/usr/bin/env node
// Plain JavaScript: it is what makes TypeScript loadable, so there is no build step.
try {
  require('tsx/cjs');
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  process.stderr.write('The packages that cdk8s-fleet needs are not installed: run `npm ci` first.\n');
  process.exit(1);
}
require('./main.ts').main();
