import { type ConfigFile, placeIn } from '../layers/config-files';
import { suggestion } from '../layers/nearest';
import { describe, isMap } from '../layers/plain-data';
import type { Problem } from '../layers/problem';

/** A map of which nothing is known yet. */
export type AnyMap = Readonly<Record<string, unknown>>;

/** A part of a file: what its problems are placed at. */
export interface Part {
  readonly file: string;
  readonly place: readonly string[];
}

/** What a value has to be. */
export type Kind = 'reasons' | 'string' | 'boolean' | 'function' | 'map' | 'list' | 'strings' | 'layer' | 'map of layers' | 'map of patches';

/** Keys, and what each has to be. */
export interface Shape {
  readonly [key: string]: Kind;
}

const patchShape: Shape = { description: 'string', rolledOutTo: 'strings', change: 'layer' };

/** Names that no construct can have. Whatever else is wrong with a name is found when the model is checked. */
export function isUsableName(name: string, part: Part, problems: Problem[]): boolean {
  if (name !== '' && !(name in {})) return true;
  problems.push({
    code: 'invalid-name',
    message: name === '' ? 'a name is empty' : `'${name}' cannot be a name: every JavaScript object has it already`,
    ...part,
    hint: 'give it another name',
  });
  return false;
}

/** How many patches of one app may be in flight: far more than anybody watches, and each is compared with every other. */
const maxPatches = 500;

/** Patches that can be read; what they change is checked with all other layers. */
export function checkPatches(patches: unknown, part: Part, problems: Problem[]): AnyMap {
  const all = Object.entries(isMap(patches) ? patches : {});
  if (all.length > maxPatches) {
    problems.push({
      code: 'config-shape',
      message: 'the app has too many patches in flight',
      file: part.file,
      place: [...part.place, 'patches'],
      expected: `at most ${maxPatches}`,
      found: String(all.length),
      hint: 'integrate those that arrived everywhere (`fleet promote`), or write one patch of several',
    });
  }
  const readable = all.slice(0, maxPatches).flatMap(([name, patch]) => {
    const patchPart = { file: part.file, place: [...part.place, 'patches', name] };
    if (!isMap(patch)) {
      problems.push({
        code: 'config-shape',
        message: `the patch '${name}' cannot be read`,
        ...patchPart,
        expected: '{ description, rolledOutTo, change }',
        found: describe(patch),
      });
      return [];
    }
    checkKeys(patch, Object.keys(patchShape), patchPart, problems);
    for (const key of ['rolledOutTo', 'change']) {
      if (patch[key] === undefined)
        problems.push({ code: key === 'change' ? 'empty-patch' : 'missing-field', message: `the patch '${name}' needs '${key}'`, ...patchPart });
    }
    const checked = withoutWrong(patch, patchShape, patchPart, problems);
    return checked.rolledOutTo === undefined || checked.change === undefined ? [] : [[name, checked] as const];
  });
  return Object.fromEntries(readable);
}

export function isExport(content: unknown, part: Part, expected: string, problems: Problem[]): content is AnyMap {
  if (isMap(content)) return true;
  problems.push({ code: 'config-shape', message: 'the default export cannot be read', ...part, expected, found: describe(content) });
  return false;
}

export function checkKeys(map: AnyMap, known: readonly string[], part: Part, problems: Problem[]): void {
  for (const key of Object.keys(map)) {
    if (known.includes(key) || map[key] === undefined) continue;
    problems.push({
      code: 'unknown-key',
      message: `'${key}' is not known here`,
      file: part.file,
      place: [...part.place, key],
      hint: suggestion(key, known, 'keys'),
    });
  }
}

function checkKinds(map: AnyMap, shape: Shape, part: Part, problems: Problem[]): readonly string[] {
  const wrong: string[] = [];
  for (const [key, kind] of Object.entries(shape)) {
    const value = map[key];
    if (value === undefined || isOf(kind, value)) continue;
    wrong.push(key);
    const found =
      kind === 'strings' && Array.isArray(value) ? `a list with ${describe(value.find((item) => typeof item !== 'string'))} in it` : describe(value);
    problems.push({ code: 'wrong-type', message: `'${key}' has the wrong type`, file: part.file, place: [...part.place, key], expected: inWords[kind], found });
  }
  return wrong;
}

export function withoutWrong(map: AnyMap, shape: Shape, part: Part, problems: Problem[]): AnyMap {
  const wrong = checkKinds(map, shape, part, problems);
  const usable = Object.entries(map).filter(([key]) => !wrong.includes(key));
  return Object.fromEntries(usable.map(([key, value]) => [key, shape[key] === 'reasons' && isMap(value) ? reasonsOf(value, key, part, problems) : value]));
}

/** Reasons by what they are about; without one nobody knows later. */
function reasonsOf(map: AnyMap, key: string, { file, place }: Part, problems: Problem[]): AnyMap {
  for (const [path, reason] of Object.entries(map)) {
    if (typeof reason !== 'string' || reason.trim() !== '') continue;
    const message = `nobody knows why '${path}' is no ${key === 'notSecret' ? 'secret' : 'template'}`;
    problems.push({ code: 'missing-field', message, file, place: [...place, key, path], expected: 'the reason' });
  }
  const shape: Shape = Object.fromEntries(Object.keys(map).map((path) => [path, 'string']));
  return withoutWrong(map, shape, { file, place: [...place, key] }, problems);
}

/** What is known of a map. Unknown keys are reported by {@link checkKeys}. */
export function knownOnly(map: AnyMap, known: Shape): AnyMap {
  return Object.fromEntries(Object.entries(map).filter(([key, value]) => Object.hasOwn(known, key) && value !== undefined));
}

const inWords: Readonly<Record<Kind, string>> = {
  string: 'a string',
  boolean: 'true or false',
  function: 'a function',
  map: 'a map',
  reasons: 'a map of reasons by the path of a value',
  list: 'a list',
  strings: 'a list of strings',
  layer: 'a map of fields, or a function of the target',
  'map of layers': 'a map of layers by dimension path',
  'map of patches': 'a map of patches by name',
};

function isOf(kind: Kind, value: unknown): boolean {
  if (kind === 'list') return Array.isArray(value);
  if (kind === 'strings') return Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (kind === 'layer') return isMap(value) || typeof value === 'function';
  return kind.startsWith('map') || kind === 'reasons' ? isMap(value) : typeof value === kind;
}

/** Looks at a file's content, and has what is wrong with it reported where that stands. */
export function looked<T>(file: ConfigFile, problems: Problem[], look: (found: Problem[]) => T): T {
  const found: Problem[] = [];
  const result = look(found);
  problems.push(...found.map((problem) => (problem.file === file.file ? { ...problem, ...placeIn(file, problem.place ?? []) } : problem)));
  return result;
}
