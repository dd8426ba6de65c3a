import { baseLayer, fieldKeys, fieldText, releaseLayer } from '../../layers/record';
import { LayerPlaces } from '../layer-places';
import type { State } from '../state';
import type { StateLayers } from '../state-layers';
import { componentKeys, followedField, keysBesideValues } from './component-field';

/** The layer with the last word about a field of an app at a target; `undefined` where nobody recorded it. */
export type LastWord = (clusterType: string, app: string, field: string, target: string) => string | undefined;

/** Who has the last word in a state, of components too. */
export function lastWordOf({ fleet }: Pick<State, 'fleet'>, layers: StateLayers): LastWord {
  if (fleet.topology === 'dimensions') return (clusterType, app, field, target) => layers.layerOf(clusterType, app, field, target);
  return (clusterType, app, field, target) => {
    const keys = componentKeys(fieldKeys(field) ?? []);
    const [first = ''] = keys;
    const beside = keysBesideValues(fieldKeys(field) ?? []);
    const above = beside && layers.layerIn(clusterType, app, fieldText(beside), target);
    if (above !== undefined && above !== baseLayer) return above;
    const said = keys.length === 0 ? layers.layerOf(clusterType, app, field, target) : layers.layerIn(clusterType, app, fieldText(keys), target);
    const follows = followedField(keys);
    const own = said === baseLayer && follows !== undefined ? layers.layerIn(clusterType, app, follows, target) : said;
    // A component says for itself whether it is deployed, and what its chart is given; the rest comes with the release of its group.
    const isReleased = own === releaseLayer || (own === baseLayer && !ofComponents.has(first));
    return isReleased ? (layers.layerOf(clusterType, 'releases', 'release', target) ?? own) : own;
  };
}

const ofComponents: ReadonlySet<string> = new Set(['values', 'enabled']);

/** The same of a field of an object beside an app's own: of those of members, their settings and their groups have it. */
export type LastWordOfObject = (clusterType: string, app: string, object: string, field: string, target: string) => string | undefined;

export function lastWordOfObjects(state: State, layers: StateLayers): LastWordOfObject {
  const places = new LayerPlaces(state);
  return (ofType, ofApp, object, of, target) => {
    const place = places.of({ clusterType: ofType }, { app: ofApp, object }, of);
    if (!place) return undefined;
    const { clusterType, app, field, isMap = false } = place;
    const layer = isMap ? layers.layerIn(clusterType, app, field, target) : layers.layerOf(clusterType, app, field, target);
    // What an Argo CD needs comes with it, whatever its base says.
    return field === 'enabled' && layer === baseLayer ? undefined : layer;
  };
}

/** Which layer says whose Argo CD deploys what a member gets; `undefined` where none but the base does. */
export function deployerWord(state: State, layers: StateLayers): (target: string) => string | undefined {
  const { deployer } = new LayerPlaces(state);
  return (target) =>
    deployer.map(({ clusterType, app, field }) => layers.layerOf(clusterType, app, field, target)).find((layer) => layer !== undefined && layer !== baseLayer);
}
