import { appKey } from '../../../changes/compare/pairs';
import { digestOf } from '../../../changes/judge/effect';
import { isOpen, mapIn } from '../../../changes/objects/object-words';
import { type Content, type State, type StateFile, subjectOf, type Unseen } from '../../../changes/state';
import type { FleetValues } from '../../../constructs';
import type { Remark } from '../../../constructs/argocd/manifest-rule';
import { chartInputs } from '../../../constructs/resolve/hydration/chart-inputs';
import { fileNames } from '../../../constructs/synthesis/object-files';
import { type ChartFinding, type ChartInput, type ChartObjects, type ChartRenderer, readsRepository } from '../../../layers/charts/chart-input';
import { Branch } from '../../../layers/node';
import type { Manifest } from '../../../layers/output';
import { mapStrings } from '../../../layers/text/token';
import { findingText, Notes } from './notes';
import { placeOf } from './switched-apps';

/** What charts are rendered with, to be looked at. */
export interface ManifestOptions {
  readonly renderers: readonly [before: ChartRenderer, after: ChartRenderer];
  /** Whether charts in folders of the repository may differ between the moments: then an app may, too, whose Application does not. @default false */
  readonly foldersDiffer?: boolean;
  /** The fleet's own repository. */
  readonly repository: string;
  /** Of the configuration, which says of which version of Kubernetes clusters are. @default - nobody knows: charts are told Helm's own */
  readonly values?: FleetValues;
  /** The places of the Applications that alone are looked at, as {@link switchedApps} gives them. @default - all are */
  readonly only?: ReadonlySet<string>;
  /** Whether a target is looked at. @default - all are */
  readonly isAsked?: (clusterType: string, target: string) => boolean;
}

/** What an app that is looked at says at one moment: that Git holds its objects, or what its charts are told. */
type Moment = 'open' | { readonly inputs: readonly ChartInput[]; readonly remarks: readonly Remark[] };

/** An app at a target whose Application is another one, or whose chart may be. */
interface Looked {
  /** Whether the Application is the same. */
  readonly isSame: boolean;
  readonly clusterType: string;
  readonly target: string;
  readonly app: string;
  readonly moments: readonly [before: Moment, after: Moment];
}

/**
 * Two states with the objects of apps whose charts are not opened, of each whose Application is another one, or that reads files of the
 * repository: both moments are rendered here and now, each distinct input once. The version of Kubernetes is that of the configuration
 * at both, so that it makes no difference.
 */
export function withManifests(before: State, after: State, options: ManifestOptions): readonly [before: State, after: State] {
  const notes = new Notes();
  if (mayPass(before, after, options)) return [before, after];
  if (isOfHubs(before, after)) {
    return [before, withNotes(after, ['what charts of hubs and spokes give is not shown: Argo CD reads their values from several files'])];
  }
  const looked = changedApps(before, after, options).filter(({ moments }) => moments.some((one) => one !== 'open'));
  const rendered = renderAll(looked, options.renderers);
  const sides = [before, after].map(() => new Map<StateFile, Content>()) as [Map<StateFile, Content>, Map<StateFile, Content>];
  const whole = new Set<string>();
  const unseen = new Map<string, Unseen>();
  const digests = digestsOf(looked, options.renderers, ({ moments }) =>
    moments.some((moment, side) => moment !== 'open' && moment.inputs.some((input) => 'problems' in rendered(input, side))),
  );
  for (const one of looked) {
    const { clusterType, target, app, moments, isSame } = one;
    const key = appKey({ clusterType, target }, { app });
    const why = new Set<string>();
    const hide = (of: unknown) => unseen.set(key, { clusterType, target, app, why: [...why], digest: digestOf(JSON.stringify(of)) });
    const note = (text: string) => {
      why.add(text);
      notes.add(`${clusterType}/${app}`, text, target);
    };
    const [was, is] = moments.map((moment) => (moment === 'open' ? '' : moment.remarks.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')));
    for (const text of isSame ? [] : new Set([was, is])) if (text !== undefined && text !== '') note(text);
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
    const found = inputs.size === 0 ? [] : (renderer.digests?.([...inputs.values()]) ?? []);
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
export function mayPass(before: State, after: State, { only }: Pick<ManifestOptions, 'only'>): boolean {
  return only !== undefined && (only.size === 0 || isOfHubs(before, after));
}

function isOfHubs(before: State, after: State): boolean {
  return [before, after].some(({ fleet }) => fleet.topology !== 'dimensions');
}

/** Apps that both states have and that say something else, or that may give something else. */
function changedApps(before: State, after: State, options: ManifestOptions): readonly Looked[] {
  const { isAsked = () => true, repository, values, only, foldersDiffer = false } = options;
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
    const momentOf = (content: Content): Moment => (isOpen(content, app) ? 'open' : chartInputs(asManifest(content), said, repository));
    const isSame = !earlier.has(old);
    const now = momentOf(is);
    if (isSame && (now === 'open' || !now.inputs.some(readsRepository))) return [];
    return [{ clusterType, target, app, isSame, moments: [isSame ? now : momentOf(was), now] }];
  });
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
const standIn = /token-[0-9a-f]{16}-token/g;

const shownTokens = new Map<string, string>();

/** An Application as Argo CD would receive it, with names in the place of what only the cluster knows: the objects show where that goes. */
function asManifest(content: Content): Manifest {
  const named = mapStrings(content, (text) =>
    text.replace(token, (whole) => {
      const name = `token-${digestOf(whole)}-token`;
      shownTokens.set(name, whole);
      return name;
    }),
  );
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

const contents = new WeakMap<Manifest, Content>();

/** Objects as files beside an app's own manifest, called as those of charts that are opened. */
function filesOf(clusterType: string, target: string, app: string, objects: readonly Manifest[]): readonly (readonly [StateFile, Content])[] {
  const times = new Map<string, number>();
  return fileNames(objects.map((manifest) => ({ manifest }))).map((name, index) => {
    const manifest = objects[index] as Manifest;
    let content = contents.get(manifest);
    if (!content) {
      content = mapStrings(manifest as unknown as Content, (text) => text.replace(standIn, (whole) => shownTokens.get(whole) ?? whole));
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
