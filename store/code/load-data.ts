import { readText } from '../files/read-file';
import { mayRepeatKeys } from '../typescript/key-scan';

/** What may stand around the data: a type that is imported, and one that it satisfies. */
const frame = /^\s*(?:import type \{[\w\s,]*\} from (?:'[^'\n]*'|"[^"\n]*");\s*)?export default (\{[\s\S]*\})(?:\s+satisfies [\w.]+)?;?\s*$/;

/** Everything that plain data is written with; no call, no operator, no template, no name of anything else. */
const token =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"|-?\d+(?:\.\d+)?(?![\w.])|(?:true|false|null|undefined)(?![\w$])(?!\s*:)|[A-Za-z_$][\w$]*(?=\s*:)|[{}[\],:]/y;

/**
 * The default export of a file that holds plain data and nothing else, evaluated as it stands: compiling a file costs some
 * milliseconds, and a large fleet has a file for every cluster.
 *
 * @returns `undefined` for any other file, one with a mistake or a key that stands twice included: whoever compiles it says what is wrong
 */
export function tryLoadData(file: string): { readonly default: unknown } | undefined {
  const [, data] = frame.exec(readText(file)) ?? [];
  if (data === undefined || !isData(data) || mayRepeatKeys(data)) return undefined;
  try {
    return { default: new Function(`'use strict'; return (${data}\n);`)() };
  } catch {
    return undefined;
  }
}

function isData(text: string): boolean {
  token.lastIndex = 0;
  while (token.lastIndex < text.length) if (!token.test(text)) return false;
  return true;
}
