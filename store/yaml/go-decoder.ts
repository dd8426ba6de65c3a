import { type Alias, type Document, isAlias, isCollection, isMap, isNode, isScalar, isSeq, type Node, type Pair, type Scalar, visit, type YAMLMap } from 'yaml';
import type { Plain } from '../../layers/layer';
import { type GoScalar, goFloatKey, goScalarOf } from '../../layers/text/go-scalar';

type PlainMap = { [key: string]: Plain };

/** A map of Go, in which `1`, `1.0` and `"1"` are three keys: by what tells them apart. */
type GoMap = Map<string, { readonly name: string; readonly value: Plain }>;

const standard = 'tag:yaml.org,2002:';

/** Those that say what a scalar has to be; under any other one it is a text. */
const kinds: ReadonlyMap<string, GoScalar['kind']> = new Map([
  [`${standard}null`, 'null'],
  [`${standard}bool`, 'bool'],
  [`${standard}int`, 'int'],
  [`${standard}float`, 'float'],
] as const);

/**
 * Makes of a document of YAML what Go makes of it: go.yaml.in/yaml v2 (`decode.go`, `resolve.go`), and sigs.k8s.io/yaml, which
 * makes JSON of that. Whatever JSON cannot hold is refused.
 */
export class GoDecoder {
  readonly #document: Document.Parsed;
  readonly #text: string;
  /** An anchor counts from where it stands, and may be said again. */
  readonly #anchored = new Map<Alias, Node>();
  readonly #open = new Set<Node>();
  #steps = 0;
  #aliased = 0;
  #depth = 0;

  /** @param document read without any tags of its own (`failsafe`) @param text that it was read from */
  constructor(document: Document.Parsed, text: string) {
    this.#document = document;
    this.#text = text;
  }

  /** @throws Error where Go would refuse it, or give one of two things by chance */
  decode(): Plain {
    const anchors = new Map<string, Node>();
    visit(this.#document, {
      Node: (_, node, path) => {
        if (isScalar(node) && node.source?.startsWith(':') && node.type === 'PLAIN' && path.some((above) => isCollection(above) && above.flow)) {
          // To Go a `:` between braces parts a key from its value, whatever follows.
          this.#refuse(node, `'${node.source}' stands between braces without quotation marks`);
        }
        if (isAlias(node)) {
          const target = anchors.get(node.source);
          if (!target) this.#refuse(node, `there is no anchor '${node.source}' above`);
          this.#anchored.set(node, target);
        } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
      },
    });
    return this.#value(this.#document.contents);
  }

  #value(node: unknown): Plain {
    if (isAlias(node)) return this.#through(node, (target) => this.#value(target));
    this.#step();
    if (isMap(node)) return this.#map(node);
    if (isSeq(node)) return node.items.map((item) => this.#value(item));
    return isScalar(node) ? this.#scalar(node).value : null;
  }

  #map(node: YAMLMap): Plain {
    const map: GoMap = new Map();
    this.#fill(map, node);
    const found: PlainMap = {};
    for (const { name, value } of map.values()) {
      if (Object.hasOwn(found, name)) this.#refuse(node, `the key '${name}' stands there as a text and as something else`);
      if (name === '__proto__') Object.defineProperty(found, name, { value, enumerable: true, configurable: true, writable: true });
      else found[name] = value;
    }
    return found;
  }

  /** What is merged beats what stands above it, as in Go alone. */
  #fill(map: GoMap, { items }: YAMLMap): void {
    for (const { key, value } of items as readonly Pair[]) {
      if (isMerge(key)) {
        // Of several the first one wins.
        for (const one of isSeq(value) ? [...value.items].reverse() : [value]) this.#merge(map, one);
        continue;
      }
      const [id, name] = this.#key(key);
      map.set(id, { name, value: this.#value(value) });
    }
  }

  #merge(map: GoMap, node: unknown): void {
    if (isAlias(node)) this.#through(node, (target) => this.#mergeMap(map, target));
    else this.#mergeMap(map, node);
  }

  #mergeMap(map: GoMap, node: unknown): void {
    this.#step();
    if (isMap(node)) this.#fill(map, node);
    else this.#refuse(node, '`<<` merges what is no map');
  }

  /** @returns what tells it from others, and what JSON calls it */
  #key(node: unknown): readonly [id: string, name: string] {
    if (isAlias(node)) return this.#through(node, (target) => this.#key(target));
    this.#step();
    const { kind, value } = isScalar(node) ? this.#scalar(node) : { kind: 'null', value: null };
    if (kind === 'null') this.#refuse(node, 'a key is null, a map or a list');
    const name = kind === 'float' ? goFloatKey(value as number) : String(value);
    return [`${kind} ${value}`, name];
  }

  #scalar(node: Scalar): GoScalar {
    return scalarIn(node, this.#text, (message) => this.#refuse(node, message));
  }

  #refuse(node: unknown, message: string): never {
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start === undefined) throw new Error(message);
    const lines = this.#text.slice(0, start).split('\n');
    throw new Error(`${message} at line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`);
  }

  #through<Found>(alias: Alias, read: (target: Node) => Found): Found {
    this.#step();
    const target = this.#anchored.get(alias) as Node;
    if (this.#open.has(alias)) this.#refuse(alias, `the anchor '${alias.source}' holds itself`);
    this.#open.add(alias);
    this.#depth += 1;
    const found = read(target);
    this.#depth -= 1;
    this.#open.delete(alias);
    return found;
  }

  /** Counts, and what comes of aliases: few lines of them could make up more than any machine holds. */
  #step(): void {
    this.#steps += 1;
    if (this.#depth > 0) this.#aliased += 1;
    const [low, high] = [400_000, 4_000_000];
    const allowed = 0.99 - 0.89 * Math.min(1, Math.max(0, (this.#steps - low) / (high - low)));
    if (this.#aliased > 100 && this.#steps > 1000 && this.#aliased / this.#steps > allowed) throw new Error('there are too many aliases');
  }
}

/**
 * What Go takes a scalar for, by its style and its tag.
 *
 * @param node   of a document that was read without any tags of its own (`failsafe`)
 * @param text   that the document was read from
 * @param refuse is told what Go or JSON does not take
 */
export function scalarIn(node: Scalar, text: string, refuse: (message: string) => void): GoScalar {
  const { type, tag } = node;
  if (type === 'QUOTE_DOUBLE') checkEscapes(node, text, refuse);
  const said = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED' ? blockIn(node, text, refuse) : (node.source ?? '');
  if (tag === undefined) return type === 'PLAIN' || type === undefined ? goScalarOf(said, refuse) : { kind: 'text', value: said };
  if (tag === `${standard}binary`) return { kind: 'text', value: unpacked(said, refuse) };
  const isTime = tag === `${standard}timestamp`;
  const kind = kinds.get(tag);
  if (!isTime && kind === undefined) return { kind: 'text', value: said };
  const found = goScalarOf(said, refuse);
  if (isTime ? !isTimestamp(said) : found.kind !== kind && !(kind === 'float' && found.kind === 'int')) {
    refuse(`'${said}' is no !!${tag.slice(standard.length)}`);
  }
  // A time stays the text that it is.
  return kind === undefined ? { kind: 'text', value: said } : { kind, value: found.value };
}

/** Where a text ends without a line break, a block that ends with it has none either. */
function blockIn({ source = '', range }: Scalar, text: string, refuse: (message: string) => void): string {
  if (!range || range[1] < text.length || text.endsWith('\n')) return source;
  if (/(^|\n) *$/.test(text)) refuse('its last line is of nothing but spaces');
  return source.replace(/\n$/, '');
}

/** Go does not know all escapes of JSON: not those of half a character, and of a stroke. */
function checkEscapes({ range }: Scalar, text: string, refuse: (message: string) => void): void {
  const written = range ? text.slice(range[0], range[1]) : '';
  const unknown = [...written.matchAll(/\\(?:(u[dD][89a-fA-F][0-9a-fA-F]{2}|\/)|.)/gs)].find(([, code]) => code !== undefined);
  if (unknown) refuse(`YAML has no escape ${unknown[0]}`);
}

/** Whether a key is that of maps that are merged. */
export function isMerge(node: unknown): boolean {
  if (!isScalar(node) || node.source !== '<<') return false;
  const { tag, type } = node;
  return tag === undefined ? type === 'PLAIN' : tag === '!' || tag === `${standard}merge`;
}

/** What `!!binary` says, which JSON holds where it is a text. */
function unpacked(text: string, refuse: (message: string) => void): string {
  const packed = text.replaceAll(/[\r\n]/g, '');
  if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(packed)) refuse(`'${text}' is no !!binary`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(packed, 'base64'));
  } catch {
    refuse(`the !!binary '${text}' is no text, and JSON holds nothing else`);
    return text;
  }
}

/** As Go reads one (`parseTimestamp`). */
function isTimestamp(text: string): boolean {
  const [, year, month, day, ...time] =
    /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))| +(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?)?$/.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isDay = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  const [hour, minute, second, zoneHour, zoneMinute, ownHour, ownMinute, ownSecond] = time.map((part) => Number(part ?? 0));
  const below = (limit: number, ...parts: readonly (number | undefined)[]) => parts.every((part = 0) => part < limit);
  return isDay && below(24, hour, ownHour) && below(25, zoneHour) && below(60, minute, second, zoneMinute, ownMinute, ownSecond);
}
