/**
 * What the comments above a key say of it: the last paragraph, in the styles that charts use. `## @param image.tag Tag` names
 * its key (Bitnami); `# -- Tag` begins a description (helm-docs); `# +docs:…` and `# @schema …` are for other tools.
 */
export function descriptionIn(comment: string | null | undefined): string | undefined {
  if (!comment) return undefined;
  const lines = comment.split('\n').map((line) => line.replace(/^[#\s]+/, '').trimEnd());
  const dashes = lines.findLastIndex((line) => /^([\w.-]+ )?-- /.test(line));
  const last = lines.lastIndexOf('');
  const own = dashes >= 0 ? lines.slice(dashes) : lines.slice(last + 1);
  const text = withoutSchema(own)
    .filter((line) => !/^(@|\+docs:|yamllint |ref: |<<: )/.test(line))
    .map((line) => line.replace(/^([\w.-]+ )?-- (\([^)]*\) )?/, ''))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  // What is left of a line that separates, and values that were commented out, describe nothing.
  return /[A-Za-z]{2}/.test(text) && !/^[\w.-]+:( |$)/.test(text) ? text : undefined;
}

/** `# @schema` opens a block of JSON Schema, and closes it. */
function withoutSchema(lines: readonly string[]): readonly string[] {
  let isInside = false;
  return lines.filter((line) => {
    const isMark = /^@schema\b/.test(line);
    if (isMark && /^@schema$/.test(line)) isInside = !isInside;
    return !isMark && !isInside;
  });
}

/** Descriptions that name their key, from anywhere in a file: `## @param image.tag [string] Tag of the image`. */
export function namedDescriptions(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, path = '', words = ''] of text.matchAll(/^[ \t]*##?[ \t]*@(?:param|extra)[ \t]+(\S+)[ \t]+(?:\[[^\]\n]*\][ \t]*)?(.+)$/gm)) {
    if (/[A-Za-z]{2}/.test(words)) found.set(path, words.trim());
  }
  return found;
}
