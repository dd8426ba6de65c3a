import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../long-test';
import { partly } from '../runs';
import { repository, serve, Workspace } from '../workspaces/workspace';
import { read } from './reader';
import { sectionsOf } from './shown-commands';

const pages = ['docs/start.md', 'docs/start-hubs.md', 'docs/start-yaml.md'];

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(repository, page), 'utf8');
  const place = new Workspace({});
  // The name of a package comes from that of its folder, so this one has a name that somebody chose.
  const workspace: Workspace = Object.create(place, { path: { value: join(place.path, 'fleet') } });

  beforeAll(() => {
    mkdirSync(workspace.path);
    workspace.run('git', ['init', '-q', '-b', 'main']);
    workspace.run('git', ['remote', 'add', 'origin', 'https://github.com/company/fleet']);
  });

  afterAll(() => place.remove());

  test('is one page', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(120);
  });

  (partly(pages, 1).includes(page) ? test : longTest)('leads from nothing to the first cluster, with what it shows at each step', () => {
    read(
      workspace,
      sectionsOf(text).flatMap(({ steps }) => steps),
    );
    expect(serve(workspace.path, ['check'])).toMatchObject({ status: 0 });
    expect(workspace.run('git', ['status', '--short']).stdout).toBe('');
  });
});
