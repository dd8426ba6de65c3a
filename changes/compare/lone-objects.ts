import { identityOf } from '../../layers/charts/object-identity';
import { areSameCharts } from '../../layers/charts/opened-chart';
import { getOr } from '../../layers/get-or';
import { manifestName } from '../manifest-name';
import { type Mark, marksOf } from '../objects/marks';
import { isOpen, specOf } from '../objects/object-words';
import { type Content, isOfChart, type State, type StateFile, type Subject, subjectOf } from '../state';
import type { ChartLayers } from './chart-layers';
import { namespacesOf } from './namespaces';
import { appKey, type Pair, type Pairs } from './pairs';

/** An object that one of two states has at its place, of an app that both have. */
export interface LoneObject {
  readonly file: StateFile;
  readonly subject: Subject;
  readonly isNew: boolean;
  readonly manifest?: string;
  readonly marks: readonly Mark[];
}

/** What became of objects that are at their place no more, or were not before. */
export interface LoneObjects {
  readonly objects: readonly LoneObject[];
  /** Objects whose place alone is another one: the name of a file says as much as it needs to be the only one. */
  readonly moved: readonly Pair[];
}

/** Tells objects that come and go from those that lie elsewhere now. @param lone files that one side has alone */
export function loneObjects(lone: readonly Pair[], pairs: Pairs, charts: ChartLayers, before: State, after: State): LoneObjects {
  const sides = [
    { isNew: false, state: before, files: lone.flatMap(({ old }) => (old ? [old] : [])) },
    { isNew: true, state: after, files: lone.flatMap(({ made }) => (made ? [made] : [])) },
  ];
  const all = sides.flatMap(({ isNew, state, files }) => {
    const [contents, namespaces] = [state.read(files), namespacesOf(files, state, pairs.apps(isNew ? 'made' : 'old'))];
    return files.map((file, index) => {
      const [subject, content] = [subjectOf(file, state.fleet.topology), contents[index] as Content];
      // Where one has no identity it is known by its place alone; so is what several hubs have, each in a cluster of its own.
      const identity = isOfChart(subject) ? identityOf(content, namespaces[index]) : undefined;
      return {
        isNew,
        file,
        subject,
        content,
        namespace: namespaces[index] ?? '',
        key: identity === undefined ? undefined : `${appKey(file, subject)}\n${identity}`,
      };
    });
  });
  const alike = new Map<string, (typeof all)[number][]>();
  for (const one of all) if (one.key !== undefined) getOr(alike, one.key, () => []).push(one);
  const moved: Pair[] = [];
  const known = new Set<(typeof all)[number]>();
  for (const group of alike.values()) {
    const [old, made] = [group.filter(({ isNew }) => !isNew), group.filter(({ isNew }) => isNew)];
    if (old.length !== 1 || made.length !== 1) continue;
    moved.push({ old: old[0]?.file, made: made[0]?.file });
    for (const one of group) known.add(one);
  }
  const isShown = shownFirst(pairs, charts, before, after);
  const objects = all.flatMap((one): readonly LoneObject[] => {
    if (known.has(one)) return [];
    const { isNew, file, subject, content, namespace } = one;
    const manifest = manifestName(content);
    const marks = isShown(file, subject) ? [] : isNew ? marksOf(undefined, content, ['', namespace]) : marksOf(content);
    return [{ isNew, file, subject, marks, ...(manifest === undefined ? {} : { manifest }) }];
  });
  return { objects, moved };
}

/**
 * Tells apps whose objects are seen for the first time, or the last: Git begins or ends to hold them, and clusters have them all the
 * while, where they are those of the same charts with the same values.
 */
function shownFirst(pairs: Pairs, charts: ChartLayers, before: State, after: State): (file: StateFile, subject: Subject) => boolean {
  const known = new Map<string, boolean>();
  return (file, subject) =>
    getOr(known, appKey(file, subject), () => {
      const key = appKey(file, subject);
      const [old, made] = [pairs.apps('old').get(key), pairs.apps('made').get(key)];
      // What nobody could look at is not known to stay.
      if (after.unseen?.has(key) && made && isClosed(made, subject, after)) return false;
      if (!old || !made || old.id === made.id || (withObjects(before).has(key) && withObjects(after).has(key))) return false;
      const contents = [before.read([old])[0] ?? {}, after.read([made])[0] ?? {}];
      const opened = contents.filter((content) => isOpen(content, subject.app));
      const closed = contents.filter((content) => !opened.includes(content));
      if (!opened[0] || !closed[0] || !areSameCharts(specOf(opened[0]), specOf(closed[0]))) return false;
      return !charts.areOthers(file.clusterType, subject.app, file.target);
    });
}

function isClosed(file: StateFile, { app }: Subject, state: State): boolean {
  return !isOpen(state.read([file])[0] ?? {}, app);
}

const apps = new WeakMap<State, ReadonlySet<string>>();

/** The apps with something beside their own manifests, or known to have nothing there, by {@link appKey}. */
export function withObjects(state: State): ReadonlySet<string> {
  return getOr(apps, state, () => {
    const { files, fleet, whole = [] } = state;
    const found = new Set(whole);
    for (const file of files) {
      const subject = subjectOf(file, fleet.topology);
      if (subject.object !== undefined) found.add(appKey(file, subject));
    }
    return found;
  });
}
