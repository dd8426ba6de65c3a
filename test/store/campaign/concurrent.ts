import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Campaign, Trial } from './campaign';
import { isOwn, moment } from './kills';
import { Random } from './random';
import { clusterType, placesOf, type RolloutFleet, rolloutFleet } from './rollout-fleet';
import { editValues } from './scene';
import { changedPaths, type Ended, endedBadly, type Files, Workspace } from './workspace';

/** Commands at once, also after one that was killed: what is there in the end is what they give one after the other. */
export const concurrent: Campaign = { name: 'concurrent', run };

const kinds = ['one configuration', 'two configurations', 'promotions', 'synth and promotion'] as const;

async function run({ seed, folder }: Trial): Promise<readonly string[]> {
  const random = new Random(seed);
  const kind = random.pick(kinds);
  const fleet = rolloutFleet(random, random.oneIn(2) ? 'yaml' : 'typescript', random.int(2, 4));
  const workspace = Workspace.create(join(folder, 'repository'), fleet.files);
  const isKilled = random.oneIn(2);
  const stage: Stage = { random, fleet, workspace, isKilled, folder };
  await workspace.run('synth');
  workspace.commit('The fleet');
  const broken = kind === 'promotions' || kind === 'synth and promotion' ? await promotions(stage, kind) : await renderings(stage, kind);
  const kept = Object.keys(workspace.seen()).filter(isOwn);
  if (broken.length === 0 && kept.length > 0) broken.push(`left behind: ${kept.join(', ')}`);
  return broken.length === 0 ? [] : [...broken, `${kind}${isKilled ? ', after one that was killed' : ''}`];
}

interface Stage {
  readonly random: Random;
  readonly fleet: RolloutFleet;
  readonly workspace: Workspace;
  readonly isKilled: boolean;
  readonly folder: string;
}

/** Runs commands at once, after one of them was killed where that is asked for. */
async function atOnce({ random, workspace, isKilled }: Stage, commands: readonly (readonly string[])[]): Promise<readonly Ended[]> {
  if (isKilled) {
    const command = workspace.start(random.pick(commands));
    await moment(random, { duration: 700 }, workspace, command);
    command.kill();
    await command.ended;
  }
  // Side by side, or each a little later, so that one reads what the other is about to change.
  const lag = random.pick([0, 100, 400]);
  return Promise.all(commands.map((args, index) => delay(index === 0 ? 0 : random.int(0, lag)).then(() => workspace.run(...args))));
}

/** One of them does its work, and the others too, later, or say that somebody is at work. */
function endings(commands: readonly (readonly string[])[], all: readonly Ended[]): string[] {
  const broken = all.flatMap((ended, index) => endedBadly(commands[index]?.join(' ') ?? '', ended));
  for (const { status, output } of all)
    if (status === 1 && !/error (output|config)-busy/.test(output)) broken.push(`one failed, but not because another was at work: ${output}`);
  if (!all.some(({ status }) => status === 0)) broken.push(`none did its work: ${all.map(({ output }) => output).join('\n')}`);
  return broken;
}

/** Configurations into one output: it is wholly what one of them renders. */
async function renderings(stage: Stage, kind: (typeof kinds)[number]): Promise<string[]> {
  const { random, workspace, folder } = stage;
  editValues(workspace, 111);
  const folders = kind === 'two configurations' ? ['config', 'other/config'] : ['config'];
  if (kind === 'two configurations') {
    workspace.add(
      Object.fromEntries(Object.entries(workspace.files('config')).map(([path, text]) => [`other/config/${path}`, text.replace(/"size": \d+/, '"size": 222')])),
    );
  }
  const expected: Files[] = [];
  for (const [index, config] of folders.entries()) {
    const output = join(folder, `alone-${index}`);
    await workspace.run('synth', '--config', config, '--output', output);
    expected.push(new Workspace(output).files(''));
  }
  const commands = random.times(2, 4, (index) => ['synth', '--config', folders[index % folders.length] as string, '--output', 'dist']);
  const broken = endings(commands, await atOnce(stage, commands));
  const dist = workspace.files('dist');
  const differences = expected.map((one) => changedPaths(one, dist));
  if (!differences.some((paths) => paths.length === 0)) {
    broken.push(`dist is a mixture: ${differences.map((paths) => `${paths.length} files differ, ${paths.slice(0, 5).join(', ')}`).join(' or ')}`);
  }
  return broken;
}

/** Promotions of one patch, or one and renderings: so many steps were taken as ended well, and dist is what is rendered. */
async function promotions(stage: Stage, kind: (typeof kinds)[number]): Promise<string[]> {
  const { fleet, workspace, isKilled, folder } = stage;
  const [patch] = placesOf(fleet.form, fleet.files).keys();
  if (patch === undefined) return [];
  const gates = fleet.model.nodes.flatMap(({ name, children }) => [name, ...children.map((child) => `${name}/${child.name}`)]);
  const promote = ['promote', clusterType, ...patch.split(' '), ...gates.flatMap((path) => ['--approve', path])];
  const commands = kind === 'promotions' ? [promote, promote] : [promote, ['synth'], ['synth']];
  const serial = workspace.copy(join(folder, 'serial'));
  const states = [serial.seen()];
  // One that was killed may have got as far as its step, too.
  for (let step = commands.filter((args) => args === promote).length + (isKilled ? 1 : 0); step > 0; step -= 1) {
    if ((await serial.run(...promote)).status !== 0) break;
    states.push(serial.seen());
  }
  const all = await atOnce(stage, commands);
  // A patch that is in the base by now cannot be promoted again.
  const isOver = states.length <= commands.length;
  const broken = isOver ? [] : endings(commands, all);
  const now = workspace.seen();
  const differences = states.map((state) => changedPaths(state, now));
  const steps = all.filter(({ status }, index) => status === 0 && commands[index] === promote).length;
  const reached = differences.findIndex((paths) => paths.length === 0);
  if (reached < 0) broken.push(`no order gives what is there: ${differences.map((paths) => paths.slice(0, 5).join(', ')).join(' or ')} differ`);
  else if (!isKilled && reached !== steps) broken.push(`${steps} promotions ended well, but ${reached} steps were taken`);
  return broken;
}
