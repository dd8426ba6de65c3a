const directive = '"use strict";';

/** Where compilers keep a source map: at the end, as JSON in base64. */
const inlineMap = /(\/\/# sourceMappingURL=data:application\/json[^,\n]*;base64,)([A-Za-z0-9+/=]+)\s*$/;

/** `13`, the length of the directive, as source maps write a number. */
const shift = 'a';

/**
 * A compiled module in strict mode, as every ES module and every TypeScript file is: a compiler may leave that out, and
 * then a write to something frozen is lost in silence. The source map is told that the first line is longer.
 */
export function strict(code: string): string {
  if (/^\s*(['"])use strict\1/.test(code)) return code;
  return directive + code.replace(inlineMap, (whole, head: string, base64: string) => (movedMap(base64) === undefined ? whole : head + movedMap(base64)));
}

/** @returns `undefined` where there is nothing to move, or no way to tell */
function movedMap(base64: string): string | undefined {
  try {
    const map = JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as { mappings: string };
    // The first segment of the first line begins with its column, which is 0 in what is compiled; the others follow from it.
    if (!map.mappings.startsWith('A')) return undefined;
    return Buffer.from(JSON.stringify({ ...map, mappings: shift + map.mappings.slice(1) })).toString('base64');
  } catch {
    return undefined;
  }
}
