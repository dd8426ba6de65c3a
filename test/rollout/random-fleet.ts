import fc from 'fast-check';
import { type FleetOutput, type PatchView, unset } from '../../constructs';
import type { AppView } from '../../constructs/synthesis/fleet-output';
import { commonFields } from '../../layers/coverage';
import { isAtOrBelow } from '../../layers/hierarchy';
import type { PromotionOptions } from '../../rollout/decide-promotion';
import { application, buildFleet } from '../builders/fleet-builder';

/** A layer as its author writes it. */
export type Values = { readonly [key: string]: unknown };

/** What a function of the target receives. */
interface At {
  readonly path: string;
}

export interface ModelPatch {
  readonly rolledOutTo: readonly string[];
  readonly change: Values | ((target: At) => Values);
}

/** A fleet with one app, as data that commands edit. */
export interface Model {
  readonly fleet: unknown;
  readonly dimensions: readonly string[];
  /** Every node, depth-first in sequence. */
  readonly nodes: readonly string[];
  /** Where the cluster type is rendered, in sequence. */
  readonly targets: readonly string[];
  readonly paths: readonly string[];
  readonly defaults: Values;
  readonly base: Values;
  readonly overrides: { readonly [path: string]: Values };
  readonly patches: { readonly [name: string]: ModelPatch };
}

/** What is rendered of it. */
export interface Rendered {
  /** The manifests of each target as text. */
  readonly output: ReadonlyMap<string, string>;
  readonly views: readonly PatchView[];
  /** All layers of the app merged at each target, as text. */
  readonly values: ReadonlyMap<string, string>;
}

/** As the engine renders it. */
export function outputOf({ fleet, paths, defaults, base, overrides, patches }: Model): FleetOutput {
  const web = application({ source: {}, ...base, overrides, patches });
  return buildFleet({ fleet, clusterTypes: { mgmt: { defaults: { paths, applications: defaults }, apps: { web } } } }).synth();
}

export function render(model: Model): Rendered {
  const output = outputOf(model);
  const folders = [...output].map(({ path, files }): readonly [string, string] => {
    const templates = files.flatMap((file) => (file.kind === 'template' ? [[file.path, file.document]] : []));
    return [path.replace('mgmt/', ''), JSON.stringify(templates)];
  });
  const [app] = output.apps('mgmt', 'web') as readonly [AppView];
  const values = output.targetsOf('mgmt').map((target) => [target.path, JSON.stringify(app.valuesAt(target).plain)] as const);
  return { output: new Map(folders), views: output.patches(), values: new Map(values) };
}

export function viewOf({ views }: Rendered, patch: string): PatchView {
  return views.find(({ state }) => state.patch === patch) as PatchView;
}

export function move(model: Model, patch: string, rolledOutTo: readonly string[]): Model {
  return { ...model, patches: { ...model.patches, [patch]: { ...(model.patches[patch] as ModelPatch), rolledOutTo } } };
}

export function without(model: Model, patch: string): Model {
  return { ...model, patches: Object.fromEntries(Object.entries(model.patches).filter(([name]) => name !== patch)) };
}

/** What the planner asks of a patch, as the command line tells it. */
export function optionsFor({ views }: Rendered, view: PatchView, level?: string, now = 0): PromotionOptions {
  const others = views.filter((other) => other !== view).map(({ state, fields }) => ({ name: state.patch, paths: state.paths, fields }));
  return { isSame: (...given) => view.isSame(...given), fields: view.fields, others, now, ...(level === undefined ? {} : { level }) };
}

/** The patch in the base, and in every override that loses to it; `undefined` where that is a matter of code. */
export function integrate(model: Model, view: PatchView): Model | undefined {
  const { change, rolledOutTo } = model.patches[view.state.patch] as ModelPatch;
  if (typeof change === 'function') return undefined;
  let { base } = model;
  const overrides = { ...model.overrides };
  for (const [field, value] of leavesOf(change)) {
    base = set(base, field, value);
    for (const { path, fields } of view.places.overrides) {
      const loses = rolledOutTo.some((place) => isAtOrBelow(place, path));
      if (loses && commonFields([field], fields).length > 0) overrides[path] = set(overrides[path] as Values, field, value);
    }
  }
  return { ...without(model, view.state.patch), base, overrides };
}

function* leavesOf(values: Values, path: readonly string[] = []): Generator<readonly [readonly string[], unknown]> {
  for (const [key, value] of Object.entries(values)) {
    if (isMap(value)) yield* leavesOf(value, [...path, key]);
    else yield [[...path, key], value];
  }
}

function set(values: Values, [key = '', ...rest]: readonly string[], value: unknown): Values {
  if (rest.length === 0) return { ...values, [key]: value };
  const inner = values[key];
  return { ...values, [key]: set(isMap(inner) ? inner : {}, rest, value) };
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const words = ['tenants', 'environments', 'sectors', 'regions'];
const letters = ['a', 'b', 'c'];

interface Tree {
  readonly manual: boolean;
  readonly children: readonly Tree[];
}

function tree(depth: number): fc.Arbitrary<Tree> {
  const children = depth === 0 ? fc.constant([]) : fc.array(tree(depth - 1), { minLength: 1, maxLength: depth > 2 ? 2 : 3 });
  return fc.record({ manual: fc.boolean(), children });
}

function nodesOf({ children }: Tree, above = ''): readonly string[] {
  return children.flatMap((child, index) => {
    const path = `${above}${letters[index]}`;
    return [path, ...nodesOf(child, `${path}/`)];
  });
}

function asConfig({ children }: Tree, [plural = '', ...deeper]: readonly string[]): Values {
  const nodes = children.map((child, index) => ({
    name: letters[index],
    promotion: child.manual ? 'manual' : 'automated',
    ...(deeper.length === 0 ? {} : asConfig(child, deeper)),
  }));
  return { [plural]: nodes };
}

/** Few fields and few values, so that layers meet; which of them are maps is the same in every layer. */
const scalar = fc.oneof(
  fc.integer({ min: 1, max: 3 }),
  fc.constant(unset),
  fc.constant(({ path }: At) => path.length),
);
const list = fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 2 });
const revision = fc.constantFrom('1.0.0', '2.0.0', '3.0.0');
const optional = { requiredKeys: [] };
const valuesObject = fc.record({ a: scalar, b: scalar, list, map: fc.record({ x: scalar, y: scalar, deep: fc.record({ z: scalar }) }, optional) }, optional);
const values: fc.Arbitrary<Values> = fc
  .record({ revision: fc.option(revision), valuesObject: fc.option(valuesObject), enabled: fc.option(fc.boolean(), { freq: 5 }) })
  .map(({ revision: targetRevision, valuesObject: object, enabled }) => ({
    ...(targetRevision === null && object === null
      ? {}
      : { source: { ...(targetRevision && { targetRevision }), ...(object && { helm: { valuesObject: object } }) } }),
    ...(enabled === null ? {} : { enabled }),
  }));
const change = values.filter((given) => [...leavesOf(given)].length > 0);

/** As a whole layer that is a function gives it out: nothing at some targets. */
function evaluated(given: Values, target: At): Values {
  if (target.path.endsWith('b')) return {};
  const entries = Object.entries(given).map(([key, value]) => [
    key,
    isMap(value) ? evaluated(value, target) : typeof value === 'function' ? value(target) : value,
  ]);
  return Object.fromEntries(entries);
}

const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };

/** Paths that cover these targets and no other, some coarser and some finer. */
function pathsFor(nodes: readonly string[], all: readonly string[], covered: ReadonlySet<string>, coarse: readonly boolean[]): readonly string[] {
  const paths: string[] = [];
  for (const [index, node] of nodes.entries()) {
    if (paths.some((path) => isAtOrBelow(node, path))) continue;
    const below = all.filter((target) => isAtOrBelow(target, node));
    const isTarget = below.length === 1 && below[0] === node;
    if (below.length > 0 && below.every((target) => covered.has(target)) && (isTarget || coarse[index % coarse.length])) paths.push(node);
  }
  return paths;
}

interface Options {
  /** Whether every patch starts without a gap. */
  readonly gapFree: boolean;
  /** How many patches there are. @default 3 */
  readonly maxPatches?: number;
}

/** Paths where a patch may sit: none below another. */
export function places({ nodes, targets }: Model): fc.Arbitrary<readonly string[]> {
  const coarse = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 });
  return fc.tuple(fc.subarray([...targets]), coarse).map(([covered, given]) => pathsFor(nodes, targets, new Set(covered), given));
}

/** A fleet of one to four dimensions, with layers and patches in flight. */
export function models({ gapFree, maxPatches = 3 }: Options): fc.Arbitrary<Model> {
  return fc.integer({ min: 1, max: 4 }).chain((depth) =>
    tree(depth).chain((root) => {
      const nodes = nodesOf(root);
      const complete = nodes.filter((path) => path.split('/').length === depth);
      const layers = fc.array(fc.tuple(fc.constantFrom(...nodes), values), { maxLength: 4 });
      const patch = fc.record({
        change: fc.oneof({ weight: 5, arbitrary: change }, { weight: 1, arbitrary: change.map((given) => (target: At) => evaluated(given, target)) }),
        covered: fc.array(fc.boolean(), { minLength: complete.length, maxLength: complete.length }),
        count: fc.integer({ min: 1, max: complete.length }),
        coarse: fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
      });
      const names = fc.uniqueArray(fc.constantFrom('a-first', 'patch-001', 'patch-002', 'patch-010'), { minLength: 1, maxLength: maxPatches });
      return fc
        .record({
          names,
          drafts: fc.array(patch, { minLength: maxPatches, maxLength: maxPatches }),
          defaults: values,
          base: values,
          layers,
          limits: fc.option(fc.subarray([...complete], { minLength: 1 }), { nil: undefined, freq: 4 }),
        })
        .map(({ names: given, drafts, defaults, base, layers: overrides, limits }): Model => {
          const targets = limits ?? complete;
          const patches = given.map((name, index) => {
            const { covered, count, coarse, change: changed } = drafts[index] as (typeof drafts)[number];
            const chosen = targets.filter((_, at) => (gapFree ? at < count : covered[at]));
            return [name, { rolledOutTo: pathsFor(nodes, targets, new Set(chosen), coarse), change: changed }] as const;
          });
          const dimensions = words.slice(-depth);
          return {
            fleet: { repository: 'https://example.com/fleet.git', dimensions, ...asConfig(root, dimensions) },
            dimensions: dimensions.map((word) => word.slice(0, -1)),
            nodes,
            targets,
            paths: targets,
            defaults: { ...defaults, source: { ...source, ...(defaults['source'] as object) } },
            base,
            overrides: Object.fromEntries(overrides),
            patches: Object.fromEntries(patches),
          };
        });
    }),
  );
}
