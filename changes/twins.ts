import type { AppChange, Change } from './change';
import { fieldsOf } from './fields';
import { type State, type StateFile, subjectOf } from './state';

/** How much of an app another one must say to be taken for the same under another name. */
const alike = 0.8;

/** Apps that went and came at the same targets and say nearly the same are told to: to Argo CD a new name is another app. */
export function withTwins(changes: readonly Change[], before: State, after: State): readonly Change[] {
  const gone = changes.filter((change): change is AppChange => change.kind === 'app-removed');
  const made = changes.filter((change): change is AppChange => change.kind === 'app-added');
  if (gone.length === 0 || made.length === 0) return changes;
  const twins = new Map<Change, string>();
  for (const old of gone) {
    const twin = made.find((one) => !twins.has(one) && isSamePlace(old, one) && likeness(saying(before, old), saying(after, one)) >= alike);
    if (!twin) continue;
    twins.set(old, twin.app);
    twins.set(twin, old.app);
  }
  return changes.map((change) => (twins.has(change) ? ({ ...change, twin: twins.get(change) } as Change) : change));
}

function isSamePlace(one: AppChange, other: AppChange): boolean {
  return one.clusterType === other.clusterType && one.deployer === other.deployer && one.targets.join() === other.targets.join();
}

/** What an app says at the first of the targets, the value of each field as a text. */
function saying(state: State, { clusterType, app, targets }: AppChange): ReadonlySet<string> {
  const file = state.files.find((one: StateFile) => {
    const subject = subjectOf(one, state.fleet.topology);
    return one.clusterType === clusterType && one.target === targets[0] && subject.app === app && subject.object === undefined;
  });
  const [content] = file ? state.read([file]) : [];
  return new Set(content ? [...fieldsOf(content)].map(([field, value]) => `${field}=${JSON.stringify(value)}`) : []);
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((said) => other.has(said)).length;
  return common / Math.max(one.size, other.size, 1);
}
