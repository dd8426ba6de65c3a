import { compare } from '../problem';
import { anything, kindsOf, type ValueShape } from './value-shape';

/** What one version of a chart takes. */
export interface VersionShape {
  readonly version: string;
  readonly shape: ValueShape;
}

/**
 * What any of several versions takes: a key of any of them is a key, and says of which where it is not of all. Words are
 * those of the last version.
 *
 * @param versions the oldest first
 */
export function uniteVersions(versions: readonly VersionShape[]): ValueShape {
  return new Union(versions.map(({ version }) => version)).of(versions.map(({ shape }) => shape));
}

/** What any of several alternatives is. */
export function uniteShapes(shapes: readonly ValueShape[]): ValueShape {
  return new Union().of(shapes);
}

/** Shapes may share parts with one another, many times over: each set of parts is united once. */
class Union {
  readonly #versions: readonly string[] | undefined;
  readonly #ids = new Map<ValueShape, number>();
  readonly #known = new Map<string, ValueShape>();

  constructor(versions?: readonly string[]) {
    this.#versions = versions;
  }

  /** @param shapes by version; `undefined` where a version has none */
  of(shapes: readonly (ValueShape | undefined)[]): ValueShape {
    const id = shapes.map((shape) => (shape ? this.#idOf(shape) : '')).join(' ');
    let united = this.#known.get(id);
    if (!united) {
      united = this.#unite(shapes);
      this.#known.set(id, united);
    }
    return united;
  }

  #idOf(shape: ValueShape): number {
    const known = this.#ids.get(shape);
    if (known !== undefined) return known;
    this.#ids.set(shape, this.#ids.size);
    return this.#ids.size - 1;
  }

  #unite(all: readonly (ValueShape | undefined)[]): ValueShape {
    const shapes = all.filter((shape) => shape !== undefined);
    const [first] = shapes;
    if (first && shapes.every((shape) => shape === first)) return first;
    const last = <T>(pick: (shape: ValueShape) => T | undefined) => shapes.map(pick).findLast((found) => found !== undefined);
    const said = { description: last(({ description }) => description), default: last((shape) => shape.default) };
    if (shapes.some(({ isAny }) => isAny)) return { ...anything, ...said };
    const scalar = shapes.filter(({ scalars }) => scalars.length > 0);
    const words = scalar.every((shape) => shape.words) ? [...new Set(scalar.flatMap((shape) => shape.words ?? []))] : undefined;
    const part = (pick: (shape: ValueShape) => ValueShape | undefined) => (shapes.some(pick) ? this.of(all.map((shape) => shape && pick(shape))) : undefined);
    return {
      ...said,
      scalars: kindsOf(scalar.flatMap(({ scalars }) => scalars)),
      ...(words && words.length > 0 ? { words } : {}),
      keys: this.#keys(all),
      rest: part(({ rest }) => rest),
      items: part(({ items }) => items),
    };
  }

  #keys(all: readonly (ValueShape | undefined)[]): ValueShape['keys'] {
    const maps = all.filter((shape) => shape?.keys);
    if (maps.length === 0) return undefined;
    const names = [...new Set(maps.flatMap((shape) => [...(shape?.keys?.keys() ?? [])]))].sort(compare);
    return new Map(
      names.map((name) => {
        const found = all.map((shape) => shape?.keys?.get(name));
        const only = this.#versions?.filter((_, index) => found[index] !== undefined);
        const united = this.of(found);
        // A map that some versions do not have at all says so itself.
        return [name, only && only.length < maps.length ? { ...united, only } : united];
      }),
    );
  }
}
