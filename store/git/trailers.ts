/** A line `Key: value` at the end of a commit's message. */
export interface Trailer {
  readonly key: string;
  readonly value: string;
}

/**
 * The trailers of a message: its last paragraph, but for the first one, where every line is one, or a quarter of them and one that Git
 * itself writes. A line that begins with a space continues the one before.
 *
 * @see https://git-scm.com/docs/git-interpret-trailers
 */
export function trailersOf(message: string): readonly Trailer[] {
  const lines = message.split('\n');
  const block = lines.slice(startOf(lines)).filter((line) => !isComment(line));
  const found: { readonly key: string; value: string }[] = [];
  let last: { readonly key: string; value: string } | undefined;
  for (const line of block) {
    const end = separatorOf(line);
    if (last !== undefined && /^\s/.test(line)) last.value = `${last.value} ${line.trim()}`.trim();
    else if (end >= 1) {
      last = { key: line.slice(0, end).trim(), value: line.slice(end + 1).trim() };
      found.push(last);
    } else last = undefined;
  }
  return found;
}

/** The first line of the paragraph that holds trailers; the number of lines where none does. */
function startOf(lines: readonly string[]): number {
  const title = lines.findIndex((line) => !isComment(line) && isBlank(line));
  if (title < 0) return lines.length;
  let [trailers, others, continued] = [0, 0, 0];
  let [isGits, isAtEnd] = [false, true];
  for (let at = lines.length - 1; at >= title; at -= 1) {
    const line = lines[at] ?? '';
    if (isComment(line)) [others, continued] = [others + continued, 0];
    else if (isBlank(line)) {
      if (isAtEnd) continue;
      others += continued;
      return (isGits && trailers * 3 >= others) || (trailers > 0 && others === 0) ? at + 1 : lines.length;
    } else if (/^(Signed-off-by: |\(cherry picked from commit )/.test(line)) [isGits, trailers, continued] = [true, trailers + 1, 0];
    else if (separatorOf(line) >= 1) [trailers, continued] = [trailers + 1, 0];
    else if (/^\s/.test(line)) continued += 1;
    else [others, continued] = [others + continued + 1, 0];
    isAtEnd &&= isComment(line);
  }
  return lines.length;
}

/** Where the colon of a trailer is; -1 where it is none. */
function separatorOf(line: string): number {
  return /^[A-Za-z0-9-]+[ \t]*:/.exec(line)?.[0].lastIndexOf(':') ?? -1;
}

function isComment(line: string): boolean {
  return line.startsWith('#');
}

/** Spaces of ASCII alone, as Git takes it. */
export function isBlank(line: string): boolean {
  return !/[^ \t\v\f\r]/.test(line);
}
