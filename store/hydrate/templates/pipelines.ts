/** What a template does with values: functions with what they are given, each handing what it makes on to the next one. */
export interface Pipeline {
  /** `$a, $b :=`; `''` where nothing is declared. */
  readonly declared: string;
  readonly commands: readonly Command[];
}

/** A function, or whatever else, and what it is given. */
export type Command = readonly Operand[];

export interface Operand {
  /** As it is written; of what stands in parentheses, what follows them: `.host`. */
  readonly text: string;
  /** What stands in parentheses. @default - none do */
  readonly inner?: Pipeline;
}

/** What stands between the braces of an action. */
export interface Statement {
  /** `range`, `else if`, `template "name"`; `''` where something is printed. */
  readonly keyword: string;
  /** @default - it is given nothing */
  readonly pipeline?: Pipeline;
}

/** Inside a text of YAML, quotation marks may be escaped. */
const part = /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|\\"[^"\\\n]*\\"|:=|[=(),|]|[^\s()|"`',=:\\]+/y;
const text = '(?:"(?:[^"\\\\\\n]|\\\\.)*"|`[^`]*`|\\\\"[^"\\\\\\n]*\\\\")';
const keywords = new RegExp(
  `^(?:(?:else\\s+(?:if|with)|if|with|range)(?=[\\s(.$"\\x60])|(?:else|end|break|continue)(?=\\s*$)|(?:template|block|define)\\s*${text})`,
);

/** Deeper ones nobody writes. */
const deepest = 100;

/** Reads what stands between braces. @returns `undefined` for what it does not understand */
export function readStatement(body: string): Statement | undefined {
  const inside = body.trim();
  const [keyword = ''] = keywords.exec(inside) ?? [];
  const rest = inside.slice(keyword.length);
  if (rest.trim() === '') return { keyword };
  const parts = partsOf(rest);
  if (!parts) return undefined;
  const reader = new Reader(parts);
  const pipeline = reader.pipeline(0);
  return pipeline && reader.isAtEnd ? { keyword, pipeline } : undefined;
}

/** Whether a text is one of Go's, or a number or another constant. */
export function isLiteral({ text: written, inner }: Operand): boolean {
  return inner === undefined && /^(?:["`'\d]|\\"|[-+][\d.]|(?:true|false|nil)$)/.test(written);
}

function partsOf(written: string): readonly string[] | undefined {
  const parts: string[] = [];
  part.lastIndex = 0;
  for (let at = 0; at < written.length; at = part.lastIndex) {
    part.lastIndex = at;
    const [found] = part.exec(written) ?? [];
    if (found === undefined) return undefined;
    parts.push(found);
  }
  return parts;
}

class Reader {
  readonly #parts: readonly string[];
  #at = 0;

  constructor(parts: readonly string[]) {
    this.#parts = parts;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#parts.length;
  }

  pipeline(depth: number): Pipeline | undefined {
    if (depth > deepest) return undefined;
    const declared = this.#declared();
    const commands: Operand[][] = [[]];
    while (!this.isAtEnd && this.#parts[this.#at] !== ')') {
      const found = this.#parts[this.#at++] as string;
      if (/^\s/.test(found)) continue;
      if (found === '|') commands.push([]);
      else if (found === '(') {
        const inner = this.pipeline(depth + 1);
        if (!inner || this.#parts[this.#at++] !== ')') return undefined;
        const chain = this.#parts[this.#at]?.startsWith('.') ? (this.#parts[this.#at++] as string) : '';
        commands.at(-1)?.push({ text: chain, inner });
      } else if (/^[=,]|:=$/.test(found) || (found.startsWith('%') && commands.at(-1)?.length === 0)) return undefined;
      else commands.at(-1)?.push({ text: found });
    }
    return commands.every(({ length }) => length > 0) ? { declared, commands } : undefined;
  }

  /** `$a :=`, `$a =`, `$a, $b :=`. */
  #declared(): string {
    let at = this.#at;
    while (/^(?:\s+|,|\$\w*)$/.test(this.#parts[at] ?? '')) at++;
    if (at === this.#at || !/^:?=$/.test(this.#parts[at] ?? '')) return '';
    const declared = this.#parts.slice(this.#at, at + 1).join('');
    this.#at = at + 1;
    return declared.trim();
  }
}
