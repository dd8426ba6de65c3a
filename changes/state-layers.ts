import type { LayerReader } from '../layers/record';
import type { State, StateRecord } from './state';

/** Where the values of a state come from. */
export class StateLayers {
  readonly #records: ReadonlyMap<string, StateRecord>;
  readonly #read = new Map<string, LayerReader | undefined>();

  constructor(state: State) {
    this.#records = new Map(state.records.map((record) => [`${record.clusterType}/${record.app}`, record]));
  }

  /** @returns `undefined` where nobody recorded it */
  record(clusterType: string, app: string): LayerReader | undefined {
    const key = `${clusterType}/${app}`;
    if (!this.#read.has(key)) this.#read.set(key, this.#records.get(key)?.read());
    return this.#read.get(key);
  }

  /**
   * The layer that says something of a field at a target: `base`, or as records name it.
   *
   * @returns `undefined` where nobody recorded it
   */
  layerOf(clusterType: string, app: string, field: string, target: string): string | undefined {
    return this.record(clusterType, app)?.layerOf(field, target);
  }

  /** Equal for targets at which {@link layerOf} and {@link layerIn} say the same of every field; what else is equal may be told apart. */
  alike(clusterType: string, app: string, target: string): string {
    const record = this.record(clusterType, app);
    return record === undefined ? '' : (record.alike?.(target) ?? target);
  }

  /** The same of a map: of all that is in it, the first layer that is not the base. */
  layerIn(clusterType: string, app: string, field: string, target: string): string | undefined {
    return this.record(clusterType, app)?.layerIn(field, target);
  }
}
