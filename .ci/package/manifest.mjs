/** What can be imported, by the name behind the package's: files without their endings. */
export function entriesOf(source) {
  const files = Object.entries(source.exports).filter(([, file]) => file.endsWith('.ts'));
  return Object.fromEntries(files.map(([name, file]) => [name, file.replace(/^\.\/|\.ts$/g, '')]));
}

/** The `package.json` of what is built, of that of this repository. */
export function manifestOf(source) {
  const entries = entriesOf(source);
  const repository = source.repository ?? repositoryOfCi();
  const exported = Object.entries(entries).map(([name, entry]) => [
    name,
    {
      import: { types: `./${entry}.d.mts`, default: `./${entry}.mjs` },
      require: { types: `./${entry}.d.ts`, default: `./${entry}.js` },
    },
  ]);
  const below = Object.entries(entries).filter(([name]) => name !== '.');
  return {
    name: source.name,
    version: source.version,
    description: source.description,
    keywords: source.keywords,
    license: source.license,
    ...(repository === undefined ? {} : { repository }),
    engines: source.engines,
    type: 'commonjs',
    main: `./${entries['.']}.js`,
    types: `./${entries['.']}.d.ts`,
    exports: { ...Object.fromEntries(exported), './package.json': './package.json' },
    // For compilers that do not read `exports`.
    ...(below.length === 0 ? {} : { typesVersions: { '*': Object.fromEntries(below.map(([name, entry]) => [name.slice(2), [`./${entry}.d.ts`]])) } }),
    bin: { 'cdk8s-fleet': 'cli/fleet.js', fleet: 'cli/fleet.js' },
    files: ['*.md', '*.json', 'changes', 'cli', 'constructs', 'imports', 'layers', 'rollout', 'store'],
    dependencies: source.dependencies,
    peerDependencies: source.peerDependencies,
    peerDependenciesMeta: source.peerDependenciesMeta,
    publishConfig: { access: 'public', provenance: true },
  };
}

/** Provenance is proved by the CI that publishes, and the registry asks whether the package names the same repository. */
function repositoryOfCi({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name, CI_PROJECT_URL: url } = process.env) {
  const found = server && name ? `${server}/${name}` : url;
  return found ? { type: 'git', url: `git+${found}.git` } : undefined;
}
