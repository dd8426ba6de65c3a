import type { Construct } from 'constructs';
import type { CompiledLayer } from '../../layers/compile/compiled-layer';
import type { Place } from '../../layers/config-files';
import { Coverage, commonFields, type Field, fieldsAmong, fieldsOf } from '../../layers/coverage';
import { type Idle, tryFindIdle, tryFindWinner } from '../../layers/effect';
import { everywhere, isAtOrBelow } from '../../layers/hierarchy';
import { type LayerSource, layerLabel } from '../../layers/layer';
import type { Branch } from '../../layers/node';
import { type OverridePlace, type PatchPlaces, type PatchState, rolloutNodes } from '../../layers/patch-state';
import { layersBetween } from '../../layers/precedence';
import { compare, FleetError } from '../../layers/problem';
import type { Target } from '../tree/config/target';
import type { LayeredApp } from '../tree/layered-app';
import { originOf } from '../tree/origin';
import type { Patch } from '../tree/patch';
import { patchLayers } from './app-layers';
import type { AppModel, TargetResolver } from './app-model';
import { layerConstructs } from './layer-constructs';
import type { ClusterTypeModel } from './model';
import type { SettledModel } from './settled-model';

/** A field that a patch sets at a target without effect. */
export interface WithoutEffect {
  /** Keys joined by `.`. */
  readonly field: string;
  /** The layer that wins there, or that says the same already. */
  readonly by: string;
  readonly kind: 'masked' | 'equal';
}

/** A patch in flight, and what would be rendered if it sat somewhere else. */
export class PatchView {
  readonly state: PatchState;
  /** Names of the apps that it changes: one, or those of a file with several. */
  readonly apps: readonly string[];
  readonly isGroup: boolean;
  readonly #patch: Patch;
  readonly #models: readonly AppModel[];
  readonly #targets: ReadonlyMap<string, Target>;
  /** By the paths where the patch sits. */
  readonly #resolvers = new Map<string, readonly TargetResolver[]>();
  /** By app and path: it says the same wherever it sits. */
  readonly #moved = new Map<AppModel, Map<string, CompiledLayer>>();
  readonly #texts = new WeakMap<Branch, string>();
  #fields: readonly Field[] | undefined;

  constructor(model: SettledModel, clusterType: ClusterTypeModel, nodes: Pick<PatchState, 'nodes' | 'ranks'>, patch: Patch, apps: readonly AppModel[]) {
    const [{ construct: first }] = apps as readonly [AppModel];
    this.#patch = patch;
    this.#models = apps;
    this.#targets = new Map(clusterType.targets.map((target) => [target.path, target]));
    this.isGroup = first.group !== undefined;
    this.apps = apps.map(({ construct }) => construct.name);
    this.state = {
      clusterType: clusterType.name,
      app: first.group?.name ?? first.name,
      patch: patch.name,
      description: patch.description,
      paths: patch.rolledOutTo,
      ...nodes,
      targets: [...this.#targets.keys()],
      dimensions: model.facts.dimensions,
    };
  }

  /** Where it is declared. */
  get construct(): Patch {
    return this.#patch;
  }

  /** The first of the apps that it changes. */
  get app(): LayeredApp {
    return (this.#models[0] as AppModel).construct;
  }

  /** What the patch sets at any target: keys down to every scalar, list and empty map, and to every key that it unsets. */
  get fields(): readonly Field[] {
    this.#fields ??= this.#models.flatMap((app) => fieldsAmong(this.#layerAt(app, 'anywhere'), this.#targets.values()).map((keys) => this.#fieldOf(app, keys)));
    return this.#fields;
  }

  /** The same by app, without the app; none of an app that has no targets. */
  get fieldsByApp(): ReadonlyMap<string, readonly Field[]> {
    if (this.#targets.size === 0) return new Map();
    return new Map(this.#models.map((app) => [app.construct.name, fieldsAmong(this.#layerAt(app, 'anywhere'), this.#targets.values())]));
  }

  /** Where all of it is written down. @throws FleetError where it was declared in code */
  get places(): PatchPlaces {
    const at = (construct: Construct, keys: readonly string[] = []): Place => {
      const { file, place } = originOf(construct, keys);
      if (file !== undefined) return { file, place };
      throw new FleetError([{ code: 'cannot-edit', message: `the patch '${this.state.patch}' is declared in code`, hint: 'change it there' }]);
    };
    const own = (app: string) => (this.isGroup ? [app] : []);
    const patch = at(this.#patch);
    const overrides = this.#models.flatMap(({ construct, layers }) =>
      layerConstructs(construct).overrides.flatMap((override): readonly OverridePlace[] => {
        const layer = layers.overrides.get(override.path);
        const targets = [...this.#targets.values()].filter((target) => isAtOrBelow(target.path, override.path));
        if (!layer || targets.length === 0) return [];
        const place = at(override, override.node.scope === construct ? [] : own(construct.name));
        return [{ path: override.path, app: construct.name, place, fields: fieldsAmong(layer, targets) }];
      }),
    );
    const released = this.#models.flatMap(({ construct, released: said = [] }) =>
      said.map(({ construct: releases, at: keys, layer, ...one }): OverridePlace => {
        const fields = fieldsAmong(layer, this.#targets.values());
        return { ...one, path: everywhere, app: construct.name, place: at(releases, keys), fields };
      }),
    );
    return {
      form: patch.file.endsWith('.yaml') ? 'yaml' : 'typescript',
      patch,
      rolledOutTo: at(this.#patch, ['rolledOutTo']),
      copies: this.state.paths.map((path, index) => ({ path, file: at(this.#patch, ['rolledOutTo', String(index)]).file })),
      changes: this.#models.map(({ construct }) => ({
        app: construct.name,
        change: at(this.#patch, ['change', ...own(construct.name)]),
        base: at(construct),
      })),
      overrides: [...overrides, ...released],
    };
  }

  /** Whether a target would be rendered the same with the patch at other paths. */
  isSame(target: string, before: readonly string[], after: readonly string[]): boolean {
    return this.#models.every((app, index) => {
      if (this.#isPassedByNone(app, target, before, after)) return true;
      return this.#textAt(index, target, before) === this.#textAt(index, target, after);
    });
  }

  /**
   * Why a target would be rendered otherwise: a field of the patch, and the layer that wins at one of the places and loses
   * at the other. `undefined` where nothing changes.
   */
  difference(target: string, before: readonly string[], after: readonly string[]): { readonly field: string; readonly by: string } | undefined {
    const at = this.#targets.get(target);
    if (!at) return undefined;
    for (const [index, app] of this.#models.entries()) {
      const [one, other] = [before, after].map((paths) => (this.#resolversAt(paths)[index] as TargetResolver).at(at).values) as [Branch, Branch];
      for (const field of fieldsOf(this.#layerAt(app, target).at(at).values)) {
        const winner = tryFindWinner(one, other, field, this.#isOwn);
        if (winner) return { field: this.#fieldOf(app, field).join('.'), by: layerLabel(winner) };
      }
    }
    return undefined;
  }

  /** The fields that the patch sets at a target without effect. @param paths where it sits. @default - where it does */
  withoutEffect(path: string, paths: readonly string[] = this.state.paths): readonly WithoutEffect[] {
    return this.#idleBy(path, paths).map(({ field, by, kind }) => ({ field, by: layerLabel(by), kind }));
  }

  #idleBy(path: string, paths: readonly string[]): readonly (Idle & { readonly field: string })[] {
    const target = this.#targets.get(path);
    const place = target && new Coverage(paths, []).placeAt(path);
    if (!target || place === undefined) return [];
    const resolvers = this.#resolversAt(paths);
    return this.#models.flatMap((app, index) => {
      const { values } = (resolvers[index] as TargetResolver).at(target);
      const own = this.#layerAt(app, place).at(target).values;
      return fieldsOf(own).flatMap((field) => {
        const idle = tryFindIdle(values, own, field, this.#isOwn);
        return idle ? [{ ...idle, field: this.#fieldOf(app, field).join('.') }] : [];
      });
    });
  }

  /**
   * Why each of its fields has no effect, each once, where that is so at every target, those that it has not reached included;
   * `undefined` where any has one, where it sits nowhere, and where another patch hides it: that one goes.
   */
  idleFields(): readonly WithoutEffect[] | undefined {
    const { covered } = new Coverage(this.state.paths, this.state.targets);
    if (covered.length === 0) return undefined;
    const here = this.#idleAt(covered, this.state.paths);
    if (!here || covered.length === this.state.targets.length) return here;
    const reached = new Set(covered);
    const ahead = this.state.targets.filter((path) => !reached.has(path));
    const there = this.#idleAt(ahead, ahead);
    return there && [...new Map([...here, ...there].map((one) => [JSON.stringify(one), one])).values()];
  }

  #idleAt(targets: readonly string[], paths: readonly string[]): readonly WithoutEffect[] | undefined {
    const found = new Map<string, WithoutEffect>();
    for (const path of targets) {
      const idle = this.#idleBy(path, paths);
      const target = this.#targets.get(path);
      const place = new Coverage(paths, []).placeAt(path);
      const all = target && place !== undefined ? this.#models.reduce((sum, app) => sum + fieldsOf(this.#layerAt(app, place).at(target).values).length, 0) : 0;
      if (idle.length < all || idle.some(({ by }) => by.kind === 'patch')) return undefined;
      for (const { field, by, kind } of idle) {
        const one: WithoutEffect = { field, by: layerLabel(by), kind };
        found.set(JSON.stringify(one), one);
      }
    }
    return found.size === 0 ? undefined : [...found.values()];
  }

  readonly #isOwn = ({ kind, name }: LayerSource): boolean => kind === 'patch' && name === this.state.patch;

  #fieldOf({ construct }: AppModel, keys: Field): Field {
    return this.isGroup ? [construct.name, ...keys] : keys;
  }

  /**
   * Whether the patch goes from one path to another and passes no layer that sets a field of its own: then all values
   * stay what they are, without a look at them.
   */
  #isPassedByNone(app: AppModel, path: string, before: readonly string[], after: readonly string[]): boolean {
    const target = this.#targets.get(path);
    if (!target) return true;
    const [here, there] = [placesAbove(path, before), placesAbove(path, after)];
    if (here.join() === there.join()) return true;
    const [from, to] = [here[0], there[0]];
    if (from === undefined || to === undefined || here.length > 1 || there.length > 1) return false;
    const [coarse, fine] = from.length < to.length ? [from, to] : [to, from];
    const own = fieldsOf(this.#layerAt(app, fine).at(target).values);
    return layersBetween(app.layers, this.state.patch, coarse, fine).every((layer) => commonFields(own, fieldsOf(layer.at(target).values)).length === 0);
  }

  /** Everything that decides what is rendered of an app at a target, as text. */
  #textAt(index: number, path: string, paths: readonly string[]): string {
    const { values } = (this.#resolversAt(paths)[index] as TargetResolver).at(this.#targets.get(path) as Target);
    let text = this.#texts.get(values);
    if (text === undefined) {
      text = JSON.stringify(values.plain);
      this.#texts.set(values, text);
    }
    return text;
  }

  #resolversAt(paths: readonly string[]): readonly TargetResolver[] {
    const key = paths.join('\u0000');
    let resolvers = this.#resolvers.get(key);
    if (!resolvers) {
      resolvers = this.#models.map((app) => {
        const others = app.layers.patches.filter(({ name }) => name !== this.state.patch);
        const moved = { name: this.state.patch, layers: new Map(paths.map((path) => [path, this.#layerAt(app, path)])) };
        return app.resolverWith([...others, moved]);
      });
      this.#resolvers.set(key, resolvers);
    }
    return resolvers;
  }

  #layerAt(app: AppModel, path: string): CompiledLayer {
    const layers = this.#moved.get(app) ?? new Map<string, CompiledLayer>();
    this.#moved.set(app, layers);
    const layer = layers.get(path) ?? (patchLayers(app.construct, this.#patch, [path]).get(path) as CompiledLayer);
    layers.set(path, layer);
    return layer;
  }
}

/** The paths at or above a target, the outermost first. */
function placesAbove(target: string, paths: readonly string[]): readonly string[] {
  return paths.filter((path) => isAtOrBelow(target, path)).sort((a, b) => a.length - b.length);
}

/** Every patch in flight, by cluster type and app; those of one app in name order. */
export function patchViews(model: SettledModel): readonly PatchView[] {
  return model.clusterTypes.flatMap((clusterType) => {
    const seen = new Map<Patch, AppModel[]>();
    for (const app of clusterType.apps) {
      for (const patch of layerConstructs(app.construct).patches) seen.set(patch, [...(seen.get(patch) ?? []), app]);
    }
    if (seen.size === 0) return [];
    const targets = clusterType.targets.map(({ path }) => path);
    const nodes = rolloutNodes(model.hierarchy, targets);
    const views = [...seen].map(([patch, apps]) => new PatchView(model, clusterType, nodes, patch, apps));
    return views.sort((a, b) => compare(`${a.state.app}\u0000${a.state.patch}`, `${b.state.app}\u0000${b.state.patch}`));
  });
}
