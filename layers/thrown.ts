/** What was thrown, in words. Code may throw anything; whatever it is, asking it throws nothing. */
export function messageOf(cause: unknown): string {
  try {
    return cause instanceof Error ? String(cause.message) : String(cause);
  } catch {
    return 'something that cannot be shown';
  }
}

/** The stack of what was thrown, as far as it has one that can be read. */
export function stackOf(cause: unknown): string {
  try {
    return cause instanceof Error && typeof cause.stack === 'string' ? cause.stack : '';
  } catch {
    return '';
  }
}

/** What was thrown as what it is, or `undefined` where it is something else. */
export function thrownAs<T extends object>(cause: unknown, type: abstract new (...args: never) => T): T | undefined {
  try {
    return cause instanceof type ? cause : undefined;
  } catch {
    return undefined;
  }
}
