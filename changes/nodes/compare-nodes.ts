import { everywhere, isAtOrBelow } from '../../layers/hierarchy';
import { collapser } from '../../layers/path-set';
import { compare } from '../../layers/problem';
import { baseLayer } from '../../layers/record';
import { deployerWord, lastWordOf, lastWordOfObjects } from '../contents/last-word';
import { type Fields, fieldsOf } from '../fields';
import { type Content, type State, type StateFile, subjectOf } from '../state';
import { StateLayers } from '../state-layers';
import type { AppDifference, ComparedNode, FieldDifference, NodeDifferences, SideValue, Somewhere } from './node-differences';
import { ownWords, saysWhereItIs } from './own-words';

/** Targets of one side at which files say the same. */
interface Alike {
  readonly files: readonly StateFile[];
  readonly targets: string[];
}

/** What one side has of an app, or of an object of one. */
interface Side {
  readonly alike: readonly Alike[];
  /** Where it is rendered. */
  readonly targets: readonly string[];
}

interface Pair {
  readonly clusterType: string;
  readonly app: string;
  readonly object?: string;
  readonly left: Side;
  readonly right: Side;
}

/**
 * What differs between two nodes: a field, where the values below one are not those below the other.
 *
 * @param left a node or a target
 * @param isAsked which apps are looked at. @default - all
 */
export function compareNodes(state: State, left: string, right: string, isAsked: (clusterType: string, app: string) => boolean = () => true): NodeDifferences {
  const places = new Places(state, left, right);
  const pairs = pairsOf(state, [left, right], isAsked);
  const lastWord = lastWordIn(state);
  const apps: AppDifference[] = [];
  const fields: FieldDifference[] = [];
  const own: FieldDifference[] = [];
  const contents = read(state, pairs);
  for (const pair of pairs) {
    const { clusterType, app, object } = pair;
    const whose = { clusterType, app, ...(object === undefined ? {} : { object }) };
    const [isLeft, isRight] = [pair.left.targets.length > 0, pair.right.targets.length > 0];
    const isPartial = (side: 'left' | 'right') => pair[side].targets.length < places.all(side, clusterType).length;
    if (!isLeft || !isRight || isPartial('left') !== isPartial('right')) {
      const at = (side: 'left' | 'right') => (pair[side].targets.length === 0 ? {} : { [side]: places.of(side, clusterType, pair[side].targets) });
      apps.push({ ...whose, ...at('left'), ...at('right') });
    }
    if (!isLeft || !isRight) continue;
    const layerOf = (field: string, target: string) => lastWord(pair, field, target);
    for (const difference of differencesOf(pair, contents, places, layerOf)) (isOwn(difference) ? own : fields).push({ ...whose, ...difference });
  }
  // What an app has beside its own manifest comes and goes with it.
  const gone = new Set(apps.flatMap((one) => (one.object === undefined && !(one.left && one.right) ? [`${one.clusterType}/${one.app}`] : [])));
  const shown = apps.filter((one) => one.object === undefined || !gone.has(`${one.clusterType}/${one.app}`));
  return { of: state.name, topology: state.fleet.topology, left: places.node('left'), right: places.node('right'), apps: shown, fields, own };
}

/** Which targets there are on both sides, and the paths that stand for some of them. */
class Places {
  readonly #paths: Readonly<Record<'left' | 'right', string>>;
  readonly #state: State;
  readonly #known = new Map<string, { readonly all: readonly string[]; readonly collapse: ReturnType<typeof collapser> }>();

  constructor(state: State, left: string, right: string) {
    this.#state = state;
    this.#paths = { left, right };
  }

  all(side: 'left' | 'right', clusterType: string): readonly string[] {
    return this.#of(side, clusterType).all;
  }

  node(side: 'left' | 'right'): ComparedNode {
    const path = this.#paths[side];
    return { path, targets: new Set([...this.#state.targets.values()].flatMap((all) => all.filter((target) => isAtOrBelow(target, path)))).size };
  }

  of(side: 'left' | 'right', clusterType: string, targets: readonly string[]): Somewhere {
    const { all, collapse } = this.#of(side, clusterType);
    const chosen = new Set(targets);
    return {
      targets: all.filter((target) => chosen.has(target)),
      paths: collapse(targets).map((path) => (path === everywhere ? this.#paths[side] : path)),
    };
  }

  #of(side: 'left' | 'right', clusterType: string) {
    const key = `${side} ${clusterType}`;
    let known = this.#known.get(key);
    if (!known) {
      const all = (this.#state.targets.get(clusterType) ?? []).filter((target) => isAtOrBelow(target, this.#paths[side]));
      known = { all, collapse: collapser(all) };
      this.#known.set(key, known);
    }
    return known;
  }
}

function pairsOf(state: State, [left, right]: readonly [string, string], isAsked: (clusterType: string, app: string) => boolean): readonly Pair[] {
  const found = new Map<
    string,
    { readonly clusterType: string; readonly app: string; readonly object?: string; readonly sides: [Map<string, StateFile[]>, Map<string, StateFile[]>] }
  >();
  for (const file of state.files) {
    const { clusterType, target } = file;
    const isSide = [isAtOrBelow(target, left), isAtOrBelow(target, right)] as const;
    if (!isSide[0] && !isSide[1]) continue;
    const { app, object: said } = subjectOf(file, state.fleet.topology);
    if (!isAsked(clusterType, app)) continue;
    // What a component's chart is given is its own.
    const object = said === undefined || said === 'values' ? undefined : ownWords(said, target);
    const key = `${clusterType}\n${app}\n${object ?? ''}`;
    const known = found.get(key) ?? { clusterType, app, ...(object === undefined ? {} : { object }), sides: [new Map(), new Map()] };
    found.set(key, known);
    for (const index of [0, 1] as const) if (isSide[index]) known.sides[index].set(target, [...(known.sides[index].get(target) ?? []), file]);
  }
  const inSequence = (clusterType: string) => state.targets.get(clusterType) ?? [];
  const order = new Map([...state.targets.keys()].map((name, index) => [name, index]));
  return [...found.values()]
    .map(({ sides, ...whose }) => ({
      ...whose,
      left: sideOf(sides[0], inSequence(whose.clusterType), whose),
      right: sideOf(sides[1], inSequence(whose.clusterType), whose),
    }))
    .sort((a, b) => (order.get(a.clusterType) ?? 0) - (order.get(b.clusterType) ?? 0) || compare(a.app, b.app) || compare(a.object ?? '', b.object ?? ''));
}

/** @param sequence of all targets of the cluster type */
function sideOf(byTarget: ReadonlyMap<string, readonly StateFile[]>, sequence: readonly string[], { object }: { readonly object?: string }): Side {
  const alike = new Map<string, Alike>();
  const targets: string[] = [];
  for (const target of sequence) {
    const files = [...(byTarget.get(target) ?? [])].sort((a, b) => compare(a.path, b.path));
    if (files.length === 0) continue;
    // A component that is not deployed may have values all the same.
    if (object === undefined && files.every(({ path }) => path.startsWith('values/'))) continue;
    targets.push(target);
    const key = files.map(({ path, id }) => `${path.startsWith('values/') ? 'values' : ownWords(path, target)} ${id}`).join('\n');
    const known = alike.get(key);
    if (known) known.targets.push(target);
    else alike.set(key, { files, targets: [target] });
  }
  return { alike: [...alike.values()], targets };
}

/** What all files of pairs say that are not the same on both sides, asked at once. */
function read(state: State, pairs: readonly Pair[]): (alike: Alike) => Fields {
  const files = pairs.flatMap(({ left, right }) =>
    left.targets.length === 0 || right.targets.length === 0 ? [] : [...left.alike, ...right.alike].flatMap(({ files: own }) => own),
  );
  const asked = [...new Set(files)];
  const contents = new Map(state.read(asked).map((content, index) => [asked[index] as StateFile, content]));
  const known = new Map<Content, Fields>();
  const fieldsIn = (file: StateFile): Fields => {
    const content = contents.get(file) as Content;
    const fields = known.get(content) ?? fieldsOf(content, subjectOf(file, state.fleet.topology).object === 'values' ? ['values'] : []);
    known.set(content, fields);
    return fields;
  };
  return ({ files: own }) => {
    const [first, ...others] = own;
    if (first && others.length === 0 && state.fleet.topology === 'dimensions') return fieldsIn(first);
    return new Map(own.flatMap((file) => [...fieldsIn(file), ...deployerOf(file)]));
  };
}

/** Targets of one side by what a field says there. */
type Values = ReadonlyMap<string, { readonly value?: SideValue['value']; readonly targets: readonly string[] }>;

/** Not a field of any file: whose Argo CD deploys a component, where it is not the member's own. */
const deployerField = 'deployer';

function deployerOf(file: StateFile): readonly (readonly [string, string])[] {
  const { deployer } = subjectOf(file, 'hub-and-spoke');
  return deployer === undefined ? [] : [[deployerField, file.target.endsWith(`/${deployer}`) ? '(itself)' : deployer]];
}

type Difference = Pick<FieldDifference, 'field' | 'left' | 'right'>;

/** The layer with the last word about a field of what is compared. */
function lastWordIn(state: State): (pair: Pair, field: string, target: string) => string | undefined {
  const layers = new StateLayers(state);
  const [ofApp, ofObject, ofDeployer] = [lastWordOf(state, layers), lastWordOfObjects(state, layers), deployerWord(state, layers)];
  return ({ clusterType, app, object }, field, target) => {
    if (field === deployerField) return ofDeployer(target);
    return object === undefined ? ofApp(clusterType, app, field, target) : ofObject(clusterType, app, object, field, target);
  };
}

function* differencesOf(
  pair: Pair,
  fieldsIn: (alike: Alike) => Fields,
  places: Places,
  layerOf: (field: string, target: string) => string | undefined,
): Generator<Difference> {
  const sides = [pair.left, pair.right].map(({ alike }) => alike.map((one) => ({ targets: one.targets, fields: fieldsIn(one) })));
  const names = [...new Set(sides.flatMap((side) => side.flatMap(({ fields }) => [...fields.keys()])))];
  for (const field of names.sort(compare)) {
    const [left, right] = sides.map((side): Values => {
      const values = new Map<string, { readonly value?: SideValue['value']; readonly targets: string[] }>();
      for (const { targets, fields } of side) {
        const value = fields.get(field);
        const key = value === undefined ? '' : JSON.stringify(value);
        const known = values.get(key);
        if (known) known.targets.push(...targets);
        else values.set(key, { ...(value === undefined ? {} : { value }), targets: [...targets] });
      }
      return values;
    }) as [Values, Values];
    if (left.size === right.size && [...left.keys()].every((key) => right.has(key))) continue;
    const valuesOf = (side: 'left' | 'right', values: Values): readonly SideValue[] =>
      [...values.values()].map(({ value, targets }) => {
        const said = targets.map((target) => layerOf(field, target));
        const layers = [...new Set(said)].filter((layer): layer is string => layer !== undefined && !(value === undefined && layer === baseLayer));
        return { ...(value === undefined ? {} : { value }), layers: layers.sort(compare), ...places.of(side, pair.clusterType, targets) };
      });
    yield { field, left: valuesOf('left', left), right: valuesOf('right', right) };
  }
}

/** So many targets at least have to have values of their own for it to be what the field is for. */
const enough = 4;

/** Of all targets, so many have a value of their own. */
const nearly = 0.8;

/** Whether a field says where it is, or has a value of its own at nearly every target: such differ everywhere, and say nothing of two nodes. */
function isOwn({ left, right }: Difference): boolean {
  const all = [...left, ...right];
  // What each target says of itself is alike.
  const ownLayer = (layer: string, targets: readonly string[]) => (targets.some((target) => layer === `override ${target}`) ? 'override *' : layer);
  const layers = (side: readonly SideValue[]) =>
    [...new Set(side.flatMap((one) => one.layers.map((layer) => ownLayer(layer, one.targets))))].sort(compare).join('\n');
  // Where layers differ, somebody meant it.
  if (layers(left) !== layers(right)) return false;
  const targets = all.reduce((sum, one) => sum + one.targets.length, 0);
  if (targets >= enough && new Set(all.map(({ value }) => JSON.stringify(value))).size >= nearly * targets) return true;
  return saysWhereItIs(all);
}
