// `npm publish` at the top would publish the top, which holds source and no package.
process.stderr.write(`What is published is the built package, and not this folder. Run:

  npm run build && npm publish ./build

`);
process.exit(1);
