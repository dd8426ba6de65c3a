import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@babel/parser';
import { filesIn } from './reachable.mjs';

/**
 * Takes white space out of compiled code that nobody reads: from the beginnings of lines, and between words of one line. Lines on
 * which something happens stay lines, for stacks and maps name them, and what a template holds stays what it is.
 *
 * @returns by file the lines that are part of the one before now, counted from 0
 */
export function unindent(folder, entries) {
  const all = new Map();
  for (const file of filesIn(folder).filter((one) => one.endsWith('.js') && !one.startsWith('imports/'))) {
    // A call in this form hides a `this` that no function has.
    const text = withShortNames(readFileSync(join(folder, file), 'utf8').replace(/\(0, (\w+_\d+\.\w+)\)\(/g, '$1('));
    const words = wordsOf(text);
    const held = linesOfTemplates(words);
    const lines = closed(text, words)
      .split('\n')
      .map((line, index) => (held.has(index + 1) ? line : line.trimStart()));
    const joined = new Set(lines.flatMap((line, index) => (index > 0 && !held.has(index + 1) && isPassive(line, lines[index - 1]) ? [index] : [])));
    const made = lines.map((line, index) => (index === 0 || joined.has(index) ? line : `\n${line}`)).join('');
    all.set(file, joined);
    const isEntry = entries.some((entry) => file === `${entry}.js`);
    if (said(wordsOf(made), made) !== said(words, text)) throw new Error(`${file} says something else without its white space`);
    writeFileSync(join(folder, file), isEntry ? made : withoutHeads(made));
  }
  return all;
}

/** Whether nothing is called on a line: it closes what others opened, is one of several plain values, or what an `if` leads to. */
function isPassive(line, before) {
  if (/^[\]});,]+$/.test(line)) return true;
  if (/[(`]|=>|\/\/|\bawait\b/.test(line)) return false;
  if (/^(?:return|continue|break)\b.*;$/.test(line)) return before.endsWith(')');
  return /[,[(]$/.test(before) || (before.endsWith('{') && (line.endsWith(',') || /^(?:[\w$]+|'[^']*'):/.test(line)));
}

/** What the compiler writes for whoever imports a file from outside, which is done of entries alone. */
function withoutHeads(text) {
  return text.replace(/^Object\.defineProperty\(exports,"__esModule",\{\s*value:true\}\);$/m, '').replace(/^(?:exports\.\w+=)+void 0;$/m, '');
}

/** The compiler calls what a file requires after its path. */
function withShortNames(text) {
  const long = new Map([...text.matchAll(/^const (\w+_\d+) = require\(/gm)].map(([, name], index) => [name, `$${index}`]));
  let made = '';
  let at = 0;
  let before;
  for (const { start, end } of wordsOf(text)) {
    const word = text.slice(start, end);
    if (/^\$\d+$/.test(word)) return text;
    made += text.slice(at, start) + ((before !== '.' && long.get(word)) || word);
    at = end;
    before = word;
  }
  return made + text.slice(at);
}

function wordsOf(text) {
  return parse(text, { sourceType: 'script', tokens: true }).tokens.filter(({ type }) => type !== 'CommentBlock' && type !== 'CommentLine');
}

function said(words, text) {
  return words.map(({ start, end }) => text.slice(start, end)).join('\n');
}

/** What ends a word by itself. */
const ends = /[{}()[\],;:?=&|<>!]/;

/** Without spaces between words that are told apart without them. */
function closed(text, words) {
  let made = '';
  let at = 0;
  for (const { start, end } of words) {
    const gap = text.slice(at, start);
    const [before = '', after = ''] = [text[at - 1], text[start]];
    const isOfLine = /^ +$/.test(gap);
    // `<!--` begins a comment.
    const isApart = isOfLine && (ends.test(before) || ends.test(after)) && !(before === '<' && after === '!');
    made += (isApart ? '' : gap) + text.slice(start, end);
    at = end;
  }
  return made + text.slice(at);
}

/** Lines that begin within a template: their white space is part of a text. */
function linesOfTemplates(words) {
  const lines = new Set();
  for (const { loc } of words) {
    // Texts of templates are the only words that end on another line.
    for (let line = loc.start.line + 1; line <= loc.end.line; line += 1) lines.add(line);
  }
  return lines;
}
