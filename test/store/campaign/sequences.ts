import { join } from 'node:path';
import { FleetServer } from '../../workspaces/fleet-server';
import type { Campaign, Trial } from './campaign';
import { isBelow, pathsOf } from './fleet-model';
import { Random } from './random';
import { clusterType, type Form, hasGap, keptComments, manualNodes, placesOf, type RolloutFleet, rolloutFleet } from './rollout-fleet';
import { changedPaths, type Ended, endedBadly, type Files, Workspace } from './workspace';

/** Random commands, edits, commits, branches and merges on one fleet; what must hold is looked at after each. */
export const sequences: Campaign = { name: 'sequences', run };

const steps = 14;

async function run({ seed, folder }: Trial): Promise<readonly string[]> {
  const random = new Random(seed);
  const form: Form = random.oneIn(2) ? 'yaml' : 'typescript';
  const fleet = rolloutFleet(random, form, 2);
  const server = new FleetServer();
  const sequence = new Sequence(random, fleet, Workspace.create(join(folder, 'repository'), fleet.files), server, join(folder, 'fresh'));
  try {
    return await sequence.run();
  } finally {
    server.stop();
  }
}

/** The world between two commands. */
interface State {
  readonly config: Files;
  readonly dist: Files;
  readonly sum: string;
}

class Sequence {
  readonly #history: string[] = [];
  readonly #broken: string[] = [];
  #branches = 0;

  constructor(
    readonly random: Random,
    readonly fleet: RolloutFleet,
    readonly workspace: Workspace,
    readonly server: FleetServer,
    readonly fresh: string,
  ) {}

  async run(): Promise<readonly string[]> {
    await this.#command('synth');
    this.workspace.commit('The fleet');
    for (let step = 0; step < steps && this.#broken.length === 0; step += 1) await this.#step();
    return this.#broken.length === 0 ? [] : [...this.#broken, `after ${this.#history.join('; ')}`];
  }

  async #step(): Promise<void> {
    const kind = this.random.int(1, 12);
    if (kind <= 4) await this.#promote();
    else if (kind === 5) await this.#rollback();
    else if (kind === 6) await this.#newPatch();
    else if (kind === 7) await this.#command(...this.random.pick([['status'], ['status', '--json'], ['check'], ['check', '--json']]));
    else if (kind === 8) await this.#plan();
    else if (kind === 9) this.#edit();
    else if (kind === 10) this.#branch();
    else if (kind === 11) await this.#command('synth');
    else this.workspace.commit('Somebody commits');
  }

  #state(): State {
    return { config: this.workspace.files('config'), dist: this.workspace.files('dist'), sum: this.workspace.sum() };
  }

  async #fleet(...args: readonly string[]): Promise<Ended> {
    const { status, stdout, stderr } = this.server.run(this.workspace.path, args);
    return { status, output: stdout + stderr };
  }

  /** What the configuration renders to now; `undefined` where it does not. */
  async #rendered(): Promise<Files | undefined> {
    const { status } = await this.#fleet('synth', '--output', this.fresh);
    return status === 0 ? new Workspace(this.fresh).files('') : undefined;
  }

  /** Runs a command, and looks at what holds after any. */
  async #command(...args: readonly string[]): Promise<{ readonly before: State; readonly after: State; readonly ended: Ended; readonly wasCurrent: boolean }> {
    const before = this.#state();
    const fresh = await this.#rendered();
    const wasCurrent = fresh !== undefined && changedPaths(fresh, before.dist).length === 0;
    const ended = await this.#fleet(...args);
    this.#history.push(`${args.join(' ')} (${ended.status})`);
    const after = this.#state();
    this.#break(...endedBadly(args.join(' '), ended));
    const isReading = ['status', 'plan', 'check'].includes(args[0] ?? '') || args.includes('--dry-run');
    const isSynth = args[0] === 'synth';
    if (isReading && after.sum !== before.sum) this.#break(`${args.join(' ')} only reads, but wrote`);
    if (ended.status !== 0 && changedPaths(before.config, after.config).length + changedPaths(before.dist, after.dist).length > 0) {
      this.#break(
        `${args.join(' ')} failed, but changed ${[...changedPaths(before.config, after.config), ...changedPaths(before.dist, after.dist)].join(', ')}: ${ended.output}`,
      );
    }
    if (isSynth && changedPaths(before.config, after.config).length > 0) this.#break('synth changed the configuration');
    if (args[0] === 'check' && (ended.status === 0) !== wasCurrent)
      this.#break(`check says ${ended.status}, but dist is ${wasCurrent ? '' : 'not '}current: ${ended.output}`);
    if (!isReading && ended.status === 0) {
      const now = await this.#rendered();
      const wrong = now ? changedPaths(now, after.dist) : ['the configuration cannot be read any more'];
      // `--auto` with nothing to move writes nothing.
      if (wrong.length > 0 && (isSynth || changedPaths(before.config, after.config).length > 0))
        this.#break(`after ${args.join(' ')} dist is not what is rendered: ${wrong.join(', ')}`);
    }
    const lost = keptComments(before.config).filter((comment) => !keptComments(after.config).includes(comment));
    if (lost.length > 0) this.#break(`${args.join(' ')} lost comments: ${lost.join(', ')}`);
    return { before, after, ended, wasCurrent };
  }

  #break(...laws: readonly string[]): void {
    this.#broken.push(...laws);
  }

  get #targets(): readonly string[] {
    return pathsOf(this.fleet.model).targets;
  }

  #covered({ config }: State, patch: string): ReadonlySet<string> {
    const places = placesOf(this.fleet.form, config).get(patch) ?? [];
    return new Set(this.#targets.filter((target) => places.some((place) => isBelow(target, place))));
  }

  #pick(): readonly [patch: string, args: readonly string[]] | undefined {
    const patches = [...placesOf(this.fleet.form, this.workspace.files('config')).keys()];
    if (patches.length === 0) return undefined;
    const patch = this.random.pick(patches);
    return [patch, [clusterType, ...patch.split(' ')]];
  }

  async #promote(): Promise<void> {
    if (this.random.oneIn(5)) {
      const { before, after, ended, wasCurrent } = await this.#command('promote', '--auto', ...(this.random.oneIn(3) ? ['--dry-run'] : []));
      if (ended.status === 0 && wasCurrent) this.#onlyEntered('promote --auto', before, after, [...placesOf(this.fleet.form, before.config).keys()], []);
      return;
    }
    const picked = this.#pick();
    if (!picked) return;
    const [patch, args] = picked;
    const manual = manualNodes(this.fleet.model.nodes);
    const approved = this.random.oneIn(2) ? manual : this.random.some(manual, 1);
    const flags = [
      ...approved.flatMap((path) => ['--approve', path]),
      ...(this.random.oneIn(5) ? ['--fill'] : []),
      ...(this.random.oneIn(5) ? ['--dry-run'] : []),
    ];
    const { before, after, ended, wasCurrent } = await this.#command('promote', ...args, ...flags);
    if (ended.status === 0 && wasCurrent && !flags.includes('--dry-run')) this.#onlyEntered('promote', before, after, [patch], approved);
  }

  /** A promotion changes what it enters and nothing else, makes no gap, and enters no gate that nobody opened. */
  #onlyEntered(what: string, before: State, after: State, patches: readonly string[], approved: readonly string[]): void {
    const entered = new Set<string>();
    for (const patch of patches) {
      const [was, is] = [this.#covered(before, patch), this.#covered(after, patch)];
      const isGone = !placesOf(this.fleet.form, after.config).has(patch);
      if (isGone) {
        if (was.size < this.#targets.length) this.#break(`${what}: ${patch} was integrated before it was everywhere`);
        continue;
      }
      if ([...was].some((target) => !is.has(target))) this.#break(`${what}: ${patch} left a target`);
      if (!hasGap(this.#targets, was) && hasGap(this.#targets, is)) this.#break(`${what}: ${patch} has a gap now`);
      const fresh = [...is].filter((target) => !was.has(target));
      for (const target of fresh) entered.add(target);
      for (const node of manualNodes(this.fleet.model.nodes)) {
        const isEntered = fresh.some((target) => isBelow(target, node)) && ![...was].some((target) => isBelow(target, node));
        if (isEntered && !approved.includes(node)) this.#break(`${what}: ${patch} entered ${node}, which nobody approved`);
      }
    }
    this.#changedOnly(what, before, after, entered);
  }

  #changedOnly(what: string, before: State, after: State, allowed: ReadonlySet<string>): void {
    const changed = changedPaths(before.dist, after.dist).filter((path) => /\/(templates|manifests)\//.test(path));
    const wrong = changed.filter((path) => !allowed.has(path.split('/').slice(1, 4).join('/')));
    if (wrong.length > 0) this.#break(`${what} changed ${wrong.join(', ')}, but may change ${[...allowed].join(', ') || 'nothing'} only`);
  }

  async #rollback(): Promise<void> {
    const picked = this.#pick();
    if (!picked) return;
    const [patch, args] = picked;
    const flags = this.random.pick([[], ['--everywhere'], ['--to', this.random.pick(pathsOf(this.fleet.model).all)], ['--dry-run']]);
    const { before, after, ended, wasCurrent } = await this.#command('rollback', ...args, ...flags);
    if (ended.status !== 0 || flags.includes('--dry-run')) return;
    const [was, is] = [this.#covered(before, patch), this.#covered(after, patch)];
    if ([...is].some((target) => !was.has(target)) || is.size >= was.size)
      this.#break(`rollback ${flags.join(' ')}: ${patch} covered ${[...was]}, and covers ${[...is]}`);
    if (wasCurrent) this.#changedOnly('rollback', before, after, new Set([...was].filter((target) => !is.has(target))));
  }

  async #newPatch(): Promise<void> {
    const app = this.random.pick(this.fleet.model.clusterTypes[0]?.components ?? []).name;
    const set = this.random.pick([
      `source.targetRevision=2.${this.random.int(0, 9)}.0`,
      `source.helm.valuesObject.size=${this.random.int(10, 99)}`,
      'source.helm.valuesObject.note=yes: no',
    ]);
    const { before, after, ended, wasCurrent } = await this.#command('new', 'patch', clusterType, app, '--set', set);
    if (ended.status !== 0) return;
    const added = [...placesOf(this.fleet.form, after.config).keys()].filter((patch) => !placesOf(this.fleet.form, before.config).has(patch));
    if (added.length !== 1) this.#break(`new patch wrote ${added.length} patches`);
    else if (wasCurrent) this.#changedOnly('new patch', before, after, this.#covered(after, added[0] as string));
  }

  async #plan(): Promise<void> {
    const picked = this.#pick();
    if (picked) await this.#command('plan', ...picked[1], ...(this.random.oneIn(2) ? ['--json'] : []));
  }

  /** What somebody may do with an editor: another value, or an edit of what is rendered. */
  #edit(): void {
    const isRendered = this.random.oneIn(3);
    const files = this.workspace.files(isRendered ? 'dist' : 'config');
    const candidates = Object.keys(files).filter((path) =>
      isRendered ? /\/templates\//.test(path) : /"size": \d+/.test(files[path] ?? '') && !path.includes('patch-'),
    );
    if (candidates.length === 0) return;
    const path = this.random.pick(candidates);
    const content = files[path] as string;
    const edited = isRendered
      ? content.replace('project: default', 'project: another')
      : content.replace(/"size": \d+/, `"size": ${this.random.int(100, 999)}`);
    this.workspace.write(`${isRendered ? 'dist' : 'config'}/${path}`, edited);
    this.#history.push(`an edit of ${path}`);
  }

  /** One change on a branch and one on the other, and both merged; where Git finds a conflict, nothing happened. */
  #branch(): void {
    this.#branches += 1;
    const name = `branch-${this.#branches}`;
    this.workspace.commit('Before the branch');
    this.workspace.git('checkout', '-q', '-b', name);
    this.#edit();
    this.workspace.commit(`On ${name}`);
    this.workspace.git('checkout', '-q', 'main');
    this.#edit();
    this.workspace.commit('On main');
    const { status } = this.workspace.git('merge', '-q', '--no-ff', '-m', `Merge ${name}`, name);
    if (status !== 0) this.workspace.git('merge', '--abort');
    this.#history.push(`a merge (${status})`);
  }
}
