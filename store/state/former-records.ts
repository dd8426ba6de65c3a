import type { StateFile, StateRecord } from '../../changes/state';
import { baseLayer, fieldsAbove, type LayerReader } from '../../layers/record';
import { blobId } from '../git/objects';
import type { Blobs } from './blobs';
import { type FieldLayers, formerLayers, formerValueLayers } from './former-layers';
import { sortTree, type TreeFile } from './output-tree';

/** An app of output of versions that recorded nothing apart. */
interface FormerApp {
  readonly clusterType: string;
  readonly app: string;
  readonly rendered: Set<string>;
  /** The files that name the layers of its values, by target. */
  readonly ids: ReadonlyMap<string, string>;
}

const valuesFile = '/values.yaml';

/** The records of output of versions that had none: every target said itself which layers set its values. Read where somebody asks. */
export function formerRecords(files: readonly TreeFile[], blobs: Blobs): readonly StateRecord[] {
  const sorted = sortTree(files, { sequence: [] });
  const values = new Map(files.flatMap(({ path, id }) => (path.endsWith(valuesFile) ? [[path.slice(0, -valuesFile.length), id] as const] : [])));
  const apps = new FormerApps();
  for (const { clusterType, target, path } of sorted.files) {
    const [, app] = /^templates\/([^/]+)\.yaml$/.exec(path) ?? [];
    if (app !== undefined) apps.of(clusterType, app, () => idsOf(values, clusterType, sorted.targets.get(clusterType) ?? [])).rendered.add(target);
  }
  const read = new FormerFiles(blobs, formerLayers);
  return apps.records((app) => new FormerReader(app, (id) => read.at(id, app.ids.values())?.get(app.app)));
}

function idsOf(values: ReadonlyMap<string, string>, clusterType: string, targets: readonly string[]): ReadonlyMap<string, string> {
  return new Map(targets.flatMap((target) => [values.get(`${clusterType}/${target}`)].flatMap((id) => (id === undefined ? [] : [[target, id] as const]))));
}

/** The same of fleets of hubs, where values of charts named their layers, and nothing else did. @param files what members get */
export function formerHubRecords(files: Iterable<StateFile>, blobs: Blobs): readonly StateRecord[] {
  const apps = new FormerApps();
  const values = new Map<string, Map<string, string>>();
  for (const { clusterType, target, path, id } of files) {
    const [, isValues, app] = /^(values\/)?[^/]+\/([^/]+)\.yaml$/.exec(path) ?? [];
    if (app === undefined || path.startsWith('bootstrap/')) continue;
    const key = `${clusterType}/${app}`;
    const ids = values.get(key) ?? new Map<string, string>();
    values.set(key, ids);
    const former = apps.of(clusterType, app, () => ids);
    if (isValues === undefined) former.rendered.add(target);
    else ids.set(target, id);
  }
  const read = new FormerFiles(blobs, formerValueLayers);
  return apps.records((app) => new FormerReader(app, (id) => read.at(id, app.ids.values())));
}

class FormerApps {
  readonly #apps = new Map<string, FormerApp>();

  of(clusterType: string, app: string, ids: () => FormerApp['ids']): FormerApp {
    const key = `${clusterType}/${app}`;
    const known = this.#apps.get(key) ?? { clusterType, app, rendered: new Set(), ids: ids() };
    this.#apps.set(key, known);
    return known;
  }

  records(readerOf: (app: FormerApp) => LayerReader): readonly StateRecord[] {
    return [...this.#apps.values()].map((app) => {
      let reader: LayerReader | undefined;
      // Whatever names other layers somewhere is another record.
      const said = [...app.ids].map(([target, id]) => `${target} ${id} ${app.rendered.has(target)}`).join('\n');
      return {
        clusterType: app.clusterType,
        app: app.app,
        id: blobId(Buffer.from(said), [...app.ids.values()][0] ?? ''),
        read: () => {
          reader ??= readerOf(app);
          return reader;
        },
      };
    });
  }
}

/** What files say, each distinct one read once. */
class FormerFiles<T> {
  readonly #blobs: Blobs;
  readonly #read: (text: string) => T;
  readonly #known = new Map<string, T>();

  constructor(blobs: Blobs, read: (text: string) => T) {
    this.#blobs = blobs;
    this.#read = read;
  }

  /** Who asks for one may ask for no other; who asks for a second one asks for many. @param others those that are alike */
  at(id: string, others: Iterable<string>): T | undefined {
    if (!this.#known.has(id)) {
      const wanted = this.#known.size === 0 ? [id] : new Set([id, ...others]);
      const unknown = [...wanted].filter((one) => !this.#known.has(one));
      for (const [one, text] of this.#blobs.texts(unknown)) this.#known.set(one, this.#read(text));
    }
    return this.#known.get(id);
  }
}

/** Reads the layers of one app. */
class FormerReader implements LayerReader {
  readonly #app: FormerApp;
  readonly #layersIn: (id: string) => FieldLayers | undefined;
  readonly #otherwise: string | undefined;

  /** @param otherwise the layer of what no file names. @default - nobody recorded it, but for values of charts */
  constructor(app: FormerApp, layersIn: (id: string) => FieldLayers | undefined, otherwise?: string) {
    this.#app = app;
    this.#layersIn = layersIn;
    this.#otherwise = otherwise;
  }

  get fields(): Iterable<string> {
    const fields = new Set<string>();
    for (const id of new Set(this.#app.ids.values())) {
      for (const [field, layer] of this.#layersIn(id) ?? []) if (layer !== baseLayer) fields.add(field);
    }
    return fields;
  }

  isRendered(target: string): boolean {
    return this.#app.rendered.has(target);
  }

  layerOf(field: string, target: string): string | undefined {
    const layers = this.#layersAt(target);
    if (!layers) return undefined;
    for (const above of fieldsAbove(field)) {
      const layer = layers.get(above);
      if (layer !== undefined) return layer;
    }
    return this.#otherwise ?? (/^values(\.|$)/.test(field) ? baseLayer : undefined);
  }

  layerIn(field: string, target: string): string | undefined {
    const own = this.layerOf(field, target);
    if (own !== baseLayer) return own;
    for (const [inside, layer] of this.#layersAt(target) ?? []) if (layer !== baseLayer && inside.startsWith(`${field}.`)) return layer;
    return own;
  }

  #layersAt(target: string): FieldLayers | undefined {
    const id = this.#app.ids.get(target);
    return id === undefined ? undefined : this.#layersIn(id);
  }
}
