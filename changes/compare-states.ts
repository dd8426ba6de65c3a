import { identityOf } from '../layers/charts/object-identity';
import { getOr } from '../layers/get-or';
import { compare } from '../layers/problem';
import { type Causes, CausesOf } from './causes';
import type { Change, Changes } from './change';
import { ChartLayers } from './compare/chart-layers';
import { type Found, Groups } from './compare/groups';
import { loneObjects, withObjects } from './compare/lone-objects';
import { namespacesOf } from './compare/namespaces';
import { appKey, type Pair, type Pairs, pairsOf } from './compare/pairs';
import { changedTargets } from './compare/places';
import { differences } from './differences';
import { fieldsIn } from './fields-in';
import { manifestName } from './manifest-name';
import { movedLayers } from './moved-layers';
import { hiddenIn } from './objects/hidden-values';
import { type Arriving, arrivalMarks, marksAt, marksOf } from './objects/marks';
import { type Content, isOfChart, type State, type StateFile, subjectOf } from './state';
import { withTwins } from './twins';
import { workloadsOf } from './what-goes';

/** An app that came or went at a target. */
interface Coming {
  readonly found: Found;
  readonly file: StateFile;
  readonly causes: Causes;
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
  const lone: Pair[] = [];
  const gone: Coming[] = [];
  const came: Coming[] = [];
  const arriving: StateFile[] = [];
  for (const pair of pairs.differing) {
    const { old, made } = pair;
    if (old && made) {
      changed.push(pair);
      continue;
    }
    const file = (made ?? old) as StateFile;
    const subject = subjectOf(file, (made ? after : before).fleet.topology);
    if (whole.has(`target-${made ? 'added' : 'removed'} ${file.clusterType} ${file.target}`)) continue;
    const key = appKey(file, subject);
    if (subject.object === undefined) {
      const isMoved = subject.deployer !== undefined && pairs.apps(made ? 'old' : 'made').has(key);
      const found: Found = { kind: made ? 'app-added' : 'app-removed', clusterType: file.clusterType, subject };
      (made ? came : gone).push({ found, file, causes: causes.app(file, subject, isMoved) });
    } else if (pairs.apps(old ? 'old' : 'made').has(key) && !pairs.apps(old ? 'made' : 'old').has(key)) {
      // What an app has beside its own manifest comes and goes with it.
      if (made) arriving.push(made);
    } else lone.push(pair);
  }
  // What becomes of what they deployed, the manifests say that are no more; all are read at once.
  const last = before.read(gone.map(({ file }) => file));
  for (const [index, { found, file, causes: why }] of gone.entries()) {
    groups.add({ ...found, workloads: workloadsOf(fieldsIn(last[index] as Content, found.subject)) }, file.target, why);
  }
  const brought = broughtBy(arriving, pairs, after);
  for (const { found, file, causes: why } of came)
    groups.add({ ...found, marks: arrivalMarks(brought.get(appKey(file, found.subject)) ?? []) }, file.target, why);
  const charts = new ChartLayers(causes, before, after);
  const { objects, moved: elsewhere } = loneObjects(lone, pairs, charts, before, after);
  const switched = addFields([...changed, ...elsewhere], groups, { causes, charts, pairs }, before, after);
  for (const { file, subject, isNew, manifest, marks } of objects) {
    const key = appKey(file, subject);
    // Where both moments show objects, what one of them lacks comes or goes.
    const isOfGit = switched.has(key) && !withObjects(isNew ? before : after).has(key);
    // What holds something is not told as if it stayed, where nobody could look at it.
    const gitOnly = isOfGit && !(after.unseen?.has(key) && marks.length > 0) ? ({ gitOnly: true } as const) : {};
    const why = isOfChart(subject) && !('gitOnly' in gitOnly) ? charts.of(file.clusterType, subject.app, file.target) : {};
    groups.add({ kind: isNew ? 'object-added' : 'object-removed', clusterType: file.clusterType, subject, manifest, marks, ...gitOnly }, file.target, why);
  }
  const found = [...targetChanges, ...groups.changes(before, after)].sort(byImportance(before, after));
  const changes = withTwins(found, before, after);
  const touched = new Set(changes.flatMap(({ clusterType, targets }) => targets.map((target) => `${clusterType} ${target}`)));
  const { topology } = after.fleet;
  const moved = movedLayers(before, after, causes, groups.isChanged, isAsked);
  const notes = [before, after].flatMap((state) => state.notes ?? []);
  return {
    before: before.name,
    after: after.name,
    topology,
    changes,
    targets: touched.size,
    moved,
    ...(after.unseen?.size ? { unseen: after.unseen.size } : {}),
    notes,
  };
}

/** What apps that come have beside their own manifests. */
function broughtBy(files: readonly StateFile[], pairs: Pairs, after: State): ReadonlyMap<string, readonly Arriving[]> {
  const contents = after.read(files);
  const namespaces = files.length === 0 ? [] : namespacesOf(files, after, pairs.apps('made'));
  const found = new Map<string, Arriving[]>();
  for (const [index, file] of files.entries()) {
    getOr(found, appKey(file, subjectOf(file, after.fleet.topology)), () => []).push({
      content: contents[index] as Content,
      namespace: namespaces[index] ?? '',
    });
  }
  return found;
}

/** Whether what an object permits depends on where it ends up. */
function isOfNamespace({ kind }: Content): boolean {
  return kind === 'Role' || kind === 'RoleBinding';
}

/** What is known of two states. */
interface Asked {
  readonly causes: CausesOf;
  readonly charts: ChartLayers;
  readonly pairs: Pairs;
}

/** The fields in which files differ that both states have. @returns the apps that are opened or closed, by {@link appKey} */
function addFields(changed: readonly Pair[], groups: Groups, { causes, charts, pairs }: Asked, before: State, after: State): ReadonlySet<string> {
  const switched = new Set<string>();
  // Each side is asked once.
  const earlier = before.read(changed.map(({ old }) => old as StateFile));
  const later = after.read(changed.map(({ made }) => made as StateFile));
  const doubtful = changed.filter((_, index) => {
    const [was = {}, is = {}] = [earlier[index], later[index]];
    return identityOf(was) !== identityOf(is) || isOfNamespace(was) || isOfNamespace(is);
  });
  const [had, have] = [
    namespacesOf(
      doubtful.map(({ old }) => old as StateFile),
      before,
      pairs.apps('old'),
    ),
    namespacesOf(
      doubtful.map(({ made }) => made as StateFile),
      after,
      pairs.apps('made'),
    ),
  ];
  const namespaces = new Map(doubtful.map((pair, index) => [pair, [had[index] ?? '', have[index] ?? ''] as const]));
  for (const [index, pair] of changed.entries()) {
    const file = pair.made as StateFile;
    const subject = subjectOf(file, after.fleet.topology);
    const [was, is] = [earlier[index] as Content, later[index] as Content];
    const isOwn = subject.object === undefined;
    const [manifest, marks] = isOwn ? [] : [manifestName(is), marksOf(was, is, namespaces.get(pair))];
    const all = differences(fieldsIn(was, subject), fieldsIn(is, subject)).map((difference) => hiddenIn(difference, was, is));
    const release = subject.deployer === undefined ? undefined : all.find(({ field }) => field === 'release');
    for (const difference of all) {
      const { field, before: from, after: to } = difference;
      // With another release comes all that it says.
      const cause = isOfChart(subject) ? charts.of(file.clusterType, subject.app, file.target) : causes.field(file, subject, release ?? difference);
      if (isOwn && field === 'hydrate') switched.add(appKey(file, subject));
      const found: Found = { kind: 'field', clusterType: file.clusterType, subject, field, before: from, after: to, manifest };
      groups.add(marks === undefined ? found : { ...found, marks: marksAt(marks, field) }, file.target, cause);
    }
  }
  return switched;
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
