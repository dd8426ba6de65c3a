#!/usr/bin/env node
// Plain JavaScript: it is what makes TypeScript loadable, so there is no build step.
require('tsx/cjs');
require('./main.ts');
