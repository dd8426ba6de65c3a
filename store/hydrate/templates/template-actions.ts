import { unpacked } from '../unpacked';

const comment = /\{\{-?\s*\/\*[\s\S]*?\*\/\s*-?\}\}/y;
/** Strings in it may hold braces of their own. */
const action = /\{\{(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|[^"`}]|\}(?!\}))*\}\}/y;

/** The same inside a text of YAML in quotation marks, where those of strings are escaped. */
const escaped = /\{\{(?:\\"[^"\\\n]*\\"|`[^`]*`|[^"`}\\]|\}(?!\}))*\}\}/y;

/** Packed charts in packed charts, and no further. */
const deepest = 5;

/**
 * What stands between braces in the files of a chart, file by file, in those of packed charts in it too: which of them is a template
 * only Helm knows.
 */
export function* actionsByFile(files: ReadonlyMap<string, Buffer>): Generator<Iterable<string>> {
  for (const [, actions] of actionsIn(files)) yield actions;
}

/** The same, each with the path of its file: of one in a packed chart, behind the path of that. */
export function* actionsIn(files: ReadonlyMap<string, Buffer>, above = '', depth = 0): Generator<readonly [path: string, actions: Iterable<string>]> {
  for (const [path, content] of files) {
    if (!path.endsWith('.tgz')) yield [`${above}${path}`, actionsOf(content.toString('utf8'))];
    else if (depth <= deepest) yield* actionsIn(unpacked(content), `${above}${path}/`, depth + 1);
  }
}

/** `{{ … }}`, without comments. */
export function* actionsOf(text: string): Generator<string> {
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', at)) {
    const skipped = textAt(comment, text, at);
    // What has no end is no action, or one that is not understood here: all of it is looked at.
    const found = skipped ?? textAt(action, text, at) ?? text.slice(at);
    if (skipped === undefined) yield found;
    at += found.length;
  }
}

/** What begins at a place of a text, the likeliest first. */
export function actionsAt(text: string, at: number): readonly string[] {
  return [action, escaped].flatMap((pattern) => textAt(pattern, text, at) ?? []);
}

/** The comment that begins there. */
export function commentAt(text: string, at: number): string | undefined {
  return textAt(comment, text, at);
}

function textAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
