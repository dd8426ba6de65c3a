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
    this.#template = this.#placed(() => parseDeployed(segments.map(({ text }) => text).join(''), (start, end) => this.#isWritten(start, end)));
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

/** The text of a template after both passes. @throws ExpressionError */
export function evaluateTwice(template: Template, render: Scope, deploy: Scope): string {
  return new Deployed(segmentsOf(template, render)).evaluate(deploy);
}
