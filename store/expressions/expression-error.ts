/** A Helm expression in a scalar that cannot be evaluated: a mistake of its author, placed in the scalar's text. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';

  /**
   * @param message what is wrong, what was expected and what was found; never where
   * @param offset  index in the scalar's text, in UTF-16 code units
   * @param hint    what to do. @default - nothing to suggest
   */
  constructor(
    message: string,
    readonly offset: number,
    readonly hint?: string,
  ) {
    super(message);
  }
}
