import { Lexer } from 'yaml';
import type { YamlFile } from '../yaml-fleet/yaml-file';

/** A comment of a YAML text. */
export interface YamlComment {
  /** One-based. */
  readonly line: number;
  /** Columns before it. */
  readonly column: number;
  /** Of its `#`, from the beginning of the text. */
  readonly offset: number;
  /** Whether there is only space before it on its line. */
  readonly isAlone: boolean;
  /** Without `#` and the space behind it. */
  readonly text: string;
}

/** What the lexer adds to the text to tell what follows; behind the last of them is a scalar, whatever it begins with. */
const marks: readonly string[] = ['\u0002', '\u0018', '\u001f'];

/** Every comment of a YAML text, in order. */
export function commentsOf(text: string): readonly YamlComment[] {
  const found: YamlComment[] = [];
  let [offset, line, lineStart] = [0, 1, 0];
  let before = '';
  for (const token of new Lexer().lex(text)) {
    if (!marks.includes(token)) {
      if (token.startsWith('#') && before !== '\u001f') {
        const isAlone = text.slice(lineStart, offset).trim() === '';
        found.push({ line, column: offset - lineStart, offset, isAlone, text: token.slice(1).replace(/^ /, '').trimEnd() });
      }
      line += token.split('\n').length - 1;
      if (token.includes('\n')) lineStart = offset + token.lastIndexOf('\n') + 1;
      offset += token.length;
    }
    before = token;
  }
  return found;
}

/**
 * The comments of YAML files on their way to TypeScript. In between, each is known by its number, so that in the end it
 * can be told which ones arrived.
 */
export class CommentBook {
  readonly #comments: YamlComment[] = [];
  readonly #numbers = new Map<YamlFile, readonly string[]>();
  readonly #written = new Set<string>();
  /** Of a comment that is not written because another one says the same: that one. */
  readonly #twins = new Map<string, string>();

  /** The numbers of a file's comments, in order. */
  numbersOf(file: YamlFile): readonly string[] {
    const known = this.#numbers.get(file);
    if (known) return known;
    const numbers = commentsOf(file.text).map((comment) => String(this.#comments.push(comment) - 1));
    this.#numbers.set(file, numbers);
    return numbers;
  }

  /** A comment that no file has. @returns its number */
  add(text: string): string {
    return String(this.#comments.push({ line: 0, column: 0, offset: 0, isAlone: true, text }) - 1);
  }

  comment(number: string): YamlComment {
    return this.#comments[Number(number)] as YamlComment;
  }

  /** The numbers of what a copy says and the original does not; the rest counts as written where the original's is. */
  ownOf(copy: YamlFile, original: YamlFile): readonly string[] {
    const others = [...this.numbersOf(original)];
    return this.numbersOf(copy).filter((number) => {
      const at = others.findIndex((other) => this.comment(other).text === this.comment(number).text);
      const [twin] = at < 0 ? [] : others.splice(at, 1);
      if (twin !== undefined) this.#twins.set(number, twin);
      return twin === undefined;
    });
  }

  /** Lines to be written in the place of numbers; empty ones only between others. */
  write(numbers: readonly string[]): readonly string[] {
    for (const number of numbers) this.#written.add(number);
    const texts = numbers.map((number) => this.comment(number).text);
    const first = texts.findIndex((text) => text !== '');
    return first < 0 ? [] : texts.slice(first, texts.findLastIndex((text) => text !== '') + 1);
  }

  /** The comments of a file that were not written; one without text is none. */
  lost(file: YamlFile): readonly YamlComment[] {
    return this.numbersOf(file)
      .filter((number) => !this.#written.has(this.#twins.get(number) ?? number))
      .map((number) => this.comment(number))
      .filter(({ text }) => text !== '');
  }
}
