import { getOr } from './get-or';
import { everywhere, pathsTo } from './hierarchy';
import type { Law } from './law/law';
import { layerLabel } from './layer';
import { Branch } from './node';
import { type Collapse, PathSet } from './path-set';
import { compare } from './problem';
import { showTokens } from './text/token';

/** The folder of rendered output that says where everything comes from; no node and no cluster type can be called so. */
export const recordFolder = '_record';

/** Which form records have. A version that finds a later one in Git does not know what it says. */
export const recordFormat = 1;

/** In fleets of hubs: what members get besides what runs on them, and how its settings are called in commands: `fleet promote members settings PATCH`. */
export const membersName = 'members';
export const settingsName = 'settings';

/** How the releases of a group are called in commands, beside its components. */
export const releasesName = 'releases';

/** Which targets there are, and in which order changes roll out. */
export interface FleetRecord {
  readonly topology: 'dimensions' | 'hub-and-spoke';
  /** In the singular, the outermost first. */
  readonly dimensions: readonly string[];
  /** Every complete path. */
  readonly sequence: readonly string[];
  /** @default - a version wrote it that recorded none */
  readonly law?: Law;
}

/** Where an app is rendered, and which layer set what is not its base's: all targets in one, and nothing of another app. */
export interface AppRecord {
  /** Dimension paths: it is rendered at every target of its cluster type at or below one. */
  readonly rendered: readonly string[];
  /** By the names of the layers. */
  readonly layers: readonly RecordedLayer[];
  /** @default - it has none, or a version wrote it that recorded none */
  readonly patches?: readonly RecordedPatch[];
  /** Dimension paths at or below which what it deployed goes with it, whichever layer says so, the base among them. @default - nowhere */
  readonly uninstalls?: readonly string[];
  /** What its charts are told, where they are opened: Git holds their objects alone. @default - none is, or a version wrote it that recorded none */
  readonly told?: readonly RecordedValues[];
}

/** Values, without what they say: each a field, as {@link fieldText} writes it, a blank and a digest of the value. */
export interface RecordedValues {
  /** Dimension paths at or below which they are so. */
  readonly at: readonly string[];
  /** Sorted. */
  readonly values: readonly string[];
}

/** Where a patch in flight sits, whatever it sets there. */
export interface RecordedPatch {
  /** Its name, as layers call it: {@link patchLabel}. */
  readonly patch: string;
  /** Dimension paths, in sequence. */
  readonly at: readonly string[];
}

/** Fields in which a layer wins over all others. */
export interface RecordedLayer {
  /** As {@link layerLabel} says it. */
  readonly layer: string;
  /** Dimension paths at or below which it wins, of those of the app. */
  readonly at: readonly string[];
  /** Sorted, as {@link fieldText} writes them. */
  readonly fields: readonly string[];
}

/** The layer of a value that no record names. */
export const baseLayer = 'base';
/** The layer of values that the release of a group says. */
export const releaseLayer = 'release';

/** Keys as one text: `source.helm.valuesObject.replicaCount`, `annotations.'argocd.argoproj.io/sync-wave'`. */
export function fieldText(keys: readonly string[]): string {
  return keys.map(keyText).join('.');
}

function keyText(written: string): string {
  // What stands for a token is this process's own, and no output holds it.
  const key = showTokens(written);
  return key !== '' && !/[.'"\s[\]#:]/.test(key) ? key : `'${key.replace(/'/g, "''")}'`;
}

/** A field's keys. @returns `undefined` for a text that is none: a quote without its end */
export function fieldKeys(text: string): readonly string[] | undefined {
  const keys: string[] = [];
  const part = /(?:'((?:[^']|'')*)'|([^.']*))(\.|$)/y;
  for (;;) {
    const [, quoted, bare = '', end] = part.exec(text) ?? [];
    if (end === undefined) return undefined;
    keys.push(quoted?.replace(/''/g, "'") ?? bare);
    if (end === '') return keys;
  }
}

/** Values of a map that another layer than the base set or unset: indexes of pairs of a field and its layer. */
interface Signature {
  readonly above: string;
  readonly pairs: readonly number[];
}

/** Targets at which every layer sets the same fields. */
interface Alike {
  readonly pairs: readonly number[];
  readonly targets: string[];
}

/** Collects what one app's record says, target after target. */
export class AppRecorder {
  readonly #above: string;
  readonly #signatures = new WeakMap<Branch, Signature>();
  readonly #pairs: (readonly [field: string, layer: string])[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #alike = new Map<string, Alike>();
  readonly #known = new WeakMap<Branch, Alike>();
  readonly #rendered: string[] = [];
  readonly #uninstalls: string[] = [];

  /** @param above the field below which the values stand. @default - they are the app's own */
  constructor(above = '') {
    this.#above = above;
  }

  /** @param target a complete path @param uninstalls whether what it deployed goes with it. @default false */
  add(target: string, values: Branch, isRendered: boolean, uninstalls = false): void {
    if (isRendered) this.#rendered.push(target);
    if (uninstalls) this.#uninstalls.push(target);
    let alike = this.#known.get(values);
    if (!alike) {
      const { pairs } = this.#signature(values, this.#above);
      alike = getOr(this.#alike, pairs.join(), () => ({ pairs, targets: [] }));
      this.#known.set(values, alike);
    }
    alike.targets.push(target);
  }

  /** @param collapse of the targets of its cluster type */
  record(collapse: Collapse): AppRecord {
    const byLayer = new Map<string, Map<string, number[]>>();
    const alike = [...this.#alike.values()];
    for (const [index, { pairs }] of alike.entries()) {
      for (const pair of pairs) {
        const [field, layer] = this.#pairs[pair] as readonly [string, string];
        const fields = getOr(byLayer, layer, () => new Map<string, number[]>());
        getOr(fields, field, () => []).push(index);
      }
    }
    // Most fields of a layer stand at the same targets.
    const known = new Map<string, readonly string[]>();
    const pathsOf = (parts: readonly number[]) => getOr(known, parts.join(), () => collapse(parts.flatMap((index) => (alike[index] as Alike).targets)));
    const layers = [...byLayer].flatMap(([layer, fields]): readonly RecordedLayer[] => {
      const byPlace = new Map<string, { readonly at: readonly string[]; readonly fields: string[] }>();
      for (const [field, parts] of fields) {
        const at = pathsOf(parts);
        getOr(byPlace, at.join(), () => ({ at, fields: [] })).fields.push(field);
      }
      return [...byPlace.values()].map(({ at, fields: same }) => ({ layer, at, fields: same.sort(compare) }));
    });
    return {
      rendered: collapse(this.#rendered),
      layers: layers.sort((a, b) => compare(a.layer, b.layer) || compare(a.at.join(), b.at.join())),
      ...(this.#uninstalls.length === 0 ? {} : { uninstalls: collapse(this.#uninstalls) }),
    };
  }

  #signature(values: Branch, above: string): Signature {
    const known = this.#signatures.get(values);
    if (known?.above === above) return known;
    const pairs: number[] = [];
    for (const [key, child] of Object.entries(values.children)) {
      const field = above === '' ? keyText(key) : `${above}.${keyText(key)}`;
      // A map whose keys are all unset is a value of its own, and each of those keys is one too.
      const isValue = !(child instanceof Branch) || child.keys.length === 0;
      if (isValue && child.source.kind !== baseLayer) pairs.push(this.#pair(field, layerLabel(child.source)));
      if (child instanceof Branch) for (const pair of this.#signature(child, field).pairs) pairs.push(pair);
    }
    const signature = { above, pairs };
    this.#signatures.set(values, signature);
    return signature;
  }

  #pair(field: string, layer: string): number {
    return getOr(this.#indexes, `${layer}\n${field}`, () => this.#pairs.push([field, layer]) - 1);
  }
}

/** What is recorded of an app. */
export interface LayerReader {
  /** The names of all layers but the base that have a word about anything anywhere. @default - nobody recorded them apart */
  readonly layers?: ReadonlySet<string>;
  /** Every field that another layer than the base says something of, somewhere. */
  readonly fields: Iterable<string>;
  isRendered(target: string): boolean;
  /**
   * The layer that has the last word about a field at a target; about what is in a list, the layer that sets the list.
   *
   * @returns `undefined` where nobody recorded it
   */
  layerOf(field: string, target: string): string | undefined;
  /** The first layer but the base that has the last word at a target about a map or something in it. */
  layerIn(field: string, target: string): string | undefined;
  /** Equal for targets at which the same layers have the last word about the same fields. @default - nobody knows without asking of each */
  alike?(target: string): string;
  /** Where a patch sits, by its name as layers call it. @returns `undefined` where nobody recorded it */
  patchAt?(patch: string): readonly string[] | undefined;
  /** The names of its patches in flight, as layers call them. @default - nobody recorded them */
  readonly patches?: readonly string[];
  /** Whether what it deployed goes with it at a target, deployed or not. @returns `undefined` where nobody recorded it */
  uninstalls?(target: string): boolean;
  /** Digests of what the charts of an opened app are told at a target, by their fields. @returns `undefined` where nobody recorded it */
  told?(target: string): ReadonlyMap<string, string> | undefined;
}

/** Reads one app's record. */
export class RecordReader implements LayerReader {
  readonly layers: ReadonlySet<string>;
  readonly #places = new Map<string, { readonly layer: string; readonly paths: PathSet }[]>();
  readonly #patches: ReadonlyMap<string, readonly string[]>;
  readonly #rendered: PathSet;
  readonly #uninstalls: PathSet;
  /** What charts are told at or below a path. */
  readonly #told = new Map<string, string[]>();
  /** Which of the recorded layers win at or below a path. */
  readonly #wins = new Map<string, number[]>();

  constructor(record: AppRecord) {
    this.layers = new Set(record.layers.map(({ layer }) => layer));
    this.#patches = new Map(record.patches?.map(({ patch, at }) => [patch, at]));
    this.#rendered = new PathSet(record.rendered);
    this.#uninstalls = new PathSet(record.uninstalls ?? []);
    for (const { at, values } of record.told ?? []) for (const path of at) getOr(this.#told, path, () => []).push(...values);
    for (const [index, { layer, at, fields }] of record.layers.entries()) {
      const paths = new PathSet(at);
      for (const path of at) getOr(this.#wins, path, () => []).push(index);
      for (const field of fields) getOr(this.#places, field, () => []).push({ layer, paths });
    }
  }

  get fields(): Iterable<string> {
    return this.#places.keys();
  }

  get patches(): readonly string[] {
    return [...this.#patches.keys()];
  }

  isRendered(target: string): boolean {
    return this.#rendered.covers(target);
  }

  uninstalls(target: string): boolean {
    return this.#uninstalls.covers(target);
  }

  alike(target: string): string {
    return [everywhere, ...pathsTo(target)].flatMap((path) => this.#wins.get(path) ?? []).join();
  }

  layerOf(field: string, target: string): string {
    for (const above of fieldsAbove(field)) {
      const place = this.#places.get(above)?.find(({ paths }) => paths.covers(target));
      if (place) return place.layer;
    }
    return baseLayer;
  }

  layerIn(field: string, target: string): string {
    const own = this.layerOf(field, target);
    if (own !== baseLayer) return own;
    for (const [inside, places] of this.#places) {
      const place = inside.startsWith(`${field}.`) ? places.find(({ paths }) => paths.covers(target)) : undefined;
      if (place) return place.layer;
    }
    return baseLayer;
  }

  told(target: string): ReadonlyMap<string, string> | undefined {
    const found = [everywhere, ...pathsTo(target)].flatMap((path) => this.#told.get(path) ?? []);
    if (found.length === 0) return undefined;
    return new Map(found.map((value) => [value.slice(0, value.lastIndexOf(' ')), value.slice(value.lastIndexOf(' ') + 1)]));
  }

  patchAt(patch: string): readonly string[] | undefined {
    return this.#patches.get(patch);
  }
}

/** A field, and those that it stands in, the innermost first. */
export function* fieldsAbove(field: string): Generator<string> {
  for (let keys = fieldKeys(field) ?? []; keys.length > 0; keys = keys.slice(0, -1)) yield fieldText(keys);
}
