/** What classes of RE2 stand for, by a character that is in them. */
const classes: Readonly<Record<string, string>> = { d: '1', D: 'x', w: 'x', W: '/', s: ' ', S: 'x', b: '', B: '', A: '', z: '', n: '\n', t: '\t' };

/** Longer patterns and texts, and deeper ones, nobody writes. */
const longest = 500;
const deepest = 20;
/** How many ways through a pattern are gone. */
const maxWays = 24;

/**
 * Texts that fit a regular expression, one for each way at its bars: what may be repeated stands there once, or as often as it must,
 * and what may be anything is `x`. They are guesses: nothing depends on whether they fit but what is found by them.
 */
export function samplesOf(pattern: string): readonly string[] {
  return pattern.length > longest ? [] : new Samples(pattern).all;
}

class Samples {
  readonly all: readonly string[];
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.all = this.#ways(0);
  }

  #ways(depth: number): readonly string[] {
    const ways: string[] = [];
    do ways.push(...this.#sequence(depth));
    while (this.#take(/\|/y) !== undefined);
    return ways.slice(0, maxWays);
  }

  #sequence(depth: number): readonly string[] {
    let made = [''];
    while (this.#at < this.#pattern.length && !/[|)]/.test(this.#pattern[this.#at] as string)) {
      const options = this.#atom(depth);
      const times = Math.max(1, Number(/^\{(\d+)/.exec(this.#take(/(?:[*+?]|\{\d+,?\d*\})\??/y) ?? '')?.[1] ?? 1));
      made = made
        .flatMap((text) => options.map((option) => text + repeated(option, times)))
        .map((text) => text.slice(0, longest))
        .slice(0, maxWays);
    }
    return made;
  }

  #atom(depth: number): readonly string[] {
    if (this.#take(/\^|\$|\(\?[a-zA-Z-]+\)/y) !== undefined) return [''];
    if (this.#take(/\((?:\?(?:P?<\w+>|[a-zA-Z-]*:))?/y) !== undefined) {
      const ways = depth < deepest ? this.#ways(depth + 1) : [''];
      this.#take(/\)/y);
      return ways;
    }
    const found = this.#take(/\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\w+:\]|[^\]\\])*\]|[\s\S]/uy) ?? '';
    if (found.startsWith('\\')) return [classes[found.slice(1)] ?? found.slice(1)];
    if (found.startsWith('[') && found.length > 1) return [inClass(found)];
    return [found === '.' ? 'x' : found];
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#pattern) ?? [];
    this.#at += found?.length ?? 0;
    return found;
  }
}

/** No longer than it takes to be too long. */
function repeated(text: string, times: number): string {
  return text.repeat(Math.min(times, Math.ceil(longest / Math.max(1, text.length))));
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
