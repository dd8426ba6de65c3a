import type { AppContents, FleetContents } from '../../../changes/contents/contents';
import { fieldsOf, isUnsaid } from '../../../changes/fields';
import type { Content } from '../../../changes/state';
import { askedVersion, type SaidValue } from '../../../changes/versions/asked-value';
import type { Place } from '../../../layers/config-files';
import { getOr } from '../../../layers/get-or';
import type { Plain } from '../../../layers/layer';
import { compare } from '../../../layers/problem';
import { baseLayer, fieldKeys } from '../../../layers/record';
import type { SaidBy, Sayers } from './sayers';

/** A value, and who says it. */
export interface Said extends SaidBy {
  readonly value: Plain;
}

/** A field of an app: everything that it says anywhere. */
export interface BookedField {
  readonly name: string;
  readonly said: readonly Said[];
  /** Which of them holds at each target of the app; -1 where none does. */
  readonly at: readonly number[];
}

export interface BookedApp {
  readonly contents: AppContents;
  /** Sorted by name. */
  readonly fields: readonly BookedField[];
  /** Which of them is its version. @default - it has none */
  readonly version?: number;
}

/** The name of a field that stands for several versions, of several sources or in several places. */
const versionName = 'version';

/** Everything that the apps of a fleet say, with who says it. Targets at which the same say the same are looked at once. */
export function bookOf({ topology, apps }: Pick<FleetContents, 'topology' | 'apps'>, sayers: Sayers): readonly BookedApp[] {
  const asked = askedVersion(topology);
  const keysOf = new Map<string, readonly string[]>();
  return apps.map((contents) => {
    const versions = new Map([...new Set(contents.targets.map(contents.contentAt))].map((content) => [content, asked.of(content)]));
    const own = [...new Set([...versions.values()].flatMap(({ value, fields }) => (value === undefined ? [] : fields.map((keys) => keys.join('\n')))))];
    const single = own.length === 1 ? own[0]?.split('\n') : undefined;
    const fields = new Map<string, FieldBook>();
    const rows = new Map<Content, Map<unknown, readonly Written[]>>();
    for (const [index, target] of contents.targets.entries()) {
      const content = contents.contentAt(target);
      const known = getOr(rows, content, () => new Map());
      const row = getOr(known, sayers.alikeAt(contents, target), () => {
        const sayer = sayers.at(contents, target);
        const write = (name: string, said: Said) => {
          const field = getOr(fields, name, () => new FieldBook(contents.targets.length));
          return { field, which: field.write(said) };
        };
        const said = [...fieldsOf(content)].flatMap(([name, value]) => {
          const keys = getOr(keysOf, name, () => fieldKeys(name) ?? [name]);
          return isUnsaid(name) ? [] : [write(name, { value, ...sayer(keys) })];
        });
        const version = single ? undefined : versionOf(versions.get(content) as SaidValue, sayer);
        return version ? [...said, write(versionName, version)] : said;
      });
      for (const { field, which } of row) field.at[index] = which;
    }
    const sorted = [...fields].sort(([a], [b]) => compare(a, b)).map(([name, { said, at }]) => ({ name, said, at }));
    const name = single === undefined ? versionName : sorted.find((field) => sameKeys(fieldKeys(field.name), single))?.name;
    const version = sorted.findIndex((field) => field.name === name);
    return { contents, fields: sorted, ...(version < 0 ? {} : { version }) };
  });
}

function sameKeys(keys: readonly string[] = [], others: readonly string[]): boolean {
  return keys.join('\n') === others.join('\n');
}

/** Several versions as one value; who says it is the first of those that say one that the base does not. */
function versionOf({ value, fields }: SaidValue, sayer: ReturnType<Sayers['at']>): Said | undefined {
  if (value === undefined) return undefined;
  const sayings = fields.map(sayer);
  return { value, ...(sayings.find(({ layer }) => layer !== undefined && layer !== baseLayer) ?? sayings[0]) };
}

/** A field, and which of what it says holds. */
interface Written {
  readonly field: FieldBook;
  readonly which: number;
}

/** Collects what a field says. */
class FieldBook {
  readonly said: Said[] = [];
  readonly at: number[];
  readonly #known = new Map<string, number>();

  constructor(targets: number) {
    this.at = new Array<number>(targets).fill(-1);
  }

  /** @returns which it is */
  write(said: Said): number {
    const key = JSON.stringify([said.value, said.layer, said.place?.file, said.place?.place]);
    return getOr(this.#known, key, () => this.said.push(said) - 1);
  }
}

/** A field's places as they are written, each once. */
export function placesOf(apps: readonly BookedApp[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const { fields } of apps) for (const { said } of fields) for (const { place } of said) if (place) places.set(placeKey(place), place);
  return places;
}

export function placeKey({ file, place }: Place): string {
  return [file, ...place].join('\0');
}
