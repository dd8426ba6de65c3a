import type { AppChange, Change, TargetChange, Twin } from './change';
import { fieldsOf } from './fields';
import { type State, type StateFile, type Subject, subjectOf } from './state';

/** How much of an app another one must say to be taken for the same under another name. */
const alike = 0.8;

/**
 * Apps that went where others came that say nearly the same are told to be renamed or moved: to Argo CD a new name is another
 * app. Targets likewise.
 */
export function withTwins(changes: readonly Change[], before: State, after: State): readonly Change[] {
  const twins = new Map<Change, Twin | string>([...appTwins(changes, before, after), ...targetTwins(changes, before, after)]);
  return twins.size === 0 ? changes : changes.map((change) => (twins.has(change) ? ({ ...change, twin: twins.get(change) } as Change) : change));
}

function appTwins(changes: readonly Change[], before: State, after: State): ReadonlyMap<Change, Twin> {
  const gone = changes.filter((change): change is AppChange => change.kind === 'app-removed');
  const made = changes.filter((change): change is AppChange => change.kind === 'app-added');
  const twins = new Map<Change, Twin>();
  if (gone.length === 0 || made.length === 0) return twins;
  const said = [new Sayings(before), new Sayings(after)] as const;
  // What has its name still is more likely meant than what says the same.
  for (const isMeant of [isMoved, isRenamed]) {
    for (const old of gone) {
      const twin = made.find((one) => !twins.has(old) && !twins.has(one) && isMeant(old, one) && likeness(said[0].ofApp(old), said[1].ofApp(one)) >= alike);
      if (!twin) continue;
      twins.set(old, twinOf(twin));
      twins.set(twin, twinOf(old));
    }
  }
  return twins;
}

/** To another cluster type, or to another deployer. */
function isMoved(one: AppChange, other: AppChange): boolean {
  return one.app === other.app && (one.clusterType !== other.clusterType || one.targets.join() === other.targets.join());
}

function isRenamed(one: AppChange, other: AppChange): boolean {
  return one.clusterType === other.clusterType && one.deployer === other.deployer && one.targets.join() === other.targets.join();
}

function twinOf({ clusterType, app, deployer }: AppChange): Twin {
  return { clusterType, app, ...(deployer === undefined ? {} : { deployer }) };
}

/** Nodes of which as many targets went as came of another one, each of which gets nearly the same. */
function targetTwins(changes: readonly Change[], before: State, after: State): ReadonlyMap<Change, string> {
  const gone = changes.filter((change): change is TargetChange => change.kind === 'target-removed');
  const made = changes.filter((change): change is TargetChange => change.kind === 'target-added');
  const twins = new Map<Change, string>();
  const said = [new Sayings(before), new Sayings(after)] as const;
  for (const old of gone) {
    const twin = made.find(({ clusterType }) => clusterType === old.clusterType);
    const [path, other] = [old.paths[0] as string, twin?.paths[0] as string];
    if (!twin || old.paths.length > 1 || twin.paths.length > 1 || old.targets.length !== twin.targets.length) continue;
    const [was] = old.targets as readonly [string];
    const [is] = twin.targets as readonly [string];
    if (likeness(said[0].ofTarget(old.clusterType, was), said[1].ofTarget(old.clusterType, is)) < alike) continue;
    twins.set(old, other);
    twins.set(twin, path);
  }
  return twins;
}

/** What a state says, the value of each field as a text. */
class Sayings {
  readonly #state: State;
  readonly #files = new Map<string, StateFile[]>();
  readonly #known = new Map<StateFile, ReadonlySet<string>>();

  constructor(state: State) {
    this.#state = state;
    for (const file of state.files) {
      const key = `${file.clusterType}\n${file.target}`;
      const files = this.#files.get(key);
      if (files) files.push(file);
      else this.#files.set(key, [file]);
    }
  }

  /** At the first of the targets. */
  ofApp({ clusterType, app, deployer, targets: [target = ''] }: AppChange): ReadonlySet<string> {
    const file = this.#at(clusterType, target).find((one) => {
      const subject = this.#subject(one);
      return subject.app === app && subject.object === undefined && subject.deployer === deployer;
    });
    return file ? this.#said(file) : new Set();
  }

  ofTarget(clusterType: string, target: string): ReadonlySet<string> {
    return new Set(this.#at(clusterType, target).flatMap((file) => [...this.#said(file)].map((said) => `${file.path} ${said}`)));
  }

  #at(clusterType: string, target: string): readonly StateFile[] {
    return this.#files.get(`${clusterType}\n${target}`) ?? [];
  }

  #subject(file: StateFile): Subject {
    return subjectOf(file, this.#state.fleet.topology);
  }

  #said(file: StateFile): ReadonlySet<string> {
    let said = this.#known.get(file);
    if (!said) {
      const [content = {}] = this.#state.read([file]);
      said = new Set([...fieldsOf(content)].map(([field, value]) => `${field}=${JSON.stringify(value)}`));
      this.#known.set(file, said);
    }
    return said;
  }
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((said) => other.has(said)).length;
  return common / Math.max(one.size, other.size, 1);
}
