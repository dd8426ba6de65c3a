/**
 * What stands for a value that is followed through the templates of a chart: each function is asked whether it is given it. What a
 * chart does not put between quotation marks, or indent, it breaks, so that nobody reads the wrong thing out of it.
 */
export function followedValue(index: number): string {
  return `: "'\n${followedName(index)}`;
}

/** The same as a name alone, for what must be read first. */
export function followedName(index: number): string {
  return `qy${String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))}follow`;
}

/** A regular expression of Go (RE2) for what each of them holds, whatever quotes it. */
export const followedPattern = 'qy[a-z][a-z]follow';
