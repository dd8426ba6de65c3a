import type { Construct } from 'constructs';
import type { CompiledLayer } from '../../layers/compile/compiled-layer';
import { type AppLayers, inNameOrder, type PlacedPatch } from '../../layers/precedence';
import type { Problem } from '../../layers/problem';
import { Resolver } from '../../layers/resolver';
import type { LayeredApp } from '../tree/layered-app';
import type { SyncOrder } from './sync-order';

/** Resolves an app at target after target. */
export type TargetResolver = Pick<Resolver, 'at' | 'again' | 'hasFunctions'>;

/** An app with its layers. */
export interface AppModel {
  readonly construct: LayeredApp;
  readonly layers: AppLayers;
  readonly resolver: TargetResolver;
  /** As if other patches were in flight. @param patches in any order */
  resolverWith(patches: readonly PlacedPatch[]): TargetResolver;
  /** What releases that members have say of it, above its base. @default - nothing */
  readonly released?: readonly ReleasedPlace[];
}

/** What a release says of an app. */
export interface ReleasedPlace {
  readonly release: string;
  /** Where it is said. */
  readonly construct: Construct;
  readonly at: readonly string[];
  /** The field whose value is all that stands there. @default - a map of fields */
  readonly only?: string;
  /** What it says. */
  readonly layer: CompiledLayer;
}

/** @param order of the apps of its cluster type. @default - it has none */
export function appModel(construct: LayeredApp, layers: AppLayers, order?: SyncOrder): AppModel {
  const ordered = (resolver: Resolver): TargetResolver => order?.ordered(resolver) ?? resolver;
  return {
    construct,
    layers,
    resolver: ordered(new Resolver(layers)),
    resolverWith: (patches) => ordered(new Resolver({ ...layers, patches: inNameOrder(patches) })),
  };
}

/** What is wrong with an app's layers wherever they apply. */
export function staticProblems({ construct, layers }: AppModel): readonly Problem[] {
  const all = [...layers.everywhere, ...layers.overrides.values(), ...layers.patches.flatMap((patch) => [...patch.layers.values()].slice(0, 1))];
  return all.flatMap(({ problems }) => problems.map((problem) => ({ ...problem, app: construct.name })));
}
