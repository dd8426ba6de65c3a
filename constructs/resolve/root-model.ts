import type { AppLayers, PlacedPatch } from '../../layers/precedence';
import type { Token } from '../../layers/text/token';
import type { Target } from '../tree/config/target';
import { RootApplicationSet } from '../tree/root-application-set';
import { generatedLayer, layersOf } from './app-layers';
import { type AppModel, appModel, type TargetResolver } from './app-model';
import type { FleetFacts } from './fleet-facts';
import { rootValues, tokenExpressions } from './generated-layer';
import type { GroupLayers } from './layer-constructs';
import type { SyncOrder } from './sync-order';

/** What the apps of a cluster type use at a path, after all of them were rendered there. */
export type TokensAt = (clusterType: string, path: string) => readonly Token[];

/** A root while it is not known what the apps that it deploys use: it injects nothing of it. */
export interface RootModel extends AppModel {
  readonly construct: RootApplicationSet;
  /** The root as it is wherever these tokens are used; the same for all that come to the same. */
  withTokens(tokens: readonly Token[]): AppModel;
}

/** @param isDeployed whether the cluster type that it deploys is rendered at a target. @default - at all of them */
export function rootModel(
  root: RootApplicationSet,
  facts: FleetFacts,
  isDeployed: ((target: Target) => boolean) | undefined,
  groups: GroupLayers,
  order: SyncOrder,
): RootModel {
  const draft = appModel(root, layersOf(root, rootValues(facts, root, [], isDeployed), groups), order);
  const known = new Map([[JSON.stringify(tokenExpressions([])), draft]]);
  /** Most targets use the same set, which is one object then. */
  const knownBySet = new WeakMap<readonly Token[], AppModel>();
  const layersWith = (tokens: readonly Token[]): AppLayers => {
    const injecting = generatedLayer(root, rootValues(facts, root, tokens, isDeployed));
    return { ...draft.layers, everywhere: draft.layers.everywhere.map((layer) => (layer.source.kind === 'generated' ? injecting : layer)) };
  };
  return {
    ...draft,
    construct: root,
    withTokens: (tokens) => {
      const asked = knownBySet.get(tokens);
      if (asked) return asked;
      const key = JSON.stringify(tokenExpressions(tokens));
      const model = known.get(key) ?? appModel(root, layersWith(tokens), order);
      known.set(key, model);
      knownBySet.set(tokens, model);
      return model;
    },
  };
}

export function isRootModel(app: AppModel): app is RootModel {
  return app.construct instanceof RootApplicationSet && 'withTokens' in app;
}

/** A root that injects at each target what is used there. */
export function settledRoot(root: RootModel, tokensAt: TokensAt): AppModel {
  const { construct, layers, resolver, withTokens } = root;
  const resolve = (resolverOf: (app: AppModel) => TargetResolver): TargetResolver => {
    const at = ({ path }: { readonly path: string }) => resolverOf(withTokens(tokensAt(construct.deploys, path)));
    return { hasFunctions: resolver.hasFunctions, at: (target) => at(target).at(target), again: (target) => at(target).again(target) };
  };
  return {
    construct,
    layers,
    resolver: resolve((app) => app.resolver),
    resolverWith: (patches: readonly PlacedPatch[]) => {
      const known = new Map<AppModel, TargetResolver>();
      return resolve((app) => {
        const moved = known.get(app) ?? app.resolverWith(patches);
        known.set(app, moved);
        return moved;
      });
    },
  };
}
