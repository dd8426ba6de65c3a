import { CompiledLayer } from '../../../layers/compile/compiled-layer';
import { getOr } from '../../../layers/get-or';
import { inNameOrder, type PlacedPatch } from '../../../layers/precedence';
import { Resolver } from '../../../layers/resolver';
import type { AppModel, TargetResolver } from '../../resolve/app-model';
import type { Target } from '../../tree/config/target';
import { originOf } from '../../tree/origin';
import type { ComponentGroup } from '../tree/component-group';
import { fieldsOf } from './released-component';
import { releaseIn } from './releases';

/** A component of whose values releases say something: above what it says itself, below what layers of members say. */
export interface ReleasedApp extends AppModel {
  /** As in a release, whichever members have. */
  resolverIn(release: string): TargetResolver;
}

/** @returns the app as it is where no release says values of it */
export function releasedApp(app: AppModel, releasesApp: AppModel, group: ComponentGroup): AppModel {
  const { name } = app.construct;
  const said = new Map(
    Object.entries(group.releases.releases).flatMap(([release, { components = {} }]) => {
      const { values } = fieldsOf(components[name]);
      if (values === undefined) return [];
      const source = { ...originOf(group.releases, ['releases', release, 'components', name]), kind: 'release' } as const;
      return [[release, new CompiledLayer(`release ${release}`, { values }, source)] as const];
    }),
  );
  if (said.size === 0) return app;
  const { layers } = app;
  const above = layers.everywhere.findIndex(({ source }) => source.kind === 'base') + 1;
  const everywhereWith = (own: readonly CompiledLayer[]) => [...layers.everywhere.slice(0, above), ...own, ...layers.everywhere.slice(above)];
  const resolversOf = (patches: readonly PlacedPatch[]) => {
    const known = new Map<string, Resolver>();
    return (release: string) => getOr(known, release, () => new Resolver({ ...layers, patches, everywhere: everywhereWith([said.get(release) ?? []].flat()) }));
  };
  const following = (resolverIn: (release: string) => Resolver): TargetResolver => {
    const at = (target: Target) => resolverIn(releaseIn(group, releasesApp, target).release ?? '');
    return {
      at: (target) => at(target as Target).at(target),
      again: (target) => at(target as Target).again(target),
      hasFunctions: releasesApp.resolver.hasFunctions || [...said.keys(), ''].some((release) => resolverIn(release).hasFunctions),
    };
  };
  const resolverIn = resolversOf(layers.patches);
  const released: ReleasedApp = {
    construct: app.construct,
    // What any release says is looked at as any layer is.
    layers: { ...layers, everywhere: everywhereWith([...said.values()]) },
    resolver: following(resolverIn),
    resolverWith: (patches) => following(resolversOf(inNameOrder(patches))),
    resolverIn,
  };
  return released;
}

/** Whether releases say values of a component. */
export function isReleased(app: AppModel): app is ReleasedApp {
  return 'resolverIn' in app;
}
