import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { longTest } from '../../long-test';
import { type Run, repository, texts, Workspace } from '../../workspaces/workspace';

let workspace: Workspace;
afterEach(() => workspace.remove());

/** A plugin of cdk8s as people write them: it tells what it saw, and refuses a version. */
const plugin = `exports.Plugin = class {
  constructor({ refused }) { this.refused = refused; }
  validate(context) {
    const documents = context.manifests.flatMap((file) => context.parseManifest(file).map((document) => ({ file, document })));
    const kinds = [...new Set(documents.map(({ document }) => String(document?.kind)))].sort().join(' ');
    const violating = documents.filter(({ document }) => document?.spec?.source?.targetRevision === this.refused);
    if (violating.length > 0) {
      const violatingResources = violating.map(({ file, document }) => ({ resourceName: document.metadata.name, manifestPath: file, locations: ['spec.source.targetRevision'] }));
      context.report.addViolation({ ruleName: 'no-such-version', recommendation: 'another one', fix: 'change it', violatingResources });
    }
    context.report.submit(violating.length > 0 ? 'failure' : 'success', { saw: documents.length + ' of ' + kinds + '.' });
  }
};
`;

function withApp(validations?: string): Workspace {
  const made = new Workspace();
  for (const name of ['package.json', 'tsconfig.json', 'cli', 'constructs', 'imports', 'layers', 'store', 'node_modules']) {
    made.run('ln', ['-s', join(repository, name), name]);
  }
  // The app itself is copied: a link would be run where it points to.
  for (const name of ['main.ts', 'cdk8s.yaml']) made.write({ [name]: readFileSync(join(repository, name), 'utf8') });
  if (validations !== undefined) made.write({ 'plugin/index.js': plugin }).edit('cdk8s.yaml', (text) => `${text}validations:\n${validations}`);
  return made;
}

const validating = (refused: string) => `  - package: ./plugin\n    version: 1.0.0\n    class: Plugin\n    properties: { refused: ${refused} }\n`;

function cdk8s(...args: string[]): Run {
  return workspace.run(join(repository, 'node_modules/.bin/cdk8s'), ['synth', '--check-upgrade=false', ...args]);
}

const manifests = 9 * 8;

longTest('plugins in cdk8s.yaml see every manifest of the fleet, and nothing else', () => {
  workspace = withApp(validating('v1.17.0'));
  const { status, stdout, stderr } = cdk8s('--validate');
  expect(stdout).toContain(`${manifests} of Application ApplicationSet ConfigMap.`);
  expect(stdout).toContain('no-such-version (3 occurrences)');
  expect(stdout).toContain('Manifest Path: .cdk8s/management-cluster/production/prod-canary/us-east1/templates/cert-manager.yaml');
  expect({ status, stderr }).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(`${manifests} manifests in .cdk8s/ for the validations of cdk8s.yaml\n`),
  });
  const { [`.cdk8s/index.yaml`]: index, ...rest } = Object.fromEntries(Object.keys(workspace.snapshot('.cdk8s')).map((path) => [path, path]));
  expect([index, Object.keys(rest).length]).toEqual([undefined, manifests]);
  // They are those of dist/, to the byte.
  const rendered = texts(workspace.snapshot('dist'));
  for (const [path, text] of Object.entries(texts(workspace.snapshot('.cdk8s')))) expect([path, text]).toEqual([path, rendered[path]]);
});

longTest('where nothing is refused the run succeeds, and says what was seen', () => {
  workspace = withApp(validating('v0'));
  const { status, stdout } = cdk8s();
  expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining(`${manifests} of Application ApplicationSet ConfigMap.`) });
  // What an earlier run left there is not seen again.
  workspace.edit('cdk8s.yaml', (text) => text.slice(0, text.indexOf('validations:')));
  expect(cdk8s().stdout).toContain('  - .cdk8s/index.yaml');
  expect(Object.keys(workspace.snapshot('.cdk8s'))).toEqual(['index.yaml']);
});

longTest('with an output folder of its own the run says what else plugins see', () => {
  workspace = withApp(validating('v0'));
  const { stderr } = cdk8s('--output', 'elsewhere');
  expect(stderr).toContain('The validations of cdk8s.yaml see every file of elsewhere/: Chart.yaml, values.yaml and records too, which are no manifests.');
  expect(cdk8s('--no-validate')).toMatchObject({ status: 0 });
});

longTest('a list of plugins elsewhere is one, and an empty one is none', () => {
  workspace = withApp().write({ 'plugins.yaml': validating('v0').replace(/^ {2}/gm, ''), 'plugin/index.js': plugin });
  workspace.edit('cdk8s.yaml', (text) => `${text}validations: plugins.yaml\n`);
  expect(cdk8s().stdout).toContain(`${manifests} of Application`);
  workspace.edit('cdk8s.yaml', (text) => text.replace('plugins.yaml', '[]'));
  expect(cdk8s().stdout).toContain('  - .cdk8s/index.yaml');
});

longTest('--stdout prints manifests only, as documents in the order in which they are written', () => {
  workspace = withApp();
  const { status, stdout, stderr } = cdk8s('--stdout');
  expect({ status, stderr }).toEqual({ status: 0, stderr: `18 targets, ${manifests} manifests on standard output\n` });
  const documents = parseAllDocuments(stdout).map((document) => document.toJS() as { readonly kind?: string; readonly metadata?: { readonly name?: string } });
  expect(documents).toHaveLength(manifests);
  expect(new Set(documents.map(({ kind }) => kind))).toEqual(new Set(['Application', 'ApplicationSet', 'ConfigMap']));
  const headings = [...stdout.matchAll(/^# (.+)$/gm)].map(([, path]) => path);
  expect(headings.slice(0, 2)).toEqual([
    'infra-cluster/integration/int-sector-1/us-central1/templates/argocd.yaml',
    'infra-cluster/integration/int-sector-1/us-central1/templates/infra-cluster-root.yaml',
  ]);
  expect(workspace.has('dist')).toBe(false);
});

longTest('--stdout says what plugins saw, too', () => {
  workspace = withApp(validating('v0'));
  const { status, stdout } = cdk8s('--stdout');
  expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining(`${manifests} of Application ApplicationSet ConfigMap.`) });
});

test('npm run synth asks nobody for a newer version', () => {
  workspace = new Workspace({});
  const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  expect(scripts.synth).toBe('cdk8s synth --check-upgrade=false');
});

longTest('npm run synth says nothing but our own words where there is no network', () => {
  workspace = withApp();
  // Nobody answers there, and nothing is remembered of an earlier answer.
  const env = { HOME: workspace.path, http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };
  const { status, stderr } = workspace.run('npm', ['run', '--silent', 'synth'], env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '18 targets, 116 files in dist/: 116 written, 0 removed, 0 unchanged\n' });
});
