import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shapes } from '../../store/start/fleet-start';
import { partly } from '../runs';
import { TemporaryFolders } from '../workspaces/temporary-folder';
import { serve } from '../workspaces/workspace';

const folders = new TemporaryFolders();

/** What the README of a new fleet tells to type, in sequence. */
function commandsIn(folder: string): readonly (readonly string[])[] {
  const rows = readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/^\| .* \| `npx fleet (.*)` \|$/gm);
  return [...rows].map(([, command = '']) => command.split(' ')).filter(([, program]) => program !== 'jest');
}

// Rendered first, as "Next:" says; a step into what has to be approved is answered by what would approve it.
test.each(partly(shapes, 1))('every command that the README of a new fleet of the shape %s shows does what it says', (shape) => {
  const folder = folders.make();
  const git = (...args: readonly string[]) => spawnSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: folder });
  git('init', '-q', '-b', 'main');
  expect(serve(folder, ['init', '--shape', shape, '--repository', 'https://github.com/company/fleet', '--name', 'fleet']).status).toBe(0);
  const commands = commandsIn(folder);
  expect(commands.length).toBeGreaterThan(7);
  const outcomes = commands.map((command) => {
    const { status, stdout, stderr } = serve(folder, [...command]);
    git('add', '-A');
    git('commit', '-q', '-m', 'Edit');
    return { command: command.join(' '), status, text: `${stdout}${stderr}` };
  });
  const isWaiting = ({ status, text }: (typeof outcomes)[number]) => status === 3 && text.includes('To approve:');
  expect(outcomes.filter((outcome) => outcome.status !== 0 && !isWaiting(outcome))).toEqual([]);
  expect(serve(folder, ['check'])).toMatchObject({ status: 0 });
  // The test that `init` writes demands an owner of every app.
  const added = outcomes.find(({ command }) => command.startsWith('new app'))?.command.split(' ')[3];
  const file = { regions: 'config/workload-cluster/metrics-server.ts', yaml: 'config/workload-cluster/metrics-server/metadata.yaml', hubs: undefined }[shape];
  expect(added).toBe(file && 'metrics-server');
  if (file) expect(readFileSync(join(folder, file), 'utf8')).toContain('team-platform@example.com');
});
