/** The smallest pieces of TypeScript, as far as braces and keys go. */
const lexeme =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"|`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)|[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*|[\s\S]/uy;
const restOfTemplate = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;
const computed = /\s*(?:'([^'\\\n]*)'|"([^"\\\n]*)"|`([^`\\$]*)`|(\d[\w.]*))\s*\]/y;

/** Words that may stand before a key. */
const modifiers: ReadonlySet<string> = new Set(['get', 'set', 'async', 'static']);

/** What is open: braces with the keys seen in them, or something else that ends with the character. */
interface Open {
  readonly end: string;
  readonly keys?: Set<string>;
}

/**
 * Whether an object may have a key twice: a fast look at the text that needs no parser. It answers yes where it cannot
 * tell; where it answers no, no object of the file has.
 */
export function mayRepeatKeys(text: string): boolean {
  const open: Open[] = [];
  let isKeyNext = false;
  let modifier: string | undefined;
  lexeme.lastIndex = 0;
  for (;;) {
    const { lastIndex: start } = lexeme;
    const source = lexeme.exec(text)?.[0];
    if (source === undefined) return false;
    const first = source.charCodeAt(0);
    // White space and comments; any other `/` may begin a regular expression, which only a parser can tell.
    if (first <= 32 || source.startsWith('//') || source.startsWith('/*')) continue;
    if (source === '/' || source === '\\') return true;
    const inside = open[open.length - 1];
    if (isKeyNext && inside?.keys) {
      const key = source === '[' ? computedKey(text, start + 1) : keyOf(source);
      if (key === unknown) return true;
      if (modifier !== undefined) {
        // `get` alone is a key itself.
        if (key === undefined && repeats(inside.keys, modifier)) return true;
        modifier = undefined;
      } else if (key !== undefined && modifiers.has(key) && source !== '[') {
        modifier = key;
        continue;
      }
      if (source !== '*') isKeyNext = false;
      if (key !== undefined && repeats(inside.keys, key)) return true;
    }
    if (source === '{') {
      open.push({ end: '}', keys: new Set() });
      isKeyNext = true;
    } else if (source === ',' && inside?.keys) isKeyNext = true;
    else if (source === '[') open.push({ end: ']' });
    else if (source === '(') open.push({ end: ')' });
    else if (first === 96 && source.length > 1 && source.endsWith('${')) open.push({ end: '`' });
    else if (source === '}' && inside?.end === '`') {
      restOfTemplate.lastIndex = lexeme.lastIndex;
      const rest = restOfTemplate.exec(text)?.[0];
      if (rest === undefined) return true;
      lexeme.lastIndex = restOfTemplate.lastIndex;
      if (rest.endsWith('`')) open.pop();
    } else if (source === '}' || source === ']' || source === ')') {
      if (open.pop()?.end !== source) return true;
      isKeyNext = false;
    }
  }
}

const unknown = Symbol('what only a parser can tell');

function keyOf(source: string): string | typeof unknown | undefined {
  const first = source[0] as string;
  if (first === "'" || first === '"') return source.includes('\\') ? unescaped(source) : source.slice(1, -1);
  if (/\d/.test(first)) return String(Number(source.replaceAll('_', '')));
  return /[\p{ID_Start}$_]/u.test(first) ? source : undefined;
}

/** @param literal a whole one, and nothing else */
function unescaped(literal: string): string | typeof unknown {
  try {
    return String(new Function(`'use strict'; return ${literal};`)());
  } catch {
    return unknown;
  }
}

/** The key in `['a']`; a name or an operation in there is for the parser. */
function computedKey(text: string, at: number): string | typeof unknown {
  computed.lastIndex = at;
  const [, single, double, template, number] = computed.exec(text) ?? [];
  return single ?? double ?? template ?? (number === undefined ? unknown : String(Number(number)));
}

function repeats(keys: Set<string>, key: string): boolean {
  return keys.size === keys.add(key).size;
}
