import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Campaign, Trial } from './campaign';
import { torn } from './kills';
import { Random } from './random';
import { type Scene, setScene, touched } from './scene';
import { changedPaths, type Ended, endedBadly, type Files, type Workspace } from './workspace';

/** Disks that are full: one message, nothing torn, strangers untouched, and where there is room again the command does its work. */
export const disks: Campaign = { name: 'disks', run };

async function run({ seed, folder }: Trial): Promise<readonly string[]> {
  const random = new Random(seed);
  const scene = await setScene(seed, join(folder, 'scene'));
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const isMounted = mount(disk, ['size=64m']);
  try {
    return isMounted ? await fullDisk(random, scene, disk) : await largeFiles(random, scene, disk);
  } finally {
    if (isMounted) spawnSync('umount', [disk]);
  }
}

/** A file system in memory, where this user may mount one. */
function mount(disk: string, options: readonly string[]): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options.join(','), 'tmpfs', disk]).status === 0;
}

async function fullDisk(random: Random, scene: Scene, disk: string): Promise<readonly string[]> {
  const workspace = scene.before.copy(join(disk, 'repository'));
  // Pages of memory: what is there, and something between nothing and what is about to be written.
  const pages = usedPages(disk);
  const room = random.int(0, Math.ceil(changedPaths(scene.was, scene.is).length * 2.5) + 4);
  mount(disk, ['remount', `nr_blocks=${pages + room}`]);
  const ended = await workspace.run(...scene.args);
  const left = workspace.seen();
  mount(disk, ['remount', 'size=64m']);
  const again = ended.status === 0 ? ended : await workspace.run(...scene.args);
  return judged(scene, ended, left, again, workspace.seen());
}

function usedPages(disk: string): number {
  const { stdout } = spawnSync('df', ['--output=used', '-B4096', disk], { encoding: 'utf8' });
  return Number(stdout.trim().split('\n').at(-1));
}

/** Without a disk of its own: no file may become larger than a few kibibytes. */
async function largeFiles(random: Random, scene: Scene, disk: string): Promise<readonly string[]> {
  const workspace: Workspace = scene.before.copy(join(disk, 'repository'));
  const ended = await workspace.start(scene.args, random.int(1, 4)).ended;
  const left = workspace.seen();
  const again = ended.status === 0 ? ended : await workspace.run(...scene.args);
  return judged(scene, ended, left, again, workspace.seen());
}

function judged(scene: Scene, ended: Ended, left: Files, again: Ended, now: Files): readonly string[] {
  const what = `${scene.args.join(' ')} on a full disk`;
  const broken = [...endedBadly(what, ended)];
  if (ended.status !== 0 && !/^error [a-z]+-[a-z]+/m.test(ended.output)) broken.push(`${what} says nothing that helps: ${ended.output}`);
  if (/\n\s+at .*[:(]\d+/.test(ended.output)) broken.push(`${what} shows a trace: ${ended.output}`);
  broken.push(...torn(scene, left), ...touched(scene, left), ...touched(scene, now));
  // A failed edit changes nothing at all; output is replaced file by file.
  const config = changedPaths(scene.was, left).filter((path) => path.startsWith('config'));
  if (ended.status !== 0 && config.length > 0) broken.push(`${what} failed with ${ended.status}, but changed ${config.join(', ')}`);
  if (again.status !== 0) broken.push(`with room again, it ended with ${again.status}: ${again.output}`);
  else if (changedPaths(scene.is, now).length > 0)
    broken.push(`with room again, ${changedPaths(scene.is, now).slice(0, 10).join(', ')} are not what they should be`);
  return broken.length === 0 ? [] : [...broken, `it said: ${ended.output}`];
}
