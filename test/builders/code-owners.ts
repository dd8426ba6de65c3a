/** Whom a forge asks about a path: those of the last line that matches it, as GitHub and GitLab read it; `undefined` where none does. */
export function codeOwnersReader(text: string): (path: string) => readonly string[] | undefined {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [pattern = '', ...owners] = line.split(/(?<!\\) +/);
      // GitHub skips a line with anything else in it.
      for (const owner of owners) if (!/^@[\w-]+(\/[\w-]+)?$|^[\w.-]+@[\w-]+(\.[\w-]+)+$/.test(owner)) throw new Error(`no owner: ${owner}`);
      return { matches: matcher(pattern), owners };
    });
  return (path) => lines.filter(({ matches }) => matches(path)).at(-1)?.owners;
}

/** A pattern of .gitignore, without what CODEOWNERS has not: `!`, `[ ]`, and `#` at its beginning. */
function matcher(pattern: string): (path: string) => boolean {
  if (/^[!#]|[[\]]/.test(pattern)) throw new Error(`no pattern: ${pattern}`);
  const isAnchored = /\/./.test(pattern);
  const parts = pattern.replace(/^\//, '').match(/\\.|\*\*|./gsu) ?? [];
  const source = parts.map((part) => ({ '**': '.*', '*': '[^/]*', '?': '[^/]' })[part] ?? part.replace(/^\\/, '').replace(/[.+^${}()|[\]\\?*]/, '\\$&'));
  const end = pattern.endsWith('/') ? '.' : '(/|$)';
  const expression = new RegExp(`^${isAnchored ? '' : '(.*/)?'}${source.join('')}${end}`, 'su');
  return (path) => expression.test(path);
}
