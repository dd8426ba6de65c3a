// Plain JavaScript, like what starts the command: what is packed holds in its place what this makes (`.ci/package/build.mjs`).
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const page = join(__dirname, 'page');

let made;

/** Script and style of the page, each as one text, with its hash as browsers ask for it. */
exports.pageFiles = () => {
  made ??= make();
  return made;
};

function make() {
  // Loaded here: no other command needs it.
  const { buildSync, stop } = require('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: [join(page, 'main.tsx'), join(page, 'style/page.css')],
    outdir: page,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    charset: 'utf8',
    target: ['chrome111', 'firefox113', 'safari16.4'],
    logLevel: 'silent',
    tsconfig: join(page, 'tsconfig.json'),
    banner: { js: `/*! Parts of this are Preact.\n${licenceOf('preact')}*/` },
  });
  // Else a program of its own waits for more.
  stop();
  const text = (ending) => outputFiles.find(({ path }) => path.endsWith(ending)).text.trim();
  return { script: hashed(text('.js')), style: hashed(text('.css')) };
}

/** Whoever hands a program on hands its licence on. */
function licenceOf(name) {
  return readFileSync(join(dirname(require.resolve(`${name}/package.json`)), 'LICENSE'), 'utf8');
}

function hashed(text) {
  // Nothing in it ends the element that it stands in.
  const inside = text.replace(/<(\/script|\/style|!--)/gi, '\\x3c$1');
  return { text: inside, hash: `sha256-${createHash('sha256').update(inside).digest('base64')}` };
}
