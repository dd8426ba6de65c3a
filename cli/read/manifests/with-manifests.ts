import { appKey } from '../../../changes/compare/pairs';
import { digestOf } from '../../../changes/judge/effect';
import { isOpen, mapIn } from '../../../changes/objects/object-words';
import { type Content, type State, type StateFile, subjectOf, type Unseen } from '../../../changes/state';
import type { FleetValues } from '../../../constructs';
import { chartInputs } from '../../../constructs/resolve/hydration/chart-inputs';
import { fileNames } from '../../../constructs/synthesis/object-files';
import { isOfRepository, isOtherRevision, type OwnRepository } from '../../../layers/charts/chart-id';
import { type ChartFinding, type ChartInput, type ChartObjects, type ChartRenderer, readsRepository } from '../../../layers/charts/chart-input';
import { getOr } from '../../../layers/get-or';
import { Branch } from '../../../layers/node';
import type { Manifest } from '../../../layers/output';
import { mapStrings } from '../../../layers/text/token';
import { changedComponents } from './changed-components';
import { type Looked, type Moment, standInOf, withShown } from './looked';
import { findingText, Notes } from './notes';
import { placeOf } from './switched-apps';

/** What charts are rendered with, to be looked at. */
export interface ManifestOptions {
  readonly renderers: readonly [before: ChartRenderer, after: ChartRenderer];
  /** Whether charts in folders of the repository may differ between the moments: then an app may, too, whose Application does not. @default false */
  readonly foldersDiffer?: boolean;
  /** The fleet's own repository. */
  readonly own: OwnRepository;
  /** Of the configuration, which says of which version of Kubernetes clusters are. @default - nobody knows: charts are told Helm's own */
  readonly values?: FleetValues;
  /** The places of the Applications that alone are looked at, as {@link switchedApps} gives them. @default - all are */
  readonly only?: ReadonlySet<string>;
  /** Whether a target is looked at. @default - all are */
  readonly isAsked?: (clusterType: string, target: string) => boolean;
}

/**
 * Two states with the objects of apps whose charts are not opened, of each whose Application is another one, or that reads files of the
 * repository: both moments are rendered here and now, each distinct input once. The version of Kubernetes is that of the configuration
 * at both, so that it makes no difference. In fleets of hubs so are components, for each cluster that gets them.
 */
export function withManifests(before: State, after: State, options: ManifestOptions): readonly [before: State, after: State] {
  const { topology } = after.fleet;
  const notes = new Notes(topology === 'dimensions' ? 'target' : 'cluster');
  const isOfHubs = [before, after].some(({ fleet }) => fleet.topology !== 'dimensions');
  // Components of hubs are opened nowhere.
  if (mayPass(options) || (isOfHubs && options.only)) return [before, after];
  if (topology !== before.fleet.topology) return [before, withNotes(after, ['what charts give is not shown where hubs and spokes come or go'])];
  const changed = topology === 'dimensions' ? changedApps : changedComponents;
  const looked = changed(before, after, options).filter(({ moments }) => moments.some((one) => one !== 'open'));
  const rendered = renderAll(looked, options.renderers);
  const sides = [before, after].map(() => new Map<StateFile, Content>()) as [Map<StateFile, Content>, Map<StateFile, Content>];
  const whole = new Set<string>();
  const unchanged = new Unchanged();
  const unseen = new Map<string, Unseen>();
  const digests = digestsOf(looked, options.renderers, ({ moments }) =>
    moments.some((moment, side) => moment !== 'open' && moment.inputs.some((input) => 'problems' in rendered(input, side))),
  );
  for (const one of looked) {
    const { clusterType, target, app, moments, isSame, readsOther = false } = one;
    const key = appKey({ clusterType, target }, { app });
    const why = new Set<string>();
    const hide = (of: unknown) => unseen.set(key, { clusterType, target, app, why: [...why], digest: digestOf(JSON.stringify(of)) });
    const note = (text: string) => {
      why.add(text);
      notes.add(`${clusterType}/${app}`, text, target);
    };
    const [was, is] = moments.map((moment) => (moment === 'open' ? '' : moment.remarks.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')));
    for (const text of isSame && !readsOther ? [] : new Set([was, is])) if (text !== undefined && text !== '') note(text);
    const isNothing = moments.some((moment) => moment !== 'open' && moment.inputs.length === 0);
    // What one moment alone can show would come or go as a whole.
    if (was !== is || isNothing) {
      if (was !== is || isSwitched(one)) hide(moments);
      continue;
    }
    const all = moments.map((moment, side) => inputsOf(moment).map((input) => rendered(input, side)));
    const plain = plainFolders(all);
    // A folder that was no chart, and is none, is no news.
    for (const problem of isSame ? [] : plain.flatMap((index) => problemsOf([all[1]?.[index]]))) note(findingText(problem));
    const given = all.map((objects) => objects.filter((_, index) => !plain.includes(index)));
    if (given.every((objects) => objects.length === 0)) continue;
    const wrong = given.flatMap(problemsOf);
    if (wrong.length > 0) {
      // Nor is what is made of the same files, and told the same.
      if (isMadeAlike(one, digests, plain)) continue;
      for (const problem of wrong) note(findingText(problem));
      hide(toldTo(one, digests));
      continue;
    }
    if (isSame && unchanged.isKnown(`${clusterType}/${app}`, given)) continue;
    whole.add(key);
    for (const [index, made] of given.entries()) {
      const objects = made.flatMap((one) => ('objects' in one ? one.objects : []));
      for (const [file, content] of filesOf(clusterType, target, app, objects)) sides[index as 0 | 1].set(file, content);
    }
  }
  return [
    { ...withFiles(before, sides[0]), whole },
    { ...withNotes(withFiles(after, sides[1]), notes.texts()), whole, unseen },
  ];
}

function problemsOf(all: readonly (ChartObjects | undefined)[]): readonly ChartFinding[] {
  return all.flatMap((objects) => (objects && 'problems' in objects ? objects.problems : []));
}

/** Which of the sources of an app are folders that are no charts, before and after: what Argo CD applies of them is in Git as it is. */
function plainFolders([was = [], is = []]: readonly (readonly ChartObjects[])[]): readonly number[] {
  const isPlain = (given: ChartObjects | undefined) => given !== undefined && 'problems' in given && given.problems.every(({ isNoChart }) => isNoChart);
  return was.flatMap((given, index) => (isPlain(given) && isPlain(is[index]) ? [index] : []));
}

/** Names of the files of inputs, at each moment. */
type Digests = readonly ReadonlyMap<string, string | undefined>[];

/** Of those apps alone that somebody asks for: each distinct input once. */
function digestsOf(looked: readonly Looked[], renderers: ManifestOptions['renderers'], isAsked: (one: Looked) => boolean): Digests {
  return renderers.map((renderer, side) => {
    const asked = looked.filter(isAsked).flatMap(({ moments }) => inputsOf(moments[side as 0 | 1]));
    const inputs = new Map(asked.map((input) => [JSON.stringify(input), input]));
    const found = inputs.size === 0 ? [] : renderer.digests([...inputs.values()]);
    return new Map([...inputs.keys()].map((key, index) => [key, found[index]]));
  });
}

function inputsOf(moment: Moment): readonly ChartInput[] {
  return moment === 'open' ? [] : moment.inputs;
}

function isSwitched({ moments: [was, is] }: Looked): boolean {
  return (was === 'open') !== (is === 'open');
}

/** What charts are told at each moment, with the names of the files that they are made of. */
function toldTo({ moments }: Looked, digests: Digests): readonly (readonly (readonly [told: string, of: string | undefined])[])[] {
  return moments.map((moment, side) => inputsOf(moment).map((input) => [JSON.stringify(input), digests[side]?.get(JSON.stringify(input))] as const));
}

/** Whether an app gives the same at both moments, for sure, though nobody can look at it. */
function isMadeAlike(one: Looked, digests: Digests, plain: readonly number[]): boolean {
  const [was = [], is = []] = toldTo(one, digests).map((told) => told.filter((_, index) => !plain.includes(index)));
  return !isSwitched(one) && [...was, ...is].every(([, of]) => of !== undefined) && JSON.stringify(was) === JSON.stringify(is);
}

/** Whether no app is looked at, for sure. */
export function mayPass({ only }: Pick<ManifestOptions, 'only'>): boolean {
  return only?.size === 0;
}

/** Apps that both states have and that say something else, or that may give something else. */
function changedApps(before: State, after: State, options: ManifestOptions): readonly Looked[] {
  const { isAsked = () => true, own: fleet, values, only, foldersDiffer = false } = options;
  const own = (file: StateFile, state: State) => subjectOf(file, state.fleet.topology).object === undefined;
  const old = new Map(before.files.filter((file) => own(file, before)).map((file) => [placeOf(file), file]));
  const pairs = after.files.flatMap((made) => {
    const was = own(made, after) && only?.has(placeOf(made)) !== false && isAsked(made.clusterType, made.target) ? old.get(placeOf(made)) : undefined;
    return was && (foldersDiffer || was.id !== made.id) ? [{ was, made }] : [];
  });
  // What both have is read once.
  const other = pairs.filter(({ was, made }) => was.id !== made.id).map(({ was }) => was);
  const earlier = new Map(before.read(other).map((content, index) => [other[index], content]));
  const later = after.read(pairs.map(({ made }) => made));
  const told = new Told(values);
  return pairs.flatMap(({ was: old, made: { clusterType, target, path } }, index): readonly Looked[] => {
    const { app } = subjectOf({ clusterType, path }, after.fleet.topology);
    const is = later[index] as Content;
    const was = earlier.get(old) ?? is;
    if (was.kind !== 'Application' || is.kind !== 'Application') return [];
    const said = told.at(clusterType, app, target);
    const momentOf = (content: Content): Moment => (isOpen(content, app) ? 'open' : chartInputs(asManifest(content), said, fleet));
    const isSame = !earlier.has(old);
    const now = momentOf(is);
    const readsOther = now !== 'open' && sourcesOf(is).some((source) => isOfRepository(source.repoURL, fleet) && isOtherRevision(source.targetRevision, fleet));
    if (isSame && (now === 'open' || !(readsOther || now.inputs.some(readsRepository)))) return [];
    return [{ clusterType, target, app, isSame, readsOther, moments: [isSame ? now : momentOf(was), now] }];
  });
}

function sourcesOf({ spec }: Content): readonly Content[] {
  const { source, sources } = mapIn(spec);
  return (Array.isArray(sources) ? sources : [source]).map(mapIn);
}

/** What the configuration says of clusters. */
class Told {
  readonly #values: FleetValues | undefined;

  constructor(values: FleetValues | undefined) {
    this.#values = values;
  }

  at(clusterType: string, app: string, path: string): Branch {
    const target = this.#values?.targetsOf(clusterType).find((one) => one.path === path);
    const found = target && this.#values?.tryFindApp(clusterType, app)?.valuesAt(target);
    return found ?? nothingSaid;
  }
}

const nothingSaid = new Branch(Object.create(null), { kind: 'base', place: [] });

/** What only the cluster knows, as readers see it. */
const token = /\{\{ \.Values\.cluster\.[\w.-]+ \}\}/g;
/** An Application as Argo CD would receive it, with names in the place of what only the cluster knows: the objects show where that goes. */
function asManifest(content: Content): Manifest {
  const named = mapStrings(content, (text) => text.replace(token, standInOf));
  return { ...named, spec: mapIn(named.spec) } as unknown as Manifest;
}

/** Each distinct input once, by whoever renders it. */
function renderAll(looked: readonly Looked[], renderers: ManifestOptions['renderers']): (input: ChartInput, side: number) => ChartObjects {
  const keys = new Map<ChartInput, string>();
  const found = new Map<ChartRenderer, ReadonlyMap<string, ChartObjects>>();
  for (const renderer of new Set(renderers)) {
    const distinct = new Map<string, ChartInput>();
    for (const moment of looked.flatMap(({ moments }) => moments.filter((_, side) => renderers[side] === renderer))) {
      for (const input of moment === 'open' ? [] : moment.inputs) {
        const key = keys.get(input) ?? JSON.stringify(input);
        keys.set(input, key);
        distinct.set(key, input);
      }
    }
    const given = distinct.size === 0 ? [] : renderer.render([...distinct.values()]);
    found.set(renderer, new Map([...distinct.keys()].map((key, index) => [key, given[index] as ChartObjects])));
  }
  return (input, side) => found.get(renderers[side] as ChartRenderer)?.get(keys.get(input) as string) as ChartObjects;
}

/** Apps of which nothing changes: what they give is known by one target for all that get the same, as thousands may. */
class Unchanged {
  readonly #known = new Set<string>();
  readonly #ids = new Map<ChartObjects, number>();
  readonly #texts = new Map<ChartObjects, string>();

  isKnown(app: string, [old = [], made = []]: readonly (readonly ChartObjects[])[]): boolean {
    if (old.length !== made.length || old.some((one, index) => this.#textOf(one) !== this.#textOf(made[index] as ChartObjects))) return false;
    const key = `${app} ${made.map((one) => getOr(this.#ids, one, () => this.#ids.size))}`;
    const isKnown = this.#known.has(key);
    this.#known.add(key);
    return isKnown;
  }

  #textOf(objects: ChartObjects): string {
    return getOr(this.#texts, objects, () => JSON.stringify(objects));
  }
}

const contents = new WeakMap<Manifest, Content>();

/** Objects as files beside an app's own manifest, called as those of charts that are opened. */
function filesOf(clusterType: string, target: string, app: string, objects: readonly Manifest[]): readonly (readonly [StateFile, Content])[] {
  const times = new Map<string, number>();
  return fileNames(objects.map((manifest) => ({ manifest }))).map((name, index) => {
    const manifest = objects[index] as Manifest;
    let content = contents.get(manifest);
    if (!content) {
      content = withShown(manifest);
      contents.set(manifest, content);
    }
    const count = (times.get(name) ?? 0) + 1;
    times.set(name, count);
    const path = `manifests/${app}/${count === 1 ? name : `${name}-${count}`}.yaml`;
    return [{ clusterType, target, path, id: JSON.stringify(content) }, content] as const;
  });
}

function withFiles(state: State, made: ReadonlyMap<StateFile, Content>): State {
  if (made.size === 0) return state;
  return {
    ...state,
    files: [...state.files, ...made.keys()],
    read: (files) => {
      const others = files.filter((file) => !made.has(file));
      const known = new Map(state.read(others).map((content, index) => [others[index], content]));
      return files.map((file) => made.get(file) ?? (known.get(file) as Content));
    },
  };
}

function withNotes(state: State, notes: readonly string[]): State {
  return notes.length === 0 ? state : { ...state, notes: [...(state.notes ?? []), ...notes] };
}
