/** A function does not take its arguments. The caller knows where they stand. */
export class Refusal extends Error {
  /** @param argument index of the argument at fault. @default - none of them alone */
  constructor(
    message: string,
    readonly argument?: number,
    readonly hint?: string,
  ) {
    super(message);
  }
}
