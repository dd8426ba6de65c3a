import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { filesIn } from './reachable.mjs';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Keeps one place for each line in the source maps of a folder: stacks and breakpoints name lines, and a place for each word
 * would be as much again as the code. `names` may be left out where there are none (ECMA-426).
 *
 * @param joined by file of code the lines that are part of the one before, counted from 0
 */
export function linesOnly(folder, joined) {
  for (const file of filesIn(folder).filter((one) => one.endsWith('.js.map'))) {
    const map = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    // Without `names`: a map that has none may leave them out (ECMA-426), as Node and tools of browsers take it.
    // Named as if it lay beside the code: the way to it would lead out of the package, to whatever lies there.
    const sources = map.sources.map((source) => basename(source));
    writeFileSync(
      join(folder, file),
      JSON.stringify({ version: map.version, sources, mappings: firstOfEachLine(map.mappings, joined.get(file.slice(0, -'.map'.length))) }),
    );
  }
}

/** @param mappings segments of one source and no names, as the compiler writes them */
function firstOfEachLine(mappings, joined = new Set()) {
  let [line, column] = [0, 0];
  let [lastLine, lastColumn] = [0, 0];
  return mappings
    .split(';')
    .flatMap((segments, index) => {
      let first;
      for (const segment of segments.split(',').filter((one) => one !== '')) {
        const [generated, , lines, columns] = numbers(segment);
        // What a tool put there by itself has no place.
        if (lines === undefined) continue;
        line += lines;
        column += columns;
        first ??= [generated, line, column];
      }
      if (joined.has(index)) return [];
      if (first === undefined) return [''];
      const text = [first[0], 0, first[1] - lastLine, first[2] - lastColumn].map(vlq).join('');
      [, lastLine, lastColumn] = first;
      return [text];
    })
    .join(';');
}

function numbers(segment) {
  const found = [];
  let [value, shift] = [0, 0];
  for (const digit of segment) {
    const bits = digits.indexOf(digit);
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    found.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return found;
}

function vlq(number) {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = '';
  do {
    const bits = rest & 31;
    rest >>= 5;
    text += digits[rest > 0 ? bits | 32 : bits];
  } while (rest > 0);
  return text;
}
