import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from './random';
import { clusterType, type Form, placesOf, type RolloutFleet, rolloutFleet } from './rollout-fleet';
import { changedPaths, type Files, Workspace } from './workspace';

/** What a command is about to do: the world before, the command, and the world when nothing comes in between. */
export interface Scene {
  readonly fleet: RolloutFleet;
  readonly before: Workspace;
  readonly args: readonly string[];
  readonly was: Files;
  readonly is: Files;
  /** Of the whole command, in milliseconds. */
  readonly duration: number;
}

const kinds = ['synth', 'first synth', 'promote', 'new patch', 'rollback', 'migrate'] as const;

/** Files of somebody else, which no command has any business with. */
const strangers: Files = {
  'README.md': 'Ours\n',
  'notes/dist/values.yaml': 'not: yours\n',
  'config/_notes.md': 'Left alone\n',
  '.hidden': 'x',
  'dist-old/a.yaml': 'a: 1\n',
};

/** In the output folder, but outside of what Argo CD deploys: left alone as well. */
const strangersInOutput: Files = { 'dist/README.md': 'What this folder is\n', 'dist/mgmt/OWNERS': 'team\n' };

/** Files of somebody else that are not as they were. */
export function touched({ was }: Pick<Scene, 'was'>, left: Files): readonly string[] {
  const theirs = Object.keys({ ...strangers, ...strangersInOutput }).filter((path) => was[path] !== left[path]);
  return theirs.map((path) => `${path}, which is somebody else's, is ${left[path] === undefined ? 'gone' : 'another'}`);
}

/**
 * Sets the stage. A command that has nothing to do there, such as one for a patch that is not, gives way to another.
 *
 * @param folder where it is set, for as long as it is played on
 */
export async function setScene(seed: number, folder: string): Promise<Scene> {
  const random = new Random(seed);
  for (;;) {
    const kind = random.pick(kinds);
    const form: Form = kind === 'migrate' || random.oneIn(2) ? 'yaml' : 'typescript';
    const scene = await tryScene(random, kind, rolloutFleet(random, form, random.int(2, 4)), folder);
    if (scene) return scene;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tryScene(random: Random, kind: (typeof kinds)[number], fleet: RolloutFleet, folder: string): Promise<Scene | undefined> {
  const before = Workspace.create(join(folder, 'before'), fleet.files);
  before.add(strangers);
  if (kind !== 'first synth') {
    await before.run('synth');
    before.add(strangersInOutput);
  }
  before.commit('The fleet');
  if (kind === 'synth') editValues(before, random.int(100, 999));
  const args = argsFor(random, kind, fleet);
  if (!args) return undefined;
  const after = before.copy(join(folder, 'after'));
  const started = performance.now();
  const { status } = await after.run(...args);
  const duration = performance.now() - started;
  const [was, is] = [before.seen(), after.seen()];
  return status === 0 && changedPaths(was, is).length > 0 ? { fleet, before, args, was, is, duration } : undefined;
}

/** Another value in every app, so that every target changes. */
export function editValues(workspace: Workspace, size: number): void {
  const files = workspace.files('config');
  const edited = Object.entries(files).filter(([path]) => /^\w+\/\w+(\.ts|\/values\.yaml)$/.test(path) && !path.includes('defaults'));
  for (const [path, text] of edited) workspace.write(`config/${path}`, text.replace(/"size": \d+/, `"size": ${size}`));
}

function argsFor(random: Random, kind: (typeof kinds)[number], { form, model, files }: RolloutFleet): readonly string[] | undefined {
  if (kind.endsWith('synth')) return ['synth'];
  if (kind === 'migrate') return ['migrate', '--from', 'config', '--to', 'config-ts'];
  if (kind === 'new patch') return ['new', 'patch', clusterType, 'web', '--set', 'source.helm.valuesObject.size=77'];
  const patches = [...placesOf(form, files).keys()];
  if (patches.length === 0) return undefined;
  const gates = model.nodes.flatMap(({ name, children }) => [name, ...children.map((child) => `${name}/${child.name}`)]);
  const approved = kind === 'promote' ? gates.flatMap((path) => ['--approve', path]) : [];
  return [kind, clusterType, ...random.pick(patches).split(' '), ...approved];
}
