import type { Plain } from '../layers/layer';
import { baseLayer, membersName, releaseLayer, releasesName } from '../layers/record';
import type { Difference } from './differences';
import { type LayerPlace, LayerPlaces } from './layer-places';
import type { State, StateFile, Subject } from './state';
import { StateLayers } from './state-layers';

/** The layers that have, and had, the word about a field at one target. */
export interface Causes {
  readonly now?: string;
  readonly before?: string;
  /** Where records say so. @default - no layer has a word about it */
  readonly place?: LayerPlace;
  /** Of what a chart makes of several values: those of the others. @default - one layer has the word about all of them */
  readonly others?: readonly Causes[];
}

/** Which layers changes from one state to another come from. */
export class CausesOf {
  readonly before: StateLayers;
  readonly after: StateLayers;
  readonly isOfHubs: boolean;
  readonly #places: LayerPlaces;
  /** Members of which only one of the states has an Argo CD. */
  readonly #changingSides: ReadonlySet<string>;

  constructor(before: State, after: State) {
    this.before = new StateLayers(before);
    this.after = new StateLayers(after);
    this.isOfHubs = after.fleet.topology === 'hub-and-spoke';
    // What is gone has its place in the records of before.
    this.#places = new LayerPlaces({ ...after, records: [...after.records, ...before.records] });
    const [had, have] = [membersWithArgoCD(before), membersWithArgoCD(after)];
    this.#changingSides = new Set([...had, ...have].filter((member) => !had.has(member) || !have.has(member)));
  }

  /** Why a field says something else. */
  field(file: StateFile, subject: Subject, { field, before: from, after: to }: Difference): Causes {
    const found = this.#places.of(file, subject, field);
    const { now, before, place } = found?.field === 'enabled' ? this.#enabled(found, file.target) : this.#at(found, file.target);
    return { now: sayingNothing(now, to), before: sayingNothing(before, from), place };
  }

  /** Why an app comes or goes. @param isMoved whether another Argo CD deploys it instead */
  app(file: StateFile, subject: Subject, isMoved: boolean): Causes {
    return isMoved ? this.#deployer(file.target) : this.#enabled(this.#places.of(file, subject, 'enabled'), file.target);
  }

  #enabled(place: LayerPlace | undefined, target: string): Causes {
    const enabled = this.#at(place, target);
    // With an Argo CD comes and goes what it needs, whatever its layers say.
    return this.#changingSides.has(target) && enabled.now === enabled.before ? this.#deployer(target) : enabled;
  }

  #deployer(target: string): Causes {
    const found = this.#places.deployer.map((place) => this.#at(place, target));
    return found.find(({ now, before }) => now !== before) ?? (found[0] as Causes);
  }

  #at(place: LayerPlace | undefined, target: string): Causes {
    if (!place) return {};
    const { clusterType, app, field, isMap = false, follows, besides } = place;
    const layer = (layers: StateLayers) => {
      const own = isMap ? layers.layerIn(clusterType, app, field, target) : layers.layerOf(clusterType, app, field, target);
      return own === baseLayer && follows !== undefined ? layers.layerIn(clusterType, app, follows, target) : own;
    };
    const [now, before] = [layer(this.after), layer(this.before)];
    // What a release says comes and goes with whoever says which release a member has.
    if (app !== releasesName && (now === releaseLayer || before === releaseLayer)) {
      const moved = this.#at({ clusterType, app: releasesName, field: 'release' }, target);
      if (moved.now !== moved.before) return moved;
    }
    // Where layers of the component have not moved, it is what is said besides that has: where the member's home is, for one.
    if (besides && now === before) {
      const moved = this.#at(besides, target);
      if (moved.now !== moved.before) return moved;
    }
    return { now, before, place };
  }
}

function membersWithArgoCD({ files, fleet }: State): ReadonlySet<string> {
  if (fleet.topology === 'dimensions') return new Set();
  return new Set(files.flatMap(({ path, target, clusterType }) => (clusterType === membersName && path === 'bootstrap/root.yaml' ? [target] : [])));
}

/** Where nothing is set and no layer unset it, none has the word. */
function sayingNothing(layer: string | undefined, value: Plain | undefined): string | undefined {
  return value === undefined && layer === baseLayer ? undefined : layer;
}
