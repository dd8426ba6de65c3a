import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLongForm } from '../runs';
import { repository, serve, Workspace } from '../workspaces/workspace';
import { elsewhere, read } from './reader';
import { sectionsOf } from './shown-commands';

const textOf = (document: string) => readFileSync(join(repository, document), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`),
]
  .filter((file) => file.endsWith('.md'))
  .sort();

/** Run by tests of their own. */
const recipes = ['docs/operate.md'];
/** Compiles what it writes. */
const slow = ['To TypeScript'];

const sections = documents
  .filter((document) => !recipes.includes(document))
  .flatMap((document) => sectionsOf(textOf(document)).map(({ title, steps }) => ({ document, title, steps: steps.filter(({ does }) => does !== 'write') })))
  .filter(({ steps, title }) => steps.some((step) => step.does === 'run' && !elsewhere.test(step.line)) && (isLongForm || !slow.includes(title)));

const workspaces: Workspace[] = [];
const started: Record<string, Workspace> = {};

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

/** This repository as a reader has it, or a repository with a fleet in YAML; rendered and committed. */
function start(form: 'repository' | 'yaml'): Workspace {
  const workspace = newWorkspace();
  const copies = form === 'yaml' ? { 'test/yaml/example': 'config' } : { config: 'config', 'examples/hub-spoke': 'examples/hub-spoke' };
  for (const [from, to] of Object.entries(copies)) cpSync(join(repository, from), join(workspace.path, to), { recursive: true });
  if (form === 'yaml') cpSync(join(repository, 'test/yaml/example'), join(workspace.path, 'our-fleet/config'), { recursive: true });
  git(workspace, 'init', '-q', '-b', 'main');
  const { status, stderr } = serve(workspace.path, ['synth']);
  if (status !== 0) throw new Error(stderr);
  git(workspace, 'add', '-A');
  git(workspace, 'commit', '-q', '-m', 'Start');
  return workspace;
}

function newWorkspace(): Workspace {
  const workspace = new Workspace({});
  workspaces.push(workspace);
  return workspace;
}

function git(workspace: Workspace, ...args: string[]): void {
  const { status, stderr } = workspace.run('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args]);
  if (status !== 0) throw new Error(stderr);
}

test('documents with commands are found', () => {
  expect(new Set(sections.map(({ document }) => document)).size).toBeGreaterThan(4);
  expect(sections.flatMap(({ steps }) => steps).length).toBeGreaterThan(20);
});

// The commands of a section follow one another; what one writes, the next finds.
test.each(sections)('$document, $title: commands do what it shows', ({ document, steps }) => {
  const form = document === 'docs/yaml-fleets.md' ? 'yaml' : 'repository';
  started[form] ??= start(form);
  const workspace = newWorkspace();
  cpSync(started[form].path, workspace.path, { recursive: true });
  read(workspace, steps);
});
