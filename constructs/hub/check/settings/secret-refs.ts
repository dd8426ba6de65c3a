import type { Finding } from '../../../../layers/consequences';
import { isMap } from '../../../../layers/plain-data';
import type { AnyMap } from '../../../../layers/shape/read';
import { suggestion } from '../../../../layers/text/nearest';
import { secretRefsOf } from '../../resolve/credentials/secret-refs';

/** What no shape says of how an entry of the secret manager is read, whoever needs it. */
interface ReadEntry {
  /** What needs it, in words. */
  readonly whose: string;
  readonly said: AnyMap;
  /** What is needed of it, or can be. */
  readonly names: readonly string[];
  readonly place: readonly string[];
}

/** How the entries that credentials need are read. */
export function* credentialRefs(config: AnyMap, place: readonly string[]): Generator<Finding> {
  for (const { way, ref, names } of secretRefsOf(config)) {
    const entry = { whose: `'${way}'`, said: { ...ref }, names, place: [...place, way] };
    yield* readingFindings(entry);
    if (ref.keys === undefined) for (const name of names) yield* heldFindings(entry, name, ['holds'], `say what it calls it: \`keys: { ${name}: '…' }\``);
  }
}

/** Keys are mapped that are needed, to something that there is as far as Git knows. */
export function* readingFindings(entry: ReadEntry): Generator<Finding> {
  const { whose, said, names, place } = entry;
  for (const [name, key] of Object.entries(isMap(said.keys) ? said.keys : {})) {
    const at = ['keys', name];
    if (!names.includes(name)) {
      const isSwapped = typeof key === 'string' && names.includes(key);
      yield {
        place: [...place, ...at],
        code: 'unknown-key',
        message: `${whose} needs no '${name}'`,
        expected: `what is needed, with its key in the entry: ${names.join(', ')}`,
        hint: isSwapped ? `the other way round: \`keys: { ${key}: '${name}' }\`` : suggestion(name, names, 'keys'),
      };
    } else if (typeof key === 'string') yield* heldFindings(entry, key, at);
    // What another entry holds nobody says.
    else if (isMap(key) && typeof key.key === 'string' && key.secret === undefined) yield* heldFindings(entry, key.key, [...at, 'key']);
  }
}

/** A key of the entry is one that it has, where that is said. @param at where it stands */
export function* heldFindings({ said, place }: Pick<ReadEntry, 'said' | 'place'>, key: string, at: readonly string[], hint?: string): Generator<Finding> {
  const held = Array.isArray(said.holds) ? said.holds.filter((one): one is string => typeof one === 'string') : undefined;
  if (key.trim() === '') {
    yield { place: [...place, ...at], code: 'invalid-field', message: `'${at.at(-1)}' is empty`, expected: 'a key of the entry' };
  } else if (held && !held.includes(key) && !held.includes(key.split('.')[0] as string)) {
    yield {
      place: [...place, ...at],
      code: 'invalid-field',
      message: `the entry${typeof said.secret === 'string' ? ` '${said.secret}'` : ''} has no key '${key}'`,
      expected: 'one of those that `holds` says',
      hint: hint ?? suggestion(key, held, 'keys'),
    };
  }
}
