/** A word of a command line that a person may copy into a shell. */
export function shellWord(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The words of a command line as far as they stand in it: what a shell makes of variables nobody knows. `--a=b` is two, and quoted text is both one and its words. */
export function wordsOfCommand(command: string): readonly string[] {
  const found = [...command.matchAll(/"([^"]*)"|'([^']*)'|[^\s"';|&()<>`=,{}]+/g)].flatMap(([word, double, single]) => {
    const quoted = double ?? single;
    return quoted === undefined ? [word] : [quoted, ...wordsOfCommand(quoted.replace(/["']/g, ' '))];
  });
  return [...new Set(found.filter((word) => word !== ''))];
}
