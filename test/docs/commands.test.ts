import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isLongForm, partly } from '../runs';
import { type Form, startedWorkspace } from '../workspaces/rollout-workspace';
import { examples, repository, Workspace } from '../workspaces/workspace';
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
const recipes = ['docs/operate.md', 'docs/start.md', 'docs/start-hubs.md', 'docs/start-yaml.md'];
/** Begins in a folder of its own: `start.test.ts`. */
const beginning = 'npx cdk8s-fleet init';
/** Their files are whole; elsewhere a file may be shown in part. */
const complete = ['docs/projects.md'];
/** Compiles what it writes. */
const slow = ['To TypeScript'];

const sections = documents
  .filter((document) => !recipes.includes(document))
  .flatMap((document) =>
    sectionsOf(textOf(document)).map(({ title, steps }) => ({
      document,
      title,
      steps: steps.filter(
        (step) => step.does === 'edit' || (step.does === 'write' && complete.includes(document)) || (step.does === 'run' && step.line !== beginning),
      ),
    })),
  )
  .filter(({ steps, title }) => steps.some((step) => step.does === 'run' && !elsewhere.test(step.line)) && (isLongForm || !slow.includes(title)));

const workspaces: Workspace[] = [];
const started: Record<string, Workspace> = {};

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

/** This repository as a reader has it, or a repository with a fleet in YAML; rendered and committed. */
async function start(form: Form): Promise<Workspace> {
  const workspace = await startedWorkspace(form);
  workspaces.push(workspace);
  if (form === 'yaml') cpSync(join(workspace.path, 'config'), join(workspace.path, 'our-fleet/config'), { recursive: true });
  else {
    cpSync(dirname(examples.hub), join(workspace.path, 'examples/hub-spoke'), { recursive: true });
    const { status, stderr } = workspace.fleet('synth', '--config', 'examples/hub-spoke/config');
    if (status !== 0) throw new Error(stderr);
  }
  return workspace.commit('Another fleet');
}

function newWorkspace(): Workspace {
  const workspace = new Workspace({});
  workspaces.push(workspace);
  return workspace;
}

test('documents with commands are found', () => {
  expect(new Set(sections.map(({ document }) => document)).size).toBeGreaterThan(4);
  expect(sections.flatMap(({ steps }) => steps).length).toBeGreaterThan(20);
});

// The commands of a section follow one another; what one writes, the next finds.
test.each(partly(sections, 3))('$document, $title: commands do what it shows', async ({ document, steps }) => {
  const form = document === 'docs/yaml-fleets.md' ? 'yaml' : 'typescript';
  started[form] ??= await start(form);
  const workspace = newWorkspace();
  cpSync(started[form].path, workspace.path, { recursive: true });
  read(workspace, steps);
});
