import { chartIdOf } from '../../../layers/charts/chart-id';
import type { Plain } from '../../../layers/layer';
import { deepestNode, plainOf, tryChild } from '../../../layers/node';
import type { AppModel } from '../../resolve/app-model';
import type { ChartUse, NamedChart } from '../../resolve/chart-uses';
import { patchedResolvers } from '../../resolve/patched-resolvers';
import type { Target } from '../../tree/config/target';
import type { ComponentModel, GroupModel } from './group-model';
import { isReleased } from './released-app';
import type { ResolvedHub } from './resolved-hub';
import { variantOf } from './variants/variant';
import { variantsIn } from './variants/variants-in';

/** Which charts the components of a fleet are, in any release and variant. */
export function namedComponentCharts({ groups, members }: ResolvedHub): readonly NamedChart[] {
  return groups.flatMap(({ name: clusterType, components }) =>
    components.flatMap(({ name, releasesOf }) =>
      variantsIn(members, name)
        .flatMap((variant) => [...releasesOf(variant).values()])
        .flatMap((released): readonly NamedChart[] => {
          const id = chartIdOf(released, released.home);
          return id ? [{ clusterType, app: name, file: name, id }] : [];
        }),
    ),
  );
}

/** Every component with its values, in the release that a member gets, or would get from a patch in flight. */
export function* componentChartUses({ groups, members }: ResolvedHub): Generator<ChartUse> {
  for (const group of groups) {
    for (const component of group.components) {
      for (const { targets } of members) {
        const target = targets.get(group.name);
        if (target) yield* usesAt(group, component, target);
      }
    }
  }
}

const known = new WeakMap<AppModel, ReturnType<typeof patchedResolvers>>();

/** As it is, with each patch of the group's release, and with each of the component. */
function patched(app: AppModel, paths: readonly string[]): ReturnType<typeof patchedResolvers> {
  const found = known.get(app) ?? patchedResolvers(app, paths);
  known.set(app, found);
  return found;
}

function* usesAt(group: GroupModel, { app, name: component, releasesOf }: ComponentModel, target: Target): Generator<ChartUse> {
  const paths = group.clusterType.targets.map(({ path }) => path);
  const now = { patch: undefined, values: app.resolver, release: group.releasesApp.resolver };
  const moved = [
    ...patched(group.releasesApp, paths).map(({ patch, resolver }) => ({ ...now, patch, release: resolver })),
    ...patched(app, paths).map(({ patch, resolver }) => ({ ...now, patch, values: resolver })),
  ];
  for (const { patch, values, release } of [now, ...moved]) {
    const chosen = release.at(target).values;
    const releaseNode = tryChild(chosen, 'release');
    const name = releaseNode === undefined ? '' : String(plainOf(releaseNode));
    // A release that comes with a patch brings its values.
    const resolved = isReleased(app) && values === app.resolver ? app.resolverIn(name).at(target) : values.at(target);
    const layers = resolved.values;
    const enabled = tryChild(layers, 'enabled');
    const released = releasesOf(variantOf(resolved)).get(name);
    const isLayered = tryChild(layers, 'version') !== undefined;
    const id = released && chartIdOf(released, released.home);
    if (!id || !enabled || plainOf(enabled) !== true) continue;
    const said = tryChild(layers, 'values');
    yield {
      clusterType: group.name,
      app: component,
      file: component,
      id,
      at: ['values'],
      construct: app.construct,
      path: target.path,
      ...(patch === undefined ? {} : { patch }),
      ...(said ? { values: plainOf(said) as Plain } : {}),
      sourceOf: (keys) => deepestNode(layers, ['values', ...keys]).node.source,
      versionSource: isLayered ? deepestNode(layers, ['version']).node.source : deepestNode(chosen, ['release']).node.source,
      versionAt: [isLayered ? 'version' : 'release'],
    };
  }
}
