/** The last block of a comment: what stands before an empty line is said of something else, or of a section. */
function lastBlock(comment: string): readonly string[] {
  // A line that is empty stands between comments; one with a mark alone is a space.
  const raw = comment.split('\n');
  return raw.slice(raw.lastIndexOf('') + 1).map((line) => line.replace(/^#*/, '').trim());
}

/**
 * What the comment above a key says of it, in the styles that charts use: `# -- Tag` begins a description (helm-docs);
 * `# +docs:…` and `# @schema …` are for other tools.
 */
export function descriptionIn(comment: string | null | undefined): string | undefined {
  if (!comment) return undefined;
  const lines = withoutSchema(lastBlock(comment));
  const own = lines.filter((line) => !/^(@|\+docs:|yamllint |ref: |<<: )/.test(line));
  const dashes = own.findLastIndex((line) => /^([\w.-]+ )?-- /.test(line));
  const begun = own.slice(Math.max(dashes, 0)).join('\n').trim().split('\n');
  const end = begun.findIndex((line) => line === '' || /^(for )?example\b/i.test(line) || isCommentedOut(line));
  const text = begun
    .slice(0, end < 0 ? undefined : end)
    .map((line) => line.replace(/^([\w.-]+ )?-- (\([^)]*\) )?/, ''))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  // What is left of a line that separates describes nothing.
  return /[A-Za-z]{2}/.test(text) ? text : undefined;
}

/** Whether a line is YAML that somebody commented out. */
function isCommentedOut(line: string): boolean {
  return /^- |^[\w.-]+:( |$)/.test(line);
}

/** `# @schema` opens a block of JSON Schema, and closes it. */
function withoutSchema(lines: readonly string[]): readonly string[] {
  let isInside = false;
  return lines.filter((line) => {
    const isMark = /^ ?@schema\b/.test(line);
    if (isMark && /^ ?@schema$/.test(line)) isInside = !isInside;
    return !isMark && !isInside;
  });
}

/** Words that begin a remark and no value. */
const remarks = /^(note|ref|see|warning|example|default|e\.g|i\.e|https?|todo|info|tip|important|deprecated)$/i;

/**
 * Keys that are shown commented out (`# loadBalancerIP: ""`): the chart takes them, though nothing is known of them. What
 * follows the words for an example is none.
 *
 * @returns descriptions by key; `undefined` where there is none
 */
export function commentedKeys(comments: readonly (string | null | undefined)[]): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const block of comments.flatMap((comment) => (comment ?? '').split('\n\n'))) {
    let above: string[] = [];
    const lines = block.split('\n').map((line) => line.replace(/^#+/, ''));
    for (const line of withoutSchema(lines)) {
      if (/\bexamples?\b|\be\.g\./i.test(line)) break;
      const [, key = '', value = ''] = /^ ?([A-Za-z][\w-]*):(?: +(.*))?$/.exec(line.trimEnd()) ?? [];
      const isValue = /^$|^["'[{|>]|^[\w./:@-]+$|^[^ ]+ +#/.test(value);
      if (key === '' || remarks.test(key) || !isValue) above.push(line);
      else {
        found.set(key, descriptionIn(above.join('\n')));
        above = [];
      }
    }
  }
  return found;
}

/** Descriptions that name their key, from anywhere in a file: `## @param image.tag [string] Tag of the image` (Bitnami). */
export function namedDescriptions(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, path = '', words = ''] of text.matchAll(/^[ \t]*##?[ \t]*@(?:param|extra)[ \t]+(\S+)[ \t]+(?:\[[^\]\n]*\][ \t]*)?(.+)$/gm)) {
    if (/[A-Za-z]{2}/.test(words)) found.set(path, words.trim());
  }
  return found;
}
