import type { Plain } from '../layers/layer';
import { compare } from '../layers/problem';
import { collapser, membersName } from '../layers/record';
import { type Causes, CausesOf } from './causes';
import type { AppChange, Cause, Change, Changes, FieldChange, ObjectChange, TargetChange } from './change';
import { differences } from './differences';
import { fieldsIn } from './fields-in';
import type { LayerPlace } from './layer-places';
import { manifestName } from './manifest-name';
import { movedLayers } from './moved-layers';
import { appsAt, type Content, objectOfAll, type State, type StateFile, type Subject, subjectOf } from './state';
import { withTwins } from './twins';
import { type Workloads, workloadsOf } from './what-goes';

/** One difference at one target. */
interface Found {
  readonly kind: 'app-removed' | 'app-added' | 'object-removed' | 'object-added' | 'field';
  readonly clusterType: string;
  readonly subject: Subject;
  readonly field?: string;
  readonly before?: Plain;
  readonly after?: Plain;
  readonly manifest?: string;
  /** Where an object is read that came or went. */
  readonly file?: StateFile;
  /** What becomes of what an app deployed that went. */
  readonly workloads?: Workloads;
}

/** A difference with all targets that have it. */
interface Group {
  readonly found: Found;
  /** What the object is called at all of the targets. */
  readonly object?: string;
  readonly targets: string[];
  readonly now: Set<string>;
  readonly earlier: Set<string>;
  /** Where records say of what layers it comes. */
  place?: LayerPlace;
}

/**
 * What differs between two states.
 *
 * @param isAsked whether a target of a cluster type is looked at. @default - all are
 */
export function compareStates(before: State, after: State, isAsked: (clusterType: string, target: string) => boolean = () => true): Changes {
  const pairs = pairsOf(before, after, isAsked);
  const targetChanges = changedTargets(before, after, isAsked);
  const whole = new Set(targetChanges.flatMap(({ kind, clusterType, targets }) => targets.map((target) => `${kind} ${clusterType} ${target}`)));
  const causes = new CausesOf(before, after);
  const groups = new Groups();
  const changed: Pair[] = [];
  const gone: { readonly found: Found; readonly file: StateFile; readonly causes: Causes }[] = [];
  for (const pair of pairs.differing) {
    const { old, made } = pair;
    const file = (made ?? old) as StateFile;
    const subject = subjectOf(file, (made ? after : before).fleet.topology);
    if (old && made) {
      changed.push(pair);
      continue;
    }
    if (whole.has(`target-${made ? 'added' : 'removed'} ${file.clusterType} ${file.target}`)) continue;
    // What an app has beside its own manifest comes and goes with it.
    if (
      subject.object !== undefined &&
      pairs.apps(old ? 'old' : 'made').has(appKey(file, subject)) &&
      !pairs.apps(old ? 'made' : 'old').has(appKey(file, subject))
    )
      continue;
    const kind = `${subject.object === undefined ? 'app' : 'object'}-${made ? 'added' : 'removed'}` as const;
    const isMoved = subject.deployer !== undefined && pairs.apps(made ? 'old' : 'made').has(appKey(file, subject));
    const found: Found = { kind, clusterType: file.clusterType, subject };
    if (subject.object === undefined) {
      const why = causes.app(file, subject, isMoved);
      if (old) gone.push({ found, file, causes: why });
      else groups.add(found, file.target, why);
    } else groups.add({ ...found, file }, file.target, {});
  }
  // What becomes of what they deployed, the manifests say that are no more; all are read at once.
  const last = before.read(gone.map(({ file }) => file));
  for (const [index, { found, file, causes: why }] of gone.entries()) {
    const workloads = workloadsOf(fieldsIn(last[index] as Content, found.subject));
    groups.add({ ...found, workloads }, file.target, why);
  }
  // Each side is asked once.
  const earlier = before.read(changed.map(({ old }) => old as StateFile));
  const later = after.read(changed.map(({ made }) => made as StateFile));
  for (const [index, { made }] of changed.entries()) {
    const file = made as StateFile;
    const subject = subjectOf(file, after.fleet.topology);
    const [was, is] = [earlier[index] as Content, later[index] as Content];
    const manifest = subject.object === undefined ? undefined : manifestName(is);
    const [had, has] = [fieldsIn(was, subject), fieldsIn(is, subject)];
    const all = differences(had, has);
    const release = subject.deployer === undefined ? undefined : all.find(({ field }) => field === 'release');
    for (const difference of all) {
      const { field, before: from, after: to } = difference;
      // With another release comes all that it says.
      const cause = causes.field(file, subject, release ?? difference);
      groups.add({ kind: 'field', clusterType: file.clusterType, subject, field, before: from, after: to, manifest }, file.target, cause);
    }
  }
  const found = [...targetChanges, ...groups.changes(before, after)].sort(byImportance(before, after));
  const changes = withTwins(found, before, after);
  const touched = new Set(changes.flatMap(({ clusterType, targets }) => targets.map((target) => `${clusterType} ${target}`)));
  const { topology } = after.fleet;
  const moved = movedLayers(before, after, causes, groups.isChanged, isAsked);
  const notes = [before, after].flatMap((state) => state.notes ?? []);
  return { before: before.name, after: after.name, topology, changes, targets: touched.size, moved, notes };
}

interface Pair {
  readonly old?: StateFile;
  readonly made?: StateFile;
}

interface Pairs {
  readonly differing: readonly Pair[];
  /** The apps of each target that have a manifest of their own. */
  readonly apps: (side: 'old' | 'made') => ReadonlySet<string>;
}

function pairsOf(before: State, after: State, isAsked: (clusterType: string, target: string) => boolean): Pairs {
  const old = new Map<string, StateFile>();
  for (const file of before.files) if (isAsked(file.clusterType, file.target)) old.set(keyOf(file), file);
  const differing: Pair[] = [];
  for (const made of after.files) {
    if (!isAsked(made.clusterType, made.target)) continue;
    const key = keyOf(made);
    const was = old.get(key);
    old.delete(key);
    if (was?.id !== made.id) differing.push({ old: was, made });
  }
  for (const was of old.values()) differing.push({ old: was });
  const known = new Map<string, ReadonlySet<string>>();
  const apps = (side: 'old' | 'made') => {
    let found = known.get(side);
    if (!found) {
      const state = side === 'old' ? before : after;
      found = new Set(
        state.files.flatMap((file) => {
          const subject = subjectOf(file, state.fleet.topology);
          return subject.object === undefined ? [appKey(file, subject)] : [];
        }),
      );
      known.set(side, found);
    }
    return found;
  };
  return { differing, apps };
}

function keyOf({ clusterType, target, path }: StateFile): string {
  return `${clusterType}\n${target}\n${path}`;
}

function appKey({ clusterType, target }: StateFile, { app }: Subject): string {
  return `${clusterType}\n${target}\n${app}`;
}

/** Gathers equal differences of several targets. */
class Groups {
  readonly #groups = new Map<string, Group>();
  readonly #changed = new Set<string>();

  /** Whether a field of an app's own is another one at a target. */
  readonly isChanged = (clusterType: string, app: string, field: string, target: string): boolean =>
    this.#changed.has([clusterType, app, field, target].join('\n'));

  add(found: Found, target: string, { now, before, place }: Causes): void {
    const { kind, clusterType, subject, field } = found;
    // Each member has a registration of its own, of which many say the same.
    const object = clusterType === membersName && subject.object !== undefined ? objectOfAll(subject.object, target) : subject.object;
    const key = JSON.stringify([kind, clusterType, subject.app, object, subject.deployer, field, found.before, found.after, found.workloads]);
    let group = this.#groups.get(key);
    if (!group) {
      group = { found, object, targets: [], now: new Set(), earlier: new Set() };
      this.#groups.set(key, group);
    }
    group.targets.push(target);
    if (place) this.#changed.add([place.clusterType, place.app, place.field, target].join('\n'));
    else if (field !== undefined) this.#changed.add([clusterType, subject.app, field, target].join('\n'));
    group.place ??= place;
    if (now !== undefined) group.now.add(now);
    if (before !== undefined) group.earlier.add(before);
  }

  changes(before: State, after: State): readonly Change[] {
    const places = new Places(before, after);
    const left = new Set(after.files.map((file) => `${file.clusterType}\n${subjectOf(file, after.fleet.topology).app}`));
    const had = new Set(before.files.map((file) => `${file.clusterType}\n${subjectOf(file, before.fleet.topology).app}`));
    const names = this.#manifestNames(before, after);
    return [...this.#groups.values()].map((group): Change => {
      const { found, targets, now, earlier, place } = group;
      const { kind, clusterType, subject } = found;
      const at = { clusterType, ...places.of(kind.endsWith('removed') ? 'before' : 'after', clusterType, targets) };
      const isOther = place && (place.clusterType !== clusterType || place.app !== subject.app || place.field !== (found.field ?? 'enabled'));
      const cause: Cause = { now: [...now].sort(compare), before: [...earlier].sort(compare), ...(isOther ? { of: place } : {}) };
      // One of them is named as it is.
      const object = targets.length === 1 ? subject.object : group.object;
      const isNamed = object === subject.object;
      const whose = { app: subject.app, ...(subject.deployer === undefined ? {} : { deployer: subject.deployer }) };
      if (kind === 'field') {
        const { field = '', before: from, after: to } = found;
        const manifest = isNamed && found.manifest !== undefined ? { manifest: found.manifest } : {};
        const whole = object === undefined ? {} : { object, ...manifest };
        const values = { ...(from === undefined ? {} : { before: from }), ...(to === undefined ? {} : { after: to }) };
        return { kind, ...at, ...whose, ...whole, field, ...values, cause } satisfies FieldChange;
      }
      if (object !== undefined) {
        const manifest = isNamed ? names.get(group) : undefined;
        return { kind: kind as ObjectChange['kind'], ...at, app: subject.app, object, ...(manifest === undefined ? {} : { manifest }) };
      }
      const others = kind === 'app-removed' ? left : had;
      return {
        kind: kind as AppChange['kind'],
        ...at,
        ...whose,
        isEverywhere: !others.has(`${clusterType}\n${subject.app}`),
        ...(found.workloads === undefined ? {} : { workloads: found.workloads }),
        cause,
      };
    });
  }

  /** What objects are that came or went. */
  #manifestNames(before: State, after: State): ReadonlyMap<Group, string | undefined> {
    const names = new Map<Group, string | undefined>();
    for (const [state, end] of [[before, 'removed'] as const, [after, 'added'] as const]) {
      const groups = [...this.#groups.values()].filter(({ found }) => found.file !== undefined && found.kind.endsWith(end));
      const contents = state.read(groups.map(({ found }) => found.file as StateFile));
      for (const [index, group] of groups.entries()) names.set(group, manifestName(contents[index] as Content));
    }
    return names;
  }
}

/** Targets in sequence, and the paths that stand for them. */
class Places {
  readonly #sides: Readonly<Record<'before' | 'after', State>>;
  readonly #collapsers = new Map<string, ReturnType<typeof collapser>>();
  readonly #orders = new Map<string, ReadonlyMap<string, number>>();

  constructor(before: State, after: State) {
    this.#sides = { before, after };
  }

  of(side: 'before' | 'after', clusterType: string, targets: readonly string[]): { readonly targets: readonly string[]; readonly paths: readonly string[] } {
    const key = `${side} ${clusterType}`;
    let collapse = this.#collapsers.get(key);
    if (!collapse) {
      const all = this.#sides[side].targets.get(clusterType) ?? [];
      collapse = collapser(all);
      this.#collapsers.set(key, collapse);
      this.#orders.set(key, new Map(all.map((target, index) => [target, index])));
    }
    const order = this.#orders.get(key);
    const sorted = [...targets].sort((a, b) => (order?.get(a) ?? 0) - (order?.get(b) ?? 0));
    return { targets: sorted, paths: collapse(sorted) };
  }
}

function changedTargets(before: State, after: State, isAsked: (clusterType: string, target: string) => boolean): readonly TargetChange[] {
  const places = new Places(before, after);
  const one = (kind: TargetChange['kind'], from: State, to: State): readonly TargetChange[] =>
    [...from.targets].flatMap(([clusterType, targets]) => {
      const others = new Set(to.targets.get(clusterType));
      const isEmpty = emptyIn(from, clusterType);
      const gone = targets.filter((target) => !others.has(target) && isAsked(clusterType, target) && !isEmpty(target));
      if (gone.length === 0) return [];
      const apps = appsAt(from, clusterType, new Set(gone));
      return [{ kind, clusterType, ...places.of(from === before ? 'before' : 'after', clusterType, gone), apps }];
    });
  return [...one('target-removed', before, after), ...one('target-added', after, before)];
}

/** Whether a target has none of the apps that alone are looked at. */
function emptyIn({ isOfSomeApps, files }: State, clusterType: string): (target: string) => boolean {
  if (!isOfSomeApps) return () => false;
  const full = new Set(files.flatMap((file) => (file.clusterType === clusterType ? [file.target] : [])));
  return (target) => !full.has(target);
}

/** Removals first, for nothing else takes so much away; then what comes; then what changes. */
const importance: readonly Change['kind'][] = ['target-removed', 'app-removed', 'object-removed', 'target-added', 'app-added', 'object-added', 'field'];

function byImportance(before: State, after: State): (a: Change, b: Change) => number {
  const order = new Map([...new Set([...after.targets.keys(), ...before.targets.keys()])].map((name, index) => [name, index]));
  return (a, b) =>
    importance.indexOf(a.kind) - importance.indexOf(b.kind) ||
    (order.get(a.clusterType) ?? 0) - (order.get(b.clusterType) ?? 0) ||
    compare(nameOf(a), nameOf(b)) ||
    compare(a.paths.join(), b.paths.join()) ||
    compare(JSON.stringify(a), JSON.stringify(b));
}

function nameOf(change: Change): string {
  return [('app' in change && change.app) || '', ('object' in change && change.object) || '', ('field' in change && change.field) || ''].join('\n');
}
