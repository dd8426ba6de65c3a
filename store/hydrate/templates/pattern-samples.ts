/** What classes of RE2 stand for, by a character that is in them. */
const classes: Readonly<Record<string, string>> = { d: '1', D: 'x', w: 'x', W: '/', s: ' ', S: 'x', b: '', B: '', A: '', z: '', n: '\n', t: '\t' };

/**
 * Texts that fit a regular expression, one for each way at its bars: what may be repeated stands there once, and what may be anything
 * is `x`. They are guesses: nothing depends on whether they fit but what is found by them.
 */
export function samplesOf(pattern: string): readonly string[] {
  let ways = [''];
  const done: string[] = [];
  const add = (text: string) => {
    ways = ways.map((way) => way + text);
  };
  for (const [found] of pattern.matchAll(/\\[\s\S]|\[(?:\^?\]?)(?:\\[\s\S]|\[:\w+:\]|[^\]\\])*\]|\(\?(?:P?<\w+>|[a-zA-Z-]*[:)])|\{\d*,?\d*\}[?+]?|[\s\S]/gu)) {
    if (/^(?:[()^$*+?]|\(\?.*|\{[\d,]+\}[?+]?)$/.test(found)) continue;
    if (found === '|') {
      done.push(...ways);
      ways = [''];
    } else if (found.startsWith('\\')) add(classes[found.slice(1)] ?? found.slice(1));
    else if (found.startsWith('[') && found.length > 1) add(inClass(found));
    else add(found === '.' ? 'x' : found);
  }
  return [...done, ...ways];
}

function inClass(text: string): string {
  if (!text.startsWith('[^')) {
    const [, escaped] = /^\[\\(.)/.exec(text) ?? [];
    return escaped === undefined
      ? /^\[\[:(?:digit|xdigit)/.test(text)
        ? '1'
        : /^\[\[:/.test(text)
          ? 'x'
          : (text[1] as string)
      : (classes[escaped] ?? escaped);
  }
  try {
    const pattern = new RegExp(text, 'u');
    return ['~', '_', '.', '/', 'Z', 'x', '1'].find((one) => pattern.test(one)) ?? '~';
  } catch {
    return '~';
  }
}
