import type { Plain } from '../../../layers/layer';
import { decoded, isHarmless } from './harmless';
import { isKubernetesSecret, plainEntries, secretEntries } from './kubernetes-secrets';
import { isNumberSecret, namedSecret, namesEntries, namingOf } from './secret-names';
import { isCredential, shapeOf } from './secret-shapes';
import { secretInText, secretOptions } from './secrets-in-text';

/** A value that looks like a secret. */
export interface SecretLookalike {
  /** Keys from the top of what was searched; items of lists by their index. */
  readonly path: readonly string[];
  /** What it looks like, as a noun: `a GitHub token`. Never what it is. */
  readonly why: string;
}

type PlainMap = { readonly [key: string]: Plain };

/** Whether a key may be the name of a secret, or is the name of an entry of one that is somewhere else. */
type Naming = 'names' | 'entries';

/** What was found in values that cannot change, by what keys in there mean; layers share most of them among targets. */
const known: Readonly<Record<Naming, WeakMap<object, readonly SecretLookalike[]>>> = { names: new WeakMap(), entries: new WeakMap() };
const nothing: readonly SecretLookalike[] = [];

/**
 * Values in configuration that look like secrets, which do not belong into Git: private keys and tokens by their shape,
 * literals by the name of their key, the same inside of texts, and entries of Kubernetes' Secrets. References, templates,
 * placeholders and what is encrypted are none, and neither are names of entries of a secret that is somewhere else.
 *
 * @param path where the value stands; its last key counts as the value's name
 */
export function secretLookalikes(value: Plain, path: readonly string[] = []): readonly SecretLookalike[] {
  const name = path[path.length - 1] ?? '';
  const found = typeof value === 'object' && value !== null ? inside(name, value, {}, 'names') : scalar(name, value, {}, 'names');
  return path.length === 0 ? found : found.map((lookalike) => ({ ...lookalike, path: [...path, ...lookalike.path] }));
}

/** How deep the value at hand stands. What is deeper than this was reported, or will be. */
let depth = 0;
const deepest = 500;

/** Paths are those from the value itself, so that what was found holds wherever else the value stands. */
function search(value: PlainMap | readonly Plain[], naming: Naming): readonly SecretLookalike[] {
  const before = known[naming].get(value);
  if (before) return before;
  if (depth >= deepest) return nothing;
  depth++;
  let found: readonly SecretLookalike[];
  try {
    found = Array.isArray(value) ? inList(value, naming) : inMap(value as PlainMap, naming);
  } finally {
    depth--;
  }
  const all = found.length > 0 ? found : nothing;
  if (Object.isFrozen(value)) known[naming].set(value, all);
  return all;
}

function inMap(map: PlainMap, naming: Naming): SecretLookalike[] {
  const found: SecretLookalike[] = [];
  const entries = isKubernetesSecret(map) ? new Map([...secretEntries(map)].map(([section, key]) => [`${section}.${key}`, [section, key]])) : undefined;
  for (const key in map) {
    const value = map[key] as Plain;
    if (entries && (key === 'data' || key === 'stringData') && typeof value === 'object') continue;
    const name = key === 'value' || key === 'string' || key === 'array' || key === 'plaintext' ? nameBeside(map, key) : key;
    const inner = typeof value === 'object' && value !== null ? inside(name, value, map, naming) : scalar(name, value, map, naming);
    for (const { path, why } of inner) found.push({ path: [key, ...path], why });
  }
  for (const path of entries?.values() ?? []) found.push({ path, why: `an entry of a Secret` });
  const sealed = [...plainEntries(map)].filter((path) => !found.some((one) => one.path.join('.') === path.join('.')));
  for (const path of sealed) found.push({ path, why: 'an entry of a Secret' });
  return found;
}

function inList(list: readonly Plain[], naming: Naming): SecretLookalike[] {
  const options = naming === 'names' ? secretOptions(list) : undefined;
  return list.flatMap((item, index): readonly SecretLookalike[] => {
    const option = options?.get(index);
    if (option !== undefined) return [{ path: [String(index)], why: option }];
    const inner = typeof item === 'object' && item !== null ? search(item, naming) : scalar('', item, {}, naming);
    return inner.map(({ path, why }) => ({ path: [String(index), ...path], why }));
  });
}

/** What is found in a map or list that has a name: `password: ['x']` and `password: { value: 'x' }` are passwords as well. */
function inside(name: string, value: PlainMap | readonly Plain[], siblings: PlainMap, naming: Naming): readonly SecretLookalike[] {
  // A list below `secretKey` is one of secrets, and below `secretKeys` one of names.
  const isList = Array.isArray(value) && namingOf(name) !== undefined && !/s$/i.test(name);
  if (naming === 'entries' || (!isList && namesEntries(name, siblings))) return search(value, 'entries');
  if (!namingOf(name)) return search(value, naming);
  const named = Object.entries(value).flatMap(([key, item]): readonly SecretLookalike[] => {
    const isMeant = Array.isArray(value) || /^(value|plaintext|plain|literal|string)$/i.test(key);
    return isMeant && typeof item !== 'object' ? scalar(name, item, siblings, naming).map(({ why }) => ({ path: [key], why })) : [];
  });
  if (named.length === 0) return search(value, naming);
  const others = search(value, naming).filter(({ path }) => !named.some((one) => one.path[0] === path[0]));
  return [...named, ...others];
}

/** The name of a value in what containers call an environment, Helm parameters and JSON patches an operation: `{ name, value }`. */
function nameBeside({ name, key, id, path }: PlainMap, otherwise: string): string {
  const said = [name, key, id].find((one) => typeof one === 'string');
  if (said !== undefined) return said as string;
  return typeof path === 'string' && path.startsWith('/') ? path.slice(path.lastIndexOf('/') + 1) : otherwise;
}

function scalar(name: string, value: Plain, siblings: PlainMap, naming: Naming): readonly SecretLookalike[] {
  const why =
    typeof value === 'string'
      ? (whyText(value) ?? (naming === 'names' ? whyNamed(name, value, siblings) : undefined))
      : typeof value === 'number' && naming === 'names' && isNumberSecret(name, value)
        ? 'a password, by its name'
        : undefined;
  return why === undefined ? nothing : [{ path: [], why }];
}

function whyNamed(name: string, value: string, siblings: PlainMap): string | undefined {
  if (/^\.?docker_?(config_?json|cfg)$/i.test(name) && !isHarmless(value)) return 'credentials of a registry';
  if (/(^|[-_.])authorization$/i.test(name)) {
    const [, scheme, text = ''] = /^\s*(?:([A-Za-z]+)\s+)?(\S+)\s*$/.exec(value) ?? [];
    if (isCredential(scheme, text)) return 'credentials in a header';
  }
  if (/basic_?-?auth$/i.test(name) && /^[^:/\s{}$]+:[^:/\s{}$]{3,}$/.test(value)) return 'a user and a password';
  return namedSecret(name, value, siblings);
}

/** Documents in texts come again and again, and cost more to look through than to remember. */
const documents = new Map<string, string | undefined>();

/** What a text holds, whatever it is called. */
function whyText(text: string): string | undefined {
  if (text.length < 6) return undefined;
  if (text.length < 200 || around > 0) return lookAt(text);
  if (!documents.has(text)) {
    if (documents.size > 10_000) documents.clear();
    documents.set(text, lookAt(text));
  }
  return documents.get(text);
}

/** How many documents are around the text at hand: one in another, in another. */
let around = 0;

function lookAt(text: string): string | undefined {
  const packed = text.length >= 16 ? decoded(text) : undefined;
  const why = shapeOf(text) ?? (packed === undefined ? undefined : packedSecret(shapeOf(packed)));
  if (why !== undefined || around >= 3) return why;
  around++;
  try {
    return secretInText(text, firstWhy) ?? (packed === undefined ? undefined : packedSecret(secretInText(packed, firstWhy)));
  } finally {
    around--;
  }
}

/** @param why what the text in base64 holds */
function packedSecret(why: string | undefined): string | undefined {
  return why === undefined || why.endsWith('in base64') ? why : `${why} in base64`;
}

function firstWhy(document: Plain): string | undefined {
  const [first] = typeof document === 'object' && document !== null ? search(document as PlainMap, 'names') : [];
  if (!first) return undefined;
  return first.path.length === 0 || first.why.includes("'") ? first.why : `${first.why}: '${first.path.join('.')}'`;
}
