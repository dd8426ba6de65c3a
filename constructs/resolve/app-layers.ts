import { CompiledLayer } from '../../layers/compile/compiled-layer';
import { everywhere as allPaths } from '../../layers/hierarchy';
import type { LayerSource } from '../../layers/layer';
import { isMap } from '../../layers/plain-data';
import { type AppLayers, inNameOrder } from '../../layers/precedence';
import type { ClusterType } from '../tree/cluster-type';
import type { Target } from '../tree/config/target';
import type { AppKind, LayeredApp } from '../tree/layered-app';
import { originOf } from '../tree/origin';
import type { Override } from '../tree/override';
import type { Patch } from '../tree/patch';
import { type GroupLayers, layerConstructs } from './layer-constructs';

/** Where a cluster type says what its apps have in common. */
const defaultsOf = { Application: 'applications', ApplicationSet: 'applicationSets', AppProject: 'appProjects' } as const satisfies Readonly<
  Record<AppKind, keyof ClusterType>
>;

/** What the tool says of an app. */
export type Generated = { readonly [key: string]: unknown };

/**
 * All layers of an app.
 *
 * @param generated what is said before the author says anything, where it is
 */
export function layersOf(app: LayeredApp, generated: Generated | undefined, groups: GroupLayers): AppLayers {
  const origin = originOf(app);
  const { overrides, patches } = layerConstructs(app, groups);
  const everywhere: CompiledLayer[] = [];
  const key = defaultsOf[app.kind];
  const defaults = app.clusterType[key];
  if (defaults !== undefined) everywhere.push(new CompiledLayer('defaults', defaults, { ...originOf(app.clusterType, [key]), kind: 'defaults' }));
  if (generated) everywhere.push(generatedLayer(app, generated));
  everywhere.push(new CompiledLayer('base', app.base, { ...origin, kind: 'base' }));
  const placed = new Map(
    overrides.map((override): readonly [string, CompiledLayer] => {
      const source = { ...layerOrigin(app, override), kind: 'override', path: override.path } as const;
      return [override.path, new CompiledLayer(`override ${override.path}`, changeFor(app, override.change), source)];
    }),
  );
  // The layer of all paths is the last of those that apply everywhere.
  const ofAll = placed.get(allPaths);
  return {
    everywhere: ofAll ? [...everywhere, ofAll] : everywhere,
    overrides: placed,
    patches: inNameOrder(patches.map((patch) => ({ name: patch.name, layers: patchLayers(app, patch, patch.rolledOutTo) }))),
  };
}

/** What the tool says of an app, as a layer. */
export function generatedLayer(app: LayeredApp, generated: Generated): CompiledLayer {
  return new CompiledLayer('generated', generated, { ...originOf(app), kind: 'generated' });
}

/** A patch as the layers of an app, at paths where it may sit. */
export function patchLayers(app: LayeredApp, patch: Patch, paths: readonly string[]): ReadonlyMap<string, CompiledLayer> {
  const changed = patch.node.scope === app ? ['change'] : ['change', app.name];
  return new Map(
    paths.map((path) => {
      const origin = originOf(patch, changed);
      const index = (patch.rolledOutTo as readonly string[]).indexOf(path);
      const { file: copy } = index === -1 ? origin : originOf(patch, ['rolledOutTo', String(index)]);
      const source: LayerSource = { ...origin, ...(copy === origin.file ? {} : { copy }), kind: 'patch', name: patch.name, path };
      return [path, new CompiledLayer(`${patch.name} ${path}`, changeFor(app, patch.change), source)];
    }),
  );
}

function layerOrigin(app: LayeredApp, layer: Override): { readonly file?: string; readonly place: readonly string[] } {
  return originOf(layer, layer.node.scope === app ? [] : [app.name]);
}

/** What a layer says of an app; a layer of a group is a map by app name. */
function changeFor(app: LayeredApp, change: unknown): unknown {
  const { group } = app;
  if (!group) return change;
  const pick = (changes: unknown): unknown => (changes as { readonly [app: string]: unknown } | undefined)?.[app.name] ?? {};
  if (typeof change !== 'function') return pick(change);
  return (target: Target) => {
    const changes = change(target);
    // What is no map by app is told of as the answer of any layer is.
    if (changes !== undefined && !isMap(changes)) return changes;
    const names = group.apps.map(({ name }) => name);
    const stranger = Object.keys(changes ?? {}).find((name) => !names.includes(name));
    if (stranger !== undefined) throw new Error(`'${stranger}' is no app of this file; its apps: ${names.join(', ')}`);
    return pick(changes);
  };
}
