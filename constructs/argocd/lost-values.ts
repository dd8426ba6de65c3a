import { type ApiObject, type IResolver, JsonPatch, Lazy, type ResolutionContext } from 'cdk8s';
import { readContent, symbolKeys } from '../../layers/compile/read-content';
import { isMap } from '../../layers/plain-data';

/**
 * A value of an object that cdk8s does not write as it is: it leaves nulls out, refuses what is no plain object without
 * saying where that stands, and makes JSON of what a patch adds.
 */
export interface LostValue {
  /** From the top of the object. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Of an object, by the part that cdk8s resolves alone: its metadata first, then the whole. */
interface Lost {
  part: 'metadata' | 'whole';
  metadata: readonly LostValue[];
  whole: readonly LostValue[];
}

const known = new WeakMap<ApiObject, Lost>();

/** Looks at every value of an object before cdk8s does; what would be refused is left out and remembered. */
export const lostValues: IResolver = {
  resolve(context: ResolutionContext): void {
    const { obj, key, value } = context;
    const lost = known.get(obj) ?? { part: 'whole', metadata: [], whole: [] };
    known.set(obj, lost);
    if (key.length === 0) {
      lost.part = isMap(value) && value.kind !== undefined ? 'whole' : 'metadata';
      lost[lost.part] = [];
    }
    const remember = (path: readonly string[], what: unknown) => {
      lost[lost.part] = [...lost[lost.part], { path: lost.part === 'metadata' ? ['metadata', ...path] : path, value: what }];
    };
    if (isMap(value) || Array.isArray(value)) {
      for (const [name, item] of Object.entries(value)) if (item === null) remember([...key, name], null);
      for (const symbol of symbolKeys(value)) remember([...key, String(symbol)], symbol);
      // To cdk8s, what has no prototype is no plain object.
      if (isMap(value) && Object.getPrototypeOf(value) !== Object.prototype) context.replaceValue({ ...value });
    } else if (typeof value === 'object' && !isResolvable(value)) {
      remember(key, value);
      context.replaceValue(null);
    }
  },
};

/** Whether another resolver of cdk8s makes something of it: what is lazy, a token, a number or text of either kind. */
function isResolvable(value: { readonly resolve?: unknown; readonly value?: unknown }): boolean {
  return value instanceof Lazy || typeof value.resolve === 'function' || ['number', 'string'].includes(typeof value.value);
}

/** An object as cdk8s writes it, and what got lost on the way. */
export function writtenObject(construct: ApiObject): { readonly object: unknown; readonly lost: readonly LostValue[] } {
  const own = construct as unknown as { patches: readonly JsonPatch[] };
  const { patches } = own;
  const patched = patches.flatMap((patch) => lostIn(patch, construct));
  // Some values would not become JSON at all, and others another value.
  if (patched.length > 0) own.patches = patches.map(withoutLost);
  try {
    const object = construct.toJson();
    const { metadata = [], whole = [] } = known.get(construct) ?? {};
    return { object, lost: [...metadata, ...whole, ...patched] };
  } finally {
    own.patches = patches;
  }
}

type Operation = { readonly path: string; readonly value?: unknown } & ({ readonly op: 'add' | 'replace' | 'test' } | { readonly op: 'remove' });

/** @throws Error for a value that has no end */
function lostIn(patch: JsonPatch, { node }: ApiObject): readonly LostValue[] {
  const operation: Operation = patch._toJson();
  if (operation.op !== 'add' && operation.op !== 'replace') return [];
  const [fault] = readContent(operation.value).faults;
  if (fault) throw new Error(`${node.path}: a patch of '${operation.path}': ${fault.message}`);
  const path = operation.path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return operation.value === undefined ? [{ path, value: undefined }] : [...lostBelow(operation.value, path)];
}

/** What JSON does not hold; half of a character it does. */
function* lostBelow(value: unknown, path: readonly string[]): Generator<LostValue> {
  if (isMap(value) || Array.isArray(value)) {
    for (const [key, item] of Object.entries(value)) if (item !== undefined || Array.isArray(value)) yield* lostBelow(item, [...path, key]);
  } else if (!isJson(value)) {
    yield { path, value };
  }
}

function withoutLost(patch: JsonPatch): JsonPatch {
  const operation: Operation = patch._toJson();
  return operation.op === 'add' || operation.op === 'replace' ? JsonPatch[operation.op](operation.path, onlyJson(operation.value)) : patch;
}

function onlyJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(onlyJson);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, onlyJson(item)]));
  return isJson(value) ? value : null;
}

function isJson(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}
