/** Reads an option that may be given several times. @param before those given before it */
export function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
