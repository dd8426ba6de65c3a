import { join } from 'node:path';
import type { PackageManager } from '../../store/start/fleet-start';
import { sharedLock } from '../../store/start/workspaces';
import { TemporaryFolders } from '../workspaces/temporary-folder';
import { serve } from '../workspaces/workspace';

const folders = new TemporaryFolders();
const npm = '{ "workspaces": ["packages/*"] }';

test.each<[PackageManager, Record<string, string>, string, string | undefined]>([
  ['npm', { 'package.json': npm }, 'packages/fleet', 'package-lock.json'],
  ['npm', { 'package.json': npm }, 'fleet', undefined],
  ['npm', { 'package.json': '{}' }, 'packages/fleet', undefined],
  ['npm', { 'package.json': npm }, '', undefined],
  ['npm', {}, 'fleet', undefined],
  ['yarn', { 'package.json': '{ "workspaces": { "packages": ["packages/*"] } }' }, 'packages/fleet', 'yarn.lock'],
  // It is told to be listed, so it will be.
  ['yarn', { 'package.json': npm }, 'fleet', 'yarn.lock'],
  ['yarn', { 'package.json': '{}' }, 'fleet', undefined],
  ['pnpm', { 'pnpm-workspace.yaml': "packages: ['packages/*']\n" }, 'packages/fleet', 'pnpm-lock.yaml'],
  ['pnpm', { 'package.json': npm }, 'packages/fleet', undefined],
])('%s with %j locks %p in %p', (packageManager, files, folder, lock) => {
  expect(sharedLock(folders.make(files), folder, packageManager)).toBe(lock);
});

test('what is to be committed names the lock file that installing writes', () => {
  const folder = folders.make({ 'package.json': npm, '.git/HEAD': 'ref: refs/heads/main\n', '.git/objects/': '', '.git/refs/': '' });
  const { next } = JSON.parse(serve(folder, ['init', 'packages/fleet', '--ci', 'none', '--json']).stdout);
  expect(next.at(-1)).toBe("git add -A . ../../package-lock.json && git commit -m 'Begin a fleet in packages/fleet'");
  expect(JSON.parse(serve(folder, ['init', 'fleet', '--ci', 'none', '--json']).stdout).next.at(-1)).toBe(
    "git add -A . && git commit -m 'Begin a fleet in fleet'",
  );
  expect(serve(join(folder, 'packages/fleet'), ['synth']).status).toBe(0);
});
