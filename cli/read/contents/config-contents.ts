import type { AppContents, FleetContents } from '../../../changes/contents/contents';
import { stateContents } from '../../../changes/contents/state-contents';
import { inConfigurationsWords } from '../../../changes/fields';
import type { Content } from '../../../changes/state';
import { type AnyFleet, type AppValues, type FleetValues, fleetValuesOf, HubFleet } from '../../../constructs';
import { layerLabel } from '../../../layers/layer';
import { Branch, isUnset, type Node, sayingNode, tryFindNode } from '../../../layers/node';
import { baseLayer } from '../../../layers/record';
import { mapStrings, showTokens } from '../../../layers/text/token';
import { configState } from '../state/config-state';

/**
 * What the apps of a configuration say now. Nothing is rendered; but of a fleet of hubs and spokes, where what a member gets depends on
 * what it is.
 *
 * @param values @default - without what roots inject of what others use, which is known only once everything is rendered
 */
export function configContents(fleet: AnyFleet, values = fleetValuesOf(fleet)): FleetContents {
  if (fleet instanceof HubFleet) return stateContents(configState(fleet.synth()));
  const clusterTypes = [...values.clusterTypes].sort().filter((name) => values.targetsOf(name).length > 0);
  return {
    name: 'the configuration',
    topology: 'dimensions',
    targets: new Map(clusterTypes.map((name) => [name, values.targetsOf(name).map(({ path }) => path)])),
    apps: clusterTypes.flatMap((name) => values.appsOf(name).map((app) => appContents(app, values))),
  };
}

function appContents(app: AppValues, values: FleetValues): AppContents {
  const targets = new Map(values.targetsOf(app.clusterType).map((target) => [target.path, target]));
  const contents = new WeakMap<object, Content>();
  const at = (path: string) => targets.get(path) ?? values.findTarget(app.clusterType, path);
  return {
    clusterType: app.clusterType,
    app: app.name,
    targets: [...targets.values()].filter((target) => app.isEnabledAt(target)).map(({ path }) => path),
    contentAt: (path) => {
      const manifest = app.manifestAt(at(path));
      const known = contents.get(manifest) ?? inConfigurationsWords(mapStrings<Content>(manifest as unknown as Content, showTokens));
      contents.set(manifest, known);
      return known;
    },
    layerOf: (keys, path) => layerOf(app.valuesAt(at(path)), keys),
    layersAt: (path) => app.valuesAt(at(path)),
  };
}

/**
 * As the record of the app says it: the layer of a value, or of what holds it and is a value itself: a list, or a map whose keys are all
 * unset. What the base takes out is not recorded: a map of which nothing is left speaks for it.
 */
function layerOf(values: Branch, keys: readonly string[]): string {
  const said = sayingNode(values, keys);
  if (said === undefined) return baseLayer;
  const isValue = (node: Node | undefined) => node !== undefined && (!(node instanceof Branch) || node.keys.length === 0);
  const { node } = said;
  const label = isValue(node) ? layerLabel(node.source) : baseLayer;
  const above = label === baseLayer && isUnset(node) ? tryFindNode(values, said.keys.slice(0, -1)) : undefined;
  return above && isValue(above) ? layerLabel(above.source) : label;
}
