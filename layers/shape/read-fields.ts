import type { Finding } from '../consequences';
import { wavesInWords, wrongWaves } from '../law/waves';
import { describe, isMap } from '../plain-data';
import { tryReadDate } from '../text/date';
import { parseDuration } from '../text/duration';
import { asksFor, nearest, suggestion } from '../text/nearest';
import type { AnyMap, Read } from './read';
import { evidenceInWords, readEvidence } from './read-evidence';
import type { Field, Item, Kind, Shape } from './shape';

/** A part of a file, or of what layers say together: what its problems are placed at. */
export interface Part {
  /** @default - it was put together of layers, any of which may say what is missing: that is told at its own place */
  readonly file?: string;
  readonly place: readonly string[];
}

/** A map that is read by its shape. */
export interface Whole extends Part {
  /** How messages call what needs its keys: `the fleet`. */
  readonly noun: string;
  /** Its name, where it has one. */
  readonly name?: string;
  /** Whether keys that the shape has not are kept, for others to judge. @default - they are reported, and left out */
  readonly isOpen?: boolean;
}

/**
 * Reads a map by its shape, however deep. Everything that is wrong is reported at its place and left out, so that what is
 * right can still be looked at. What is undefined is not there.
 */
export function readFields<const S extends Shape>(map: AnyMap, shape: S, whole: Whole & { readonly isOpen: true }, problems: Finding[]): AnyMap & Read<S>;
export function readFields<const S extends Shape>(map: AnyMap, shape: S, whole: Whole, problems: Finding[]): Read<S>;
export function readFields(map: AnyMap, shape: Shape, whole: Whole, problems: Finding[]): AnyMap {
  if (!whole.isOpen) reportUnknown(map, Object.keys(shape), whole, problems);
  for (const [key, field] of Object.entries(shape)) if (map[key] === undefined && field.required !== undefined) reportMissing(key, field, whole, problems);
  const read = Object.entries(map).flatMap(([key, value]) => {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (!field) return whole.isOpen ? [[key, value] as const] : [];
    const result = value === undefined ? undefined : readField(value, field, key, whole, problems);
    return result === undefined ? [] : [[key, result] as const];
  });
  return Object.fromEntries(read);
}

/** Reports keys that nobody knows; `undefined` says nothing. */
export function reportUnknown(map: AnyMap, known: readonly string[], { file, place }: Part, problems: Finding[]): void {
  for (const key of Object.keys(map)) {
    if (known.includes(key) || map[key] === undefined) continue;
    problems.push({
      code: 'unknown-key',
      message: `'${key}' is not known here`,
      file,
      place: [...place, key],
      hint: suggestion(key, known, 'keys'),
      meant: nearest(key, known),
    });
  }
}

/** What was meant by a misspelt key is not missing. */
function reportMissing(key: string, { required, filled, missing = 'missing-field' }: Field, { file, place, noun }: Whole, problems: Finding[]): void {
  const expected = typeof required === 'string' ? required : filled;
  const itself = [...place, key];
  problems.push({
    code: missing,
    message: `${noun} needs '${key}'`,
    file,
    place: file === undefined ? itself : place,
    ...(expected === undefined ? {} : { expected }),
    follows: [{ file, place: itself }],
  });
}

/** Whether a value is right as far as a shape can say. */
export function isRight(value: unknown, field: Field): boolean {
  const problems: Finding[] = [];
  readValue(value, field, '', { place: [] }, problems);
  return problems.length === 0;
}

function readField(value: unknown, field: Field, key: string, { file, place, name }: Whole, problems: Finding[]): unknown {
  return field.apart || field.layered ? value : readValue(value, field, key, { file, place: [...place, key] }, problems, name);
}

/**
 * Reads the value of a key, whoever said it: what is layered is complete once its layers are merged.
 *
 * @param name of what it belongs to
 * @returns `undefined` for what is wrong
 */
export function readValue(value: unknown, field: Field, key: string, at: Part, problems: Finding[], name = ''): unknown {
  if (field.filled !== undefined && isEmptyText(value)) {
    problems.push({ code: 'invalid-field', message: `'${key}' is empty`, ...at, expected: field.filled });
    return undefined;
  }
  if (field.orText && typeof value === 'string') return value;
  if (!isOf(field, value) || !isWord(field, value)) {
    // A value of another kind has no right word either: it is called by its key, unless all there is are words.
    const isKind = isOf(field, value);
    const noun =
      field.is === 'word' || field.is === 'duration' || field.is === 'date' || field.is === 'day' || isKind
        ? field.noun?.replaceAll('{name}', name)
        : undefined;
    const message = noun === undefined ? `'${key}' has the wrong type` : `${noun} cannot be read`;
    const near = typeof value === 'string' ? nearest(value, field.words ?? []) : undefined;
    problems.push({
      code: isKind ? (field.code ?? 'wrong-type') : 'wrong-type',
      message,
      ...at,
      expected: isKind ? (field.filled ?? wordsOf(field)) : (field.expected ?? inWords(field)),
      found: foundIn(field, value),
      ...(near === undefined ? {} : { hint: asksFor(near) }),
    });
    return undefined;
  }
  if (field.is === 'strings' && field.filled !== undefined) return readTexts(value as readonly string[], field.filled, key, at, problems);
  if (field.is === 'evidence') return readEvidence(value as readonly unknown[], at, problems, readFields);
  if (field.is === 'waves') return readWaves(value, key, at, problems);
  if (field.is === 'counts') return readCounts(value as AnyMap, key, at, problems);
  if (field.is === 'reasons') return readReasons(value as AnyMap, field, at, problems);
  if (field.keys) {
    const read: AnyMap = readFields(value as AnyMap, field.keys, { ...at, noun: field.whose?.replaceAll('{name}', name) ?? `'${key}'` }, problems);
    return field.orText && neededOf(field.keys).some((needed) => read[needed] === undefined) ? undefined : read;
  }
  return field.each ? readItems(value as AnyMap, field, field.each, at, problems) : value;
}

function isEmptyText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

/** Texts that say something each. */
function readTexts(texts: readonly string[], expected: string, key: string, { file, place }: Part, problems: Finding[]): readonly string[] {
  return texts.filter((text, index) => {
    if (!isEmptyText(text)) return true;
    problems.push({ code: 'invalid-field', message: `'${key}' has an empty text in it`, file, place: [...place, String(index)], expected });
    return false;
  });
}

function readItems(map: AnyMap, { most }: Field, item: Item, at: Part, problems: Finding[]): AnyMap {
  const all = Object.entries(map);
  if (most && all.length > most.count) {
    const { count, message, hint } = most;
    problems.push({ code: 'config-shape', message, ...at, expected: `at most ${count}`, found: String(all.length), hint });
  }
  const read = all.slice(0, most?.count).flatMap(([name, value]) => {
    const result = readItem(value, item, name, { file: at.file, place: [...at.place, name] }, problems);
    return result === undefined ? [] : [[name, result] as const];
  });
  return Object.fromEntries(read);
}

/** The keys that have to be there. */
function neededOf(keys: Shape = {}): readonly string[] {
  return Object.entries(keys).flatMap(([key, { required }]) => (required === undefined ? [] : key));
}

/** @returns `undefined` for what is left out */
function readItem(value: unknown, item: Item, name: string, at: Part, problems: Finding[]): unknown {
  const { keys, names } = item;
  const needed = neededOf(keys);
  if (value === undefined && needed.length === 0) return undefined;
  if (names && !names.pattern.test(name)) problems.push({ code: 'invalid-name', message: `'${name}' ${names.because}`, ...at, expected: names.expected });
  if (item.orText && typeof value === 'string') return value;
  const noun = item.noun?.replaceAll('{name}', name);
  if (!isOf(item, value)) {
    const message = noun === undefined ? `'${name}' has the wrong type` : `${noun} cannot be read`;
    const expected = typeof item.expected === 'function' ? item.expected(value) : (item.expected ?? inWords(item));
    problems.push({ code: item.code ?? 'wrong-type', message, ...at, expected, found: describe(value) });
    return item.isKept ? {} : undefined;
  }
  if (!keys) return value;
  const whose = item.whose?.replaceAll('{name}', name) ?? noun ?? `'${name}'`;
  const read: AnyMap = readFields(value as AnyMap, keys, { ...at, noun: whose, name }, problems);
  return needed.some((key) => read[key] === undefined) ? undefined : read;
}

/** Reasons by what they are about; without one nobody knows later. */
function readReasons(map: AnyMap, { no }: Field, { file, place }: Part, problems: Finding[]): AnyMap {
  const read = Object.entries(map).filter(([path, reason]) => {
    const at: Part = { file, place: [...place, path] };
    const isText = reason === undefined || typeof reason === 'string';
    if (!isText) problems.push({ code: 'wrong-type', message: `'${path}' has the wrong type`, ...at, expected: 'a string', found: describe(reason) });
    else if (reason?.trim() === '') problems.push({ code: 'missing-field', message: `nobody knows why '${path}' is no ${no}`, ...at, expected: 'the reason' });
    return isText;
  });
  return Object.fromEntries(read);
}

/** Numbers by what they count; one without any says nothing. */
function readCounts(map: AnyMap, key: string, at: Part, problems: Finding[]): AnyMap | undefined {
  const said = Object.entries(map).filter(([, count]) => count !== undefined);
  if (said.length === 0) problems.push({ code: 'invalid-field', message: `'${key}' is empty`, ...at, expected: kinds.counts });
  const read = said.filter(([unit, count]) => {
    const isCount = Number.isSafeInteger(count) && (count as number) > 0;
    const place = [...at.place, unit];
    if (!isCount) {
      problems.push({
        code: 'wrong-type',
        message: `'${unit}' of '${key}' has the wrong type`,
        file: at.file,
        place,
        expected: 'a whole number of 1 or more',
        found: describe(count),
      });
    }
    return isCount;
  });
  return read.length === 0 ? undefined : Object.fromEntries(read);
}

function readWaves(waves: unknown, key: string, { file, place }: Part, problems: Finding[]): unknown {
  const wrong = wrongWaves(waves, key);
  if (!wrong) return waves;
  const { index, ...problem } = wrong;
  problems.push({ code: 'invalid-field', ...problem, file, place: index === undefined ? place : [...place, String(index)] });
  return undefined;
}

type Expected = Pick<Field, 'is' | 'words'>;

const kinds: Readonly<Record<Exclude<Kind, 'word'>, string>> = {
  string: 'a string',
  boolean: 'true or false',
  function: 'a function',
  'text or function': 'a string, or a function',
  map: 'a map',
  reasons: 'a map of reasons by the path of a value',
  counts: 'a map of whole numbers, such as { targets: 5 }',
  waves: wavesInWords,
  evidence: evidenceInWords,
  list: 'a list',
  'list or map': 'a list, or a map by name',
  strings: 'a list of strings',
  layer: 'a map of fields, or a function of the target',
  'map of layers': 'a map of layers by dimension path',
  'map of patches': 'a map of patches by name',
  duration: "a duration such as '24h', '90m' or '7d'",
  day: "a day such as '2026-12-31'",
  date: "a day such as '2026-12-31', or one with a time: '2026-12-31T18:00Z'",
};

function inWords(field: Expected): string {
  return field.is === 'word' ? wordsOf(field) : kinds[field.is];
}

function wordsOf({ words = [] }: Expected): string {
  return words.map((word) => `'${word}'`).join(' or ');
}

function isOf({ is, words }: Expected, value: unknown): boolean {
  switch (is) {
    case 'list':
    case 'waves':
    case 'evidence':
      return Array.isArray(value);
    case 'list or map':
      return Array.isArray(value) || isMap(value);
    case 'strings':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'text or function':
      return typeof value === 'string' || typeof value === 'function';
    case 'layer':
      return isMap(value) || typeof value === 'function';
    case 'word':
      return isWord({ words }, value);
    case 'duration':
      return typeof value === 'string' && parseDuration(value) !== undefined;
    case 'date':
      return typeof value === 'string' && tryReadDate(value, 'end', 'UTC') !== undefined;
    case 'day':
      return typeof value === 'string' && value.length === '2026-12-31'.length && tryReadDate(value, 'end', 'UTC') !== undefined;
    case 'string':
    case 'boolean':
    case 'function':
      return typeof value === is;
    default:
      return isMap(value);
  }
}

function isWord({ words }: Pick<Field, 'words'>, value: unknown): boolean {
  return words === undefined || words.includes(value as string);
}

function foundIn({ is }: Field, value: unknown): string {
  const isList = is === 'strings' && Array.isArray(value);
  return isList ? `a list with ${describe(value.find((item) => typeof item !== 'string'))} in it` : describe(value);
}
