// Builds the package that users install into `build/`, or the folder that is named: compiled JavaScript, declarations (`--code` leaves
// them out) and a `package.json` of its own. Nothing in this repository reads that folder but what packs and tests it; here everything
// runs from source.

import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { minifySync } from '@swc/core';
import { entriesOf, manifestOf } from './manifest.mjs';
import { filesIn, keepReachable } from './reachable.mjs';
import { ownSettings } from './settings.mjs';
import { shortenNames } from './short-names.mjs';
import { linesOnly } from './source-map.mjs';
import { unindent } from './unindent.mjs';

const home = dirname(fileURLToPath(import.meta.url));
const top = resolve(home, '../..');
const { positionals, values } = parseArgs({ allowPositionals: true, options: { code: { type: 'boolean', default: false } } });
const build = resolve(positionals[0] ?? join(top, 'build'));
const require = createRequire(import.meta.url);
const { pageFiles } = require('../../cli/board/page-files.js');
const source = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'));
const entries = entriesOf(source);
const inBuild = (file) => join(build, file);

/** Comments are for whoever reads declarations, so code and declarations are two runs. */
function compile(...options) {
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const child = spawn(process.execPath, [compiler, '-p', home, '--outDir', build, ...options], { stdio: 'inherit' });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (status) => (status === 0 ? done() : fail(new Error(`tsc ${options.join(' ')} ended with ${status}`))));
  });
}

/** An expression that gives a text again that is packed: a third as large, or less. */
function unpacked(text) {
  return `require('node:zlib').brotliDecompressSync(Buffer.from('${brotliCompressSync(text).toString('base64')}','base64')).toString()`;
}

/** The code of data that is packed. */
function unpacking(data) {
  return `JSON.parse(${unpacked(JSON.stringify(data))})`;
}

rmSync(build, { recursive: true, force: true });
const declarations = () => compile('--declaration', '--emitDeclarationOnly', '--sourceMap', 'false');
await Promise.all([compile('--removeComments', '--noCheck'), ...(values.code ? [] : [declarations()])]);

const copied = keepReachable(build, { from: top, entries: [...Object.values(entries), 'cli/main'] });
shortenNames(build);
for (const file of copied) {
  mkdirSync(dirname(inBuild(file)), { recursive: true });
  // What is generated and never read is as small as it can be, and a fifth of that again.
  if (/\.c?js$/.test(file)) {
    const { code } = minifySync(readFileSync(join(top, file), 'utf8'), { module: false, toplevel: true });
    writeFileSync(inBuild(file), /\.io\.validate\.js$/.test(file) ? `new Function('exports','require',${unpacked(code)})(exports,require);\n` : code);
  }
  // Data that is seldom asked for; who asks for `x.json` and finds none is given `x.json.js`.
  else writeFileSync(inBuild(`${file}.js`), `module.exports=${unpacking(JSON.parse(readFileSync(join(top, file), 'utf8')))};\n`);
}
linesOnly(build, unindent(build, Object.values(entries)));
// Whoever reads a declaration in an editor sees what it says, and not how far it is indented.
for (const file of filesIn(build).filter((one) => one.endsWith('.d.ts')))
  writeFileSync(inBuild(file), readFileSync(inBuild(file), 'utf8').replace(/^ +/gm, ''));

for (const [name, entry] of Object.entries(entries)) {
  // One instance, whoever asks: the ES entry hands on what the CommonJS one exports, by name.
  const names = Object.keys(require(inBuild(`${entry}.js`))).sort();
  const file = `./${entry.slice(entry.lastIndexOf('/') + 1)}.js`;
  writeFileSync(inBuild(`${entry}.mjs`), `import exported from '${file}';\n\nexport const {\n${names.map((one) => `  ${one},\n`).join('')}} = exported;\n`);
  writeFileSync(inBuild(`${entry}.d.mts`), `export * from '${file}';\n`);
  if (names.length === 0) throw new Error(`${name} exports nothing`);
}

// Here it makes script and style of the board's page; there they stand made, a third as large.
writeFileSync(inBuild('cli/board/page-files.js'), `exports.pageFiles=()=>${unpacking(pageFiles())};\n`);

// Here it makes TypeScript loadable first; there nothing of the package is.
writeFileSync(inBuild('cli/fleet.js'), "#!/usr/bin/env node\nrequire('./main.js');\n", { mode: 0o755 });
for (const [file, content] of Object.entries({ 'package.json': manifestOf(source), ...ownSettings(top) })) {
  writeFileSync(inBuild(file), `${JSON.stringify(content, undefined, 2)}\n`);
}
for (const file of ['README.md', 'LICENSE']) copyFileSync(join(top, file), inBuild(file));
