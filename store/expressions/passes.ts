import { encodeToken, hasToken, splitTokens } from '../../layers/text/token';
import { evaluate, type Scope, type Segment, segmentsOf } from './evaluate';
import { ExpressionError } from './expression-error';
import { parseDeployed, type ReferenceUse, references, type Template } from './parse';

/**
 * What the first pass of Helm gave, as the second one, at deploy, reads it. What is for Argo CD is text to both; what the
 * second pass gives is final: Argo CD receives exactly that.
 */
export class Deployed {
  readonly #segments: readonly Segment[];
  readonly #template: Template;

  /** @throws ExpressionError placed in the author's text */
  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
    const text = segments.map((segment) => segment.text).join('');
    this.#template = this.#placed(() => {
      checkBraces(text);
      return parseDeployed(text, (start, end) => this.#isWritten(start, end));
    });
  }

  /** Each use of `.Values` in the second pass. */
  get references(): readonly ReferenceUse[] {
    return references(this.#template);
  }

  /** @throws ExpressionError placed in the author's text */
  evaluate(scope: Scope): string {
    return this.#placed(() => evaluate(this.#template, scope));
  }

  #isWritten(start: number, end: number): boolean {
    let from = 0;
    return this.#segments.some(({ text, origin }) => {
      const isInside = from <= start && end <= from + text.length;
      from += text.length;
      return isInside && origin === 'as-written';
    });
  }

  #placed<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (error instanceof ExpressionError) throw new ExpressionError(error.message, this.#written(error.offset), error.hint);
      throw error;
    }
  }

  /** An index in the text of the first pass as one in what the author wrote. */
  #written(offset: number): number {
    let from = 0;
    for (const { text, offset: at, origin } of this.#segments) {
      if (offset < from + text.length) return origin === 'value' ? at : at + offset - from;
      from += text.length;
    }
    return this.#segments.at(-1)?.offset ?? 0;
  }
}

/** A token is an expression of the second pass already: Helm would read a brace right before it as part of it. */
function checkBraces(text: string): void {
  if (!hasToken(text)) return;
  let offset = 0;
  for (const [index, part] of splitTokens(text).entries()) {
    if (index > 0 && typeof part !== 'string' && text[offset - 1] === '{') throw braceBefore(offset - 1);
    offset += (typeof part === 'string' ? part : encodeToken(part)).length;
  }
}

export function braceBefore(offset: number): ExpressionError {
  return new ExpressionError('Helm would read the brace as a part of the expression behind it, at deploy', offset, 'put something between them');
}

/** The text of a template after both passes. @throws ExpressionError */
export function evaluateTwice(template: Template, render: Scope, deploy: Scope): string {
  return new Deployed(segmentsOf(template, render)).evaluate(deploy);
}
