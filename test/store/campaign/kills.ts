import { mkdtempSync, realpathSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Campaign, Trial } from './campaign';
import { Random } from './random';
import { type Scene, setScene, touched } from './scene';
import { changedPaths, endedBadly, type Files, type Running, type Workspace } from './workspace';

/** Commands that are killed at any moment: every file is old or new, strangers are untouched, and the next command finishes or undoes. */
export const kills: Campaign = { name: 'kills', run };

/** So many kills share a stage, whose setting takes longer than a kill. */
const perScene = 10;

let current: { readonly number: number; readonly folder: string; readonly scene: Promise<Scene> } | undefined;

async function run({ seed, folder }: Trial): Promise<readonly string[]> {
  const random = new Random(seed);
  const scene = await sceneOf(Math.floor(seed / perScene));
  const workspace = scene.before.copy(join(folder, 'repository'));
  const command = workspace.start(scene.args);
  await moment(random, scene, workspace, command);
  command.kill();
  const ended = await command.ended;
  // Killed, or it was over already.
  const broken = ended.status === null ? [] : [...endedBadly(scene.args.join(' '), ended)];
  broken.push(...torn(scene, workspace.seen()), ...(await recovered(scene, workspace)), ...touched(scene, workspace.seen()));
  return broken.length === 0 ? [] : [...broken, `after a kill of ${scene.args.join(' ')} (${scene.fleet.form})`];
}

function sceneOf(number: number): Promise<Scene> {
  if (current?.number !== number) {
    if (current) rmSync(current.folder, { recursive: true, force: true });
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fleet-campaign-scene-')));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    current = { number, folder, scene: setScene(number, folder) };
  }
  return current.scene;
}

/** Any moment of the command; every other time one soon after it begins to write. */
export async function moment(random: Random, { duration }: Pick<Scene, 'duration'>, workspace: Workspace, { ended }: Running): Promise<void> {
  const whole = delay(duration * (0.2 + 0.9 * random.next()));
  if (random.oneIn(3)) return Promise.race([whole, ended.then(() => undefined)]);
  const wait = random.oneIn(2) ? random.int(0, 10) : random.int(0, 80);
  const watchers = ['', 'config', 'dist', '.git'].flatMap((name) => {
    try {
      return [watch(join(workspace.path, name))];
    } catch {
      return [];
    }
  });
  const written = new Promise<void>((resolve) => {
    for (const watcher of watchers) watcher.on('change', () => resolve()).on('error', () => resolve());
  });
  await Promise.race([written.then(() => delay(wait)), ended]);
  for (const watcher of watchers) watcher.close();
}

/** Whether a file is one that the tool makes for itself while it writes. */
export function isOwn(path: string): boolean {
  return path.split('/').some((name) => name.startsWith('.') && name.includes('fleet'));
}

/** Files that are neither as they were nor as they shall be. */
export function torn({ was, is }: Pick<Scene, 'was' | 'is'>, left: Files): readonly string[] {
  const paths = [...new Set([...Object.keys(was), ...Object.keys(is), ...Object.keys(left)])].filter((path) => !isOwn(path));
  const wrong = paths.filter((path) => left[path] !== was[path] && left[path] !== is[path]);
  return wrong.map((path) => `${path} is neither old nor new: ${left[path] === undefined ? 'it is gone' : JSON.stringify(left[path].slice(0, 200))}`);
}

/** What the next command that writes makes of what is left. */
async function recovered({ fleet, args, was, is }: Scene, workspace: Workspace): Promise<readonly string[]> {
  const isMigration = args[0] === 'migrate';
  const next = isMigration ? args : ['synth'];
  const ended = await workspace.run(...next);
  const isThere = isMigration && Object.keys(workspace.files('config-ts')).length > 0;
  const broken = ended.status === 0 || isThere ? [] : [`the next ${next[0]} ended with ${ended.status}: ${ended.output}`];
  const now = workspace.seen();
  // What the configuration was is rendered as it was, but for a synth, which was about to render it.
  const possible = args[0] === 'synth' || isMigration ? [is] : [was, is];
  const differences = possible.map((expected) => changedPaths(expected, now));
  if (!differences.some((paths) => paths.length === 0)) {
    broken.push(
      `the next ${next[0]} neither finished nor undid: ${differences.map((paths) => paths.slice(0, 10).join(', ')).join(' or ')} differ (${fleet.form})`,
    );
  }
  const kept = Object.keys(workspace.files('.git')).filter((path) => path.includes('fleet') && !path.startsWith('objects/'));
  if (kept.length > 0) broken.push(`left behind in .git: ${kept.join(', ')}`);
  return broken;
}
