import type { Finding } from '../../layers/consequences';
import type { Problem } from '../../layers/problem';
import type { ClusterTypeModel, Model } from '../resolve/model';
import { isRootModel, type TokensAt } from '../resolve/root-model';
import { targetKey } from '../resolve/target-key';
import type { Target } from '../tree/config/target';
import { originOf } from '../tree/origin';
import type { CustomFiles } from './custom/custom-files';
import { checkInjection, InjectedKeys, type TokenUse } from './injection';
import { OrderCheck } from './order-check';
import type { Place } from './place';
import type { ObjectCheck } from './projects/object-check';
import { ProjectCheck } from './projects/project-check';
import type { RenderedApp } from './rendered-app';
import type { Renditions } from './renditions';
import { type PathTokens, type TokensOf, TokenTable } from './token-table';

/** What a visit to every target finds out. */
export interface Visit {
  readonly tokensAt: TokensAt;
  /** What is wrong with the injection of tokens, with apps that their projects do not allow, and with what apps need. */
  readonly problems: readonly Finding[];
}

/**
 * Renders every target once, path by path. A root deploys the targets of its own path, and what their apps use decides
 * what it says: so all apps of a path are rendered before the roots there are rendered for good. Whether a token is
 * injected is known at the end only, for an ApplicationSet written by hand may stand at any path.
 *
 * @param custom  runs users' code, whose tokens count too
 * @param objects takes down whose objects their projects have to allow
 */
export function visitTargets(model: Model, renditions: Renditions, custom: CustomFiles, objects: ObjectCheck, look: (place: Place) => void): Visit {
  const injected = new InjectedKeys(model.facts);
  const table = new TokenTable();
  const projects = new ProjectCheck(model, objects);
  const order = new OrderCheck();
  const found: Finding[] = [];
  const doubtful: Place[] = [];
  for (const [path, targets] of targetsByPath(model)) {
    // A root's own tokens are those that it uses while it injects nothing.
    const drafts = targets.map(([clusterType, target]): Place => {
      const apps = renditions.at(clusterType, target);
      return { clusterType, target, apps, chart: custom.chart(clusterType, target, apps) };
    });
    const tokens = table.settle(path, drafts.flatMap(tokensIn));
    const places = drafts.map((draft) => withRoots(draft, tokens, renditions, custom));
    for (const { apps } of places) for (const { app, rendition } of apps) injected.add(app.construct, path, rendition);
    found.push(...projects.problems(places));
    for (const place of places) {
      found.push(...order.problems(place));
      if (!isInjected(place, tokens, injected)) doubtful.push(place);
      look(place);
    }
  }
  const uninjected = doubtful.flatMap((place) => checkInjection(model.facts, place.clusterType.name, place.target.path, usesOf(place), injected));
  return { tokensAt: table.settled(), problems: [...uninjected, ...targetsWithoutRoot(model, injected), ...found, ...order.lacking()] };
}

/** The place with its roots as they are now that all tokens are known. */
function withRoots(place: Place, tokens: PathTokens, renditions: Renditions, custom: CustomFiles): Place {
  const { clusterType, target, apps, chart } = place;
  if (!clusterType.hasRoots) return place;
  const final = apps.map((draft): RenderedApp => {
    if (!isRootModel(draft.app)) return draft;
    const app = draft.app.withTokens(tokens.get(draft.app.construct.deploys) ?? []);
    return { app, rendition: renditions.of(clusterType, app, target) };
  });
  // Code that changed a root changed an older one: it has to do so again.
  const isStale = chart?.objects.some(
    ({ app, isUntouched }) => !isUntouched && final.some((now, index) => now.app.construct.name === app && now.rendition !== apps[index]?.rendition),
  );
  return { clusterType, target, apps: final, chart: isStale ? custom.chart(clusterType, target, final) : chart };
}

/** Whether all is well, which one look at the tokens of the whole target tells. */
function isInjected({ clusterType, target }: Place, used: PathTokens, injected: InjectedKeys): boolean {
  const tokens = used.get(clusterType.name) ?? [];
  const keys = new Set(tokens.map(({ key }) => key));
  return keys.size === tokens.length && tokens.every((token) => injected.has(clusterType.name, target.path, token));
}

function tokensIn({ clusterType, apps, chart }: Place): readonly TokensOf[] {
  const used = apps.map(({ rendition }): TokensOf => [clusterType.name, rendition.tokens]);
  return chart ? [...used, [clusterType.name, chart.tokens]] : used;
}

function usesOf({ apps, chart }: Place): readonly TokenUse[] {
  const used = apps
    .filter(({ rendition }) => rendition.tokens.length > 0)
    .map(({ app, rendition }) => ({ app: app.construct.name, origin: originOf(app.construct), tokens: rendition.tokens }));
  return chart && chart.tokens.length > 0 ? [...used, chart] : used;
}

/** The targets of all cluster types, those of one path together, in sequence. */
function targetsByPath(model: Model): ReadonlyMap<string, readonly (readonly [ClusterTypeModel, Target])[]> {
  const places = new Map<string, (readonly [ClusterTypeModel, Target])[]>(model.hierarchy.targets.map(({ path }) => [path, []]));
  for (const clusterType of model.clusterTypes) {
    for (const target of clusterType.targets) places.get(target.path)?.push([clusterType, target]);
  }
  return places;
}

/** Where a cluster type has a root, a target that the root does not deploy is more likely forgotten than meant. */
function targetsWithoutRoot(model: Model, injected: InjectedKeys): readonly Problem[] {
  return model.clusterTypes.flatMap(({ construct, name, targets }) => {
    const without = targets.filter(({ path }) => !injected.hasRoot(name, path));
    if (without.length === targets.length) return [];
    return without.map((target) => ({
      code: 'root-missing' as const,
      severity: 'warning' as const,
      message: `no root deploys ${name} at a target where it is rendered`,
      target: targetKey(target),
      ...originOf(construct),
      hint: 'render the cluster type that hosts the root there too, or enable the root',
    }));
  });
}
