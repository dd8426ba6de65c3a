import type { AppContents } from '../../../changes/contents/contents';
import { type AnyFleet, type AppValues, type FleetValues, HubFleet } from '../../../constructs';
import type { Place } from '../../../layers/config-files';
import { getOr } from '../../../layers/get-or';
import { type LayerSource, layerLabel } from '../../../layers/layer';
import { type Branch, sayingNode } from '../../../layers/node';
import { releasesName } from '../../../layers/record';
import { tryReleasedSayer } from '../history/released-field';

/** Who says a field of an app at a target. */
export interface SaidBy {
  /** @default - nobody recorded it */
  readonly layer?: string;
  /** Where the layer says it. @default - it is a commit's, or declared in code */
  readonly place?: Place;
}

/** Who says what the apps of a fleet say. */
export interface Sayers {
  /** Equal for targets at which the same layers say the same fields; what else is equal may be told apart. */
  alikeAt(app: AppContents, target: string): unknown;
  /** @param target one of the app's own */
  at(app: AppContents, target: string): (keys: readonly string[]) => SaidBy;
}

/** As a commit recorded it: where its layers stood, no configuration of now can say. */
export const sayersThen: Sayers = {
  alikeAt: (app, target) => app.layersAt(target),
  at: (app, target) => (keys) => {
    const layer = app.layerOf(keys, target);
    return layer === undefined ? {} : { layer };
  },
};

/** As the configuration says it, in the words of `fleet explain`. */
export function sayersNow(fleet: AnyFleet, values: FleetValues): Sayers {
  const apps = new Map<string, AppValues>();
  for (const clusterType of values.clusterTypes) for (const app of values.appsOf(clusterType)) apps.set(`${clusterType}/${app.name}`, app);
  const targets = new Map(values.clusterTypes.map((name) => [name, new Map(values.targetsOf(name).map((target) => [target.path, target]))]));
  const tryValuesAt = (clusterType: string, app: string, path: string): Branch | undefined => {
    const target = targets.get(clusterType)?.get(path);
    return target && apps.get(`${clusterType}/${app}`)?.valuesAt(target);
  };
  const isOfHubs = fleet instanceof HubFleet;
  const ids = new Map<Branch | undefined, number>();
  const idOf = (branch: Branch | undefined) => getOr(ids, branch, () => ids.size);
  return {
    alikeAt: ({ clusterType, app }, target) => {
      const own = tryValuesAt(clusterType, app, target);
      return isOfHubs ? `${idOf(own)} ${idOf(tryValuesAt(clusterType, releasesName, target))}` : own;
    },
    at: ({ clusterType, app }, target) => {
      const own = tryValuesAt(clusterType, app, target);
      const released = isOfHubs ? tryReleasedSayer(fleet, values, { clusterType, app, target }) : undefined;
      return (keys) => {
        const found = own && sayingNode(own, keys);
        if (found) return saidBy(found.node.source, found.keys);
        const said = released?.(keys);
        return said ? saidBy(said.source, said.place) : {};
      };
    },
  };
}

function saidBy(source: LayerSource, keys: readonly string[]): SaidBy {
  const file = source.copy ?? source.file;
  return { layer: layerLabel(source), ...(file === undefined ? {} : { place: { file, place: [...source.place, ...keys] } }) };
}
