import { insideGoJson, insideJson } from './json-text';

/**
 * What only the live cluster knows. Inside the program a token is a piece of text between two private characters, so
 * that it survives template literals (`${cluster.name}-backup`) and is never mistaken for what an author wrote; a token
 * that was cut or changed is found out.
 */
export interface Token {
  /** Its key: `projectId` of `.Values.cluster.projectId`. */
  readonly key: string;
  /**
   * Where a root ApplicationSet takes it from: `name`, or `annotation gcp-hcp/project-id`.
   * @default - nowhere: somebody has to inject it by hand
   */
  readonly origin?: string;
  /** Whether it stands inside a JSON text, which wants its value escaped once more. @default false */
  readonly inJson?: boolean;
  /** The same in a JSON text that a chart makes, which is as Go makes it, and need not be YAML. @default false */
  readonly inGoJson?: boolean;
  /** Whether its scalar stands without quotation marks, so that YAML reads a number where the cluster says one. @default false */
  readonly isPlain?: boolean;
  /** Whether its key stands at the top of `.Values`, and not below `.Values.cluster`. @default false */
  readonly isTopLevel?: boolean;
}

const open = '\uE0F0';
const close = '\uE0F1';
const separator = '\uE0F2';
const marker = /\uE0F0[^\uE0F0\uE0F1]*\uE0F1/g;
const sealKey = Symbol.for('cdk8s-fleet.token-seal');
const stray = /[\uE0F0-\uE0F2]/;

const seal = sealOfProcess();

/**
 * What makes a token this process's own: text that holds the private characters, in a file say, is none, however much it
 * looks like one. Two copies of this module are one program. No output holds it, for tokens are no output.
 */
function sealOfProcess(): string {
  const shared = globalThis as { [sealKey]?: string };
  shared[sealKey] ??= crypto.randomUUID().slice(0, 8);
  return shared[sealKey];
}

/** The token as text, to be used inside any string value. */
export function encodeToken({ key, origin = '', inJson = false, inGoJson = false, isPlain = false, isTopLevel = false }: Token): string {
  const text = [key, origin, `${inJson ? 'json' : ''}${inGoJson ? 'go' : ''}${isPlain ? 'plain' : ''}${isTopLevel ? 'top' : ''}`].join(separator);
  return `${open}${text}${separator}${sum(text)}${seal}${close}`;
}

/** The syntax of label and annotation keys: kubernetes.io/docs/concepts/overview/working-with-objects/labels. */
export function isQualifiedName(key: string): boolean {
  return /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(key);
}

/** The key below `.Values.cluster` that a label or an annotation has unless it is given another: its last part in camel case. */
export function clusterKey(qualified: string): string {
  const name = qualified.slice(qualified.lastIndexOf('/') + 1);
  const joined = name.replace(/[-_.]+(.)/g, (_, letter: string) => letter.toUpperCase());
  return /^[A-Za-z_]/.test(joined) ? joined : `_${joined}`;
}

/** A check sum over the code units, so that a token in upper case is found out. */
function sum(text: string): string {
  let value = 0;
  for (let at = 0; at < text.length; at++) value = (value * 31 + text.charCodeAt(at)) % 1_000_003;
  return String(value);
}

export function hasToken(text: string): boolean {
  return text.includes(open) || text.includes(close);
}

/** Text cut at its tokens; what only looks like one is text. */
export function splitTokens(text: string): readonly (string | Token)[] {
  const parts: (string | Token)[] = [];
  let from = 0;
  for (const match of text.matchAll(marker)) {
    const token = tryDecode(match[0]);
    if (!token) continue;
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push(token);
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** Whether a string function cut a token in pieces or changed it, or a text only looks like one. */
export function hasBrokenToken(text: string): boolean {
  if (!stray.test(text)) return false;
  // What remains of a text without its whole tokens holds none of the private characters.
  return stray.test(text.replace(marker, (whole) => (tryDecode(whole) ? '' : whole)));
}

/** Few tokens are used, each of them in many places. */
const decoded = new Map<string, Token>();

/** The token that a marked text is; `undefined` where it is none of this program. */
function tryDecode(marked: string): Token | undefined {
  const known = decoded.get(marked);
  if (known) return known;
  const [key = '', origin = '', form = ''] = marked.slice(1, -1).split(separator);
  const token: Token = Object.freeze({
    key,
    ...(origin === '' ? {} : { origin }),
    ...(form.startsWith('json') ? { inJson: true } : {}),
    ...(form.includes('go') ? { inGoJson: true } : {}),
    ...(form.includes('plain') ? { isPlain: true } : {}),
    ...(form.endsWith('top') ? { isTopLevel: true } : {}),
  });
  if (marked !== encodeToken(token)) return undefined;
  decoded.set(marked, token);
  return token;
}

/** A token's name below `.Values`: `cluster.projectId`. */
export function tokenName({ key, isTopLevel = false }: Pick<Token, 'key' | 'isTopLevel'>): string {
  return isTopLevel ? key : `cluster.${key}`;
}

const handwritten = /\{\{-?\s*\.Values\.cluster\b/;

/** Whether somebody wrote the expression of a token, where a token was meant. */
export function isHandwritten(text: string): boolean {
  return text.includes('{{') && handwritten.test(text);
}

/** Whether a text looks like a token and is none. Nearly none does. */
export function isDoubtful(text: string): boolean {
  return hasBrokenToken(text) || isHandwritten(text);
}

/** The text without the characters that are ours alone: nothing that is read from a file means a token. */
export function withoutPrivate(text: string): string {
  return text.replace(/[\uE0F0-\uE0F2]/g, '');
}

/** The same text with its tokens marked as standing inside a JSON text. */
export function tokensInJson(json: string): string {
  return fillTokens(json, (token) => encodeToken({ ...token, inJson: true }));
}

/** The same of a JSON text that a chart makes. */
export function tokensInGoJson(json: string): string {
  return fillTokens(json, (token) => encodeToken({ ...token, inGoJson: true }));
}

/** The same scalar without quotation marks. */
export function plainTokens(scalar: string): string {
  return fillTokens(scalar, (token) => encodeToken({ ...token, isPlain: true }));
}

/** Whether a text is a scalar that stands without quotation marks, for the tokens in it. */
export function isPlainScalar(text: string): boolean {
  return hasToken(text) && splitTokens(text).some((part) => typeof part !== 'string' && part.isPlain === true);
}

/** The text as a reader sees it: tokens as the Helm expressions they stand for, and the private characters of what is none by their numbers. */
export function showTokens(text: string): string {
  if (!stray.test(text)) return text;
  return splitTokens(text)
    .map((part) => (typeof part === 'string' ? showStray(part) : `{{ .Values.${tokenName(part)} }}`))
    .join('');
}

function showStray(text: string): string {
  return text.replace(/[\uE0F0-\uE0F2]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`).replaceAll(seal, '');
}

/** The text with its tokens filled in, as Helm does it. @param value what the cluster says */
export function fillTokens(text: string, value: (token: Token) => string): string {
  if (!hasToken(text)) return text;
  return splitTokens(text)
    .map((part) => (typeof part === 'string' ? part : value(part)))
    .join('');
}

/** What a manifest holds in a token's place, for a value of the cluster. */
export function valueInPlace(token: Token, value: string): string {
  if (token.inGoJson) return insideGoJson(value);
  return token.inJson ? insideJson(value) : value;
}

/** Every string of a document, keys included, through a function; shares what does not change. */
export function mapStrings<T>(document: T, map: (text: string) => string): T {
  if (typeof document === 'string') return map(document) as T;
  if (typeof document !== 'object' || document === null) return document;
  if (Array.isArray(document)) {
    const items = document.map((item) => mapStrings(item, map));
    return items.every((item, index) => item === document[index]) ? document : (items as T);
  }
  const entries = Object.entries(document);
  const mapped = entries.map(([key, value]) => [map(key), mapStrings(value, map)] as const);
  return mapped.every(([key, value], index) => key === entries[index]?.[0] && value === entries[index]?.[1]) ? document : (Object.fromEntries(mapped) as T);
}

/** Every string of a document, keys included. */
export function* strings(document: unknown): Generator<string> {
  if (typeof document === 'string') yield document;
  else if (Array.isArray(document)) for (const item of document) yield* strings(item);
  else if (typeof document === 'object' && document !== null) {
    for (const [key, value] of Object.entries(document)) {
      yield key;
      yield* strings(value);
    }
  }
}

/** Whether any string of a document, keys included, is of a kind; no generator, for this is asked of every manifest. */
export function someString(document: unknown, is: (text: string) => boolean): boolean {
  if (typeof document === 'string') return is(document);
  if (typeof document !== 'object' || document === null) return false;
  const isList = Array.isArray(document);
  for (const key in document) {
    if ((!isList && is(key)) || someString((document as { readonly [key: string]: unknown })[key], is)) return true;
  }
  return false;
}

/** The tokens of a document, each once. */
export function tokensOf(document: unknown): readonly Token[] {
  const found = new Map<string, Token>();
  someString(document, (text) => {
    if (hasToken(text)) for (const part of splitTokens(text)) if (typeof part !== 'string') found.set(encodeToken(withoutForm(part)), withoutForm(part));
    return false;
  });
  return [...found.values()];
}

/** Wherever it stands, it is the same value of the cluster. */
export function withoutForm({ inJson: _, inGoJson: __, isPlain: ___, ...token }: Token): Token {
  return token;
}
