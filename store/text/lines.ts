import type { Editable } from './editable';

/** Edits a text whose lines end in `\r\n` as if they ended in `\n`; they end as before afterwards. */
export function inLineFeeds(source: Editable, edit: (source: Editable) => string): string {
  const { text } = source;
  if (!isWindows(text)) return edit(source);
  return edit(withLineFeeds(source)).replaceAll('\n', '\r\n');
}

/** The same text with lines that end in `\n`. One in which both occur is left as it is. */
export function withLineFeeds(source: Editable): Editable {
  return isWindows(source.text) ? { ...source, text: source.text.replaceAll('\r\n', '\n') } : source;
}

function isWindows(text: string): boolean {
  return text.includes('\r\n') && !/(^|[^\r])\n/.test(text);
}

/** The offset at which the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset of the line break behind an offset, or of the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** The blank space with which the line of an offset begins. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}

/** A part of a text that becomes another one. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes all of these changes at once: their offsets are those of the text as it was. Of two at one offset the first stays in front. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let made = '';
  let at = 0;
  for (const splice of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    made += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return made + text.slice(at);
}
