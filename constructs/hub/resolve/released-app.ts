import { CompiledLayer } from '../../../layers/compile/compiled-layer';
import { getOr } from '../../../layers/get-or';
import { inNameOrder, type PlacedPatch } from '../../../layers/precedence';
import { Resolver } from '../../../layers/resolver';
import { type AppModel, appModel, type ReleasedPlace, type TargetResolver } from '../../resolve/app-model';
import type { Target } from '../../tree/config/target';
import { originOf } from '../../tree/origin';
import { Component } from '../tree/component';
import type { ComponentGroup } from '../tree/component-group';
import { fieldsOf } from './released-component';
import { releaseIn } from './releases';

/** A component of whose values releases say something: above what it says itself, below what layers of members say. */
export interface ReleasedApp extends AppModel {
  /** As in a release, whichever members have. */
  resolverIn(release: string): TargetResolver;
}

/** @param used the releases that members have. @returns the app as it is where no release says anything of it */
export function releasedApp(app: AppModel, releasesApp: AppModel, group: ComponentGroup, used: ReadonlySet<string>): AppModel {
  const { name } = app.construct;
  const pins = Object.entries(group.releases.releases).flatMap(([release, { components = {} }]) => {
    const pin = components[name];
    if (pin === undefined) return [];
    const at = ['releases', release, 'components', name];
    const compiled = (says: object) => new CompiledLayer(`release ${release}`, says, { ...originOf(group.releases, at), kind: 'release' });
    return [{ release, pin, at, compiled }];
  });
  const said = new Map(
    pins.flatMap(({ release, pin, compiled }) => {
      const { values } = fieldsOf(pin);
      return values === undefined ? [] : [[release, compiled({ values })] as const];
    }),
  );
  const released = pins
    .filter(({ release }) => used.has(release))
    .map(
      ({ release, pin, at, compiled }): ReleasedPlace => ({
        release,
        construct: group.releases,
        at,
        ...(typeof pin === 'string' ? { only: 'version' } : {}),
        layer: compiled(fieldsOf(pin)),
      }),
    );
  const layers = withGroup(app, group);
  const resolved = layers === app.layers ? app : appModel(app.construct, layers);
  if (said.size === 0) return released.length === 0 ? resolved : { ...resolved, released };
  const above = layers.everywhere.findIndex(({ source }) => source.kind === 'base') + 1;
  const everywhereWith = (own: readonly CompiledLayer[]) => [...layers.everywhere.slice(0, above), ...own, ...layers.everywhere.slice(above)];
  const resolversOf = (patches: readonly PlacedPatch[]) => {
    const known = new Map<string, Resolver>();
    const everywhereIn = (release: string) => everywhereWith([said.get(release)].filter((layer) => layer !== undefined));
    return (release: string) => getOr(known, release, () => new Resolver({ ...layers, patches, everywhere: everywhereIn(release) }));
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
  const made: ReleasedApp = {
    construct: app.construct,
    released,
    // What any release says is looked at as any layer is.
    layers: { ...layers, everywhere: everywhereWith([...said.values()]) },
    resolver: following(resolverIn),
    resolverWith: (patches) => following(resolversOf(inNameOrder(patches))),
    resolverIn,
  };
  return made;
}

/** What a group says of the values of its charts is the broadest layer of each. Where it has none, that is a mistake of all its components. */
function withGroup({ construct, layers }: AppModel, group: ComponentGroup): AppModel['layers'] {
  const { values, components } = group;
  const isChart = (one: unknown) => one instanceof Component && one.isChart;
  if (values === undefined || (!isChart(construct) && components.some(isChart))) return layers;
  return { ...layers, everywhere: [new CompiledLayer('defaults', { values }, { ...originOf(group), kind: 'defaults' }), ...layers.everywhere] };
}

/** Whether releases say values of a component. */
export function isReleased(app: AppModel): app is ReleasedApp {
  return 'resolverIn' in app;
}
