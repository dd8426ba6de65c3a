import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@babel/parser';
import { filesIn } from './reachable.mjs';

/** Takes the white space from the beginnings of lines: nobody reads compiled code, and stacks name lines. What a template holds stays. */
export function unindent(folder) {
  for (const file of filesIn(folder).filter((one) => one.endsWith('.js') && !one.startsWith('imports/'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    const held = linesOfTemplates(text);
    const lines = text.split('\n').map((line, index) => (held.has(index + 1) ? line : line.trimStart()));
    writeFileSync(join(folder, file), lines.join('\n'));
  }
}

/** Lines that begin within a template: their white space is part of a text. */
function linesOfTemplates(text) {
  const lines = new Set();
  for (const { type, loc } of parse(text, { sourceType: 'script', tokens: true }).tokens) {
    // Texts of templates are the only tokens that end on another line.
    if (type === 'CommentBlock' || loc.start.line === loc.end.line) continue;
    for (let line = loc.start.line + 1; line <= loc.end.line; line += 1) lines.add(line);
  }
  return lines;
}
