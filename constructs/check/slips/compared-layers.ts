import type { CompiledLayer } from '../../../layers/compile/compiled-layer';
import { Branch, type Node, tryFindNode } from '../../../layers/node';
import { parentOf } from '../../../layers/patch-state';
import type { AppModel } from '../../resolve/app-model';
import { layerConstructs } from '../../resolve/layer-constructs';
import { upcomingLayers } from '../../resolve/layers-anywhere';
import type { Target } from '../../tree/config/target';

/** A layer that somebody wrote, beside those that it goes over where it applies. */
export interface ComparedLayer {
  readonly layer: CompiledLayer;
  readonly values: Branch;
  /** The nearest first. */
  readonly broader: readonly Broader[];
}

export interface Broader {
  readonly layer: CompiledLayer;
  readonly values: Branch;
}

const known = new WeakMap<AppModel, readonly ComparedLayer[]>();

/**
 * Every layer of an app with those below it, patches that sit nowhere yet included: as each is written, and not as a target
 * sees them, so that a thousand targets cost no more than one. Where functions have a say, it is what they say at one target.
 */
export function comparedLayers(app: AppModel, targets: readonly Target[]): readonly ComparedLayer[] {
  const compared = known.get(app) ?? compare(app, targets);
  // Several rules ask for them.
  known.set(app, compared);
  return compared;
}

function compare(app: AppModel, targets: readonly Target[]): readonly ComparedLayer[] {
  const { everywhere, overrides, patches } = app.layers;
  const [first] = targets;
  if (!first) return [];
  const values = new Map<CompiledLayer, Broader | undefined>();
  const read = (layer: CompiledLayer): readonly Broader[] => {
    if (!values.has(layer)) values.set(layer, readAt(layer, targets));
    const found = values.get(layer);
    return found ? [found] : [];
  };
  const placed = patches.flatMap(({ name, layers }) => {
    const [layer] = layers.values();
    return layer ? [{ name, layer, paths: [...layers.keys()] }] : [];
  });
  const waiting = layerConstructs(app.construct)
    .patches.filter(({ rolledOutTo }) => rolledOutTo.length === 0)
    .map(({ name }) => name);
  const compared = (layer: CompiledLayer, paths: readonly string[], patch?: string): readonly ComparedLayer[] => {
    const own = read(layer)[0];
    if (!own || Object.keys(own.values.children).length === 0) return [];
    const above = [...new Set(paths.flatMap(pathsAbove))];
    const at = new Set(above);
    const around = placed.filter(
      (other) => other.name !== patch && other.paths.some((path) => at.has(path) && (!paths.includes(path) || (patch !== undefined && other.name < patch))),
    );
    const broader = [
      ...around.flatMap((other) => read(other.layer)),
      ...above
        .filter((path) => patch !== undefined || !paths.includes(path))
        .flatMap((path) => (overrides.has(path) ? read(overrides.get(path) as CompiledLayer) : [])),
      ...everywhere
        .slice(0, everywhere.includes(layer) ? everywhere.indexOf(layer) : undefined)
        .flatMap(read)
        .reverse(),
    ];
    return [{ ...own, broader }];
  };
  return [
    // An override of all paths is the last of those that apply everywhere.
    ...everywhere.filter(({ source: { kind } }) => kind === 'base' || kind === 'override').flatMap((layer) => compared(layer, [])),
    ...[...overrides].filter(([, layer]) => !everywhere.includes(layer)).flatMap(([path, layer]) => compared(layer, [path])),
    ...placed.flatMap(({ name, layer, paths }) => compared(layer, paths, name)),
    ...(waiting.length === 0
      ? []
      : upcomingLayers(app.construct)
          .filter(({ source }) => waiting.includes(source.name ?? ''))
          .flatMap((layer) => compared(layer, []))),
  ];
}

/** The path itself, and those above it from the inside out. */
function pathsAbove(path: string): readonly string[] {
  const paths: string[] = [];
  for (let at = path; at !== ''; at = parentOf(at)) paths.push(at);
  return paths;
}

function readAt(layer: CompiledLayer, targets: readonly Target[]): Broader | undefined {
  if (layer.isStatic) return { layer, values: layer.at({ path: '' }).values };
  const { path } = layer.source;
  const target =
    path === undefined || path === 'anywhere' || path === '*' ? targets[0] : targets.find((one) => one.path === path || one.path.startsWith(`${path}/`));
  return target && { layer, values: layer.at(target).values };
}

/** Where layers say values of anybody's own, which no schema knows: those of Helm charts and of `workloads`. */
export function valuePaths(values: Branch): readonly (readonly string[])[] {
  const specs = [[], ['template', 'spec']].filter((path) => tryFindNode(values, path) instanceof Branch);
  const sources = specs.flatMap((spec) => {
    const named = tryFindNode(values, [...spec, 'sources']);
    return [[...spec, 'source'], ...(named instanceof Branch ? named.keys.map((name) => [...spec, 'sources', name]) : [])];
  });
  return [['values'], ...sources.map((source) => [...source, 'helm', 'valuesObject'])].filter((path) => tryFindNode(values, path) instanceof Branch);
}

/** The map at one of {@link valuePaths}. */
export function childAt(values: Branch, path: readonly string[]): Branch {
  return path.reduce<Branch>((map, key) => map.children[key] as Branch, values);
}

/** The maps that broader layers have at a path, the nearest first. */
export function mapsAt(broader: readonly Broader[], path: readonly string[]): readonly { readonly layer: CompiledLayer; readonly map: Branch }[] {
  return broader.flatMap(({ layer, values }) => {
    const map: Node | undefined = tryFindNode(values, path);
    return map instanceof Branch ? [{ layer, map }] : [];
  });
}
