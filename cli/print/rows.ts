/** A line of a label and a text. */
export type Row = readonly [label: string, text: string];

/** How many columns a line has: as many as it needs where the output is no terminal. */
export function columnsOfTerminal(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
}

/** Lines of a label and a text, aligned; on a terminal a long text goes on below itself. @param width of the labels */
export function aligned(rows: readonly Row[], indent = '  ', width = labelWidth(rows)): readonly string[] {
  const columns = columnsOfTerminal();
  const start = indent.length + width + 2;
  return rows.flatMap(([label, text]) => {
    const [first = '', ...others] = wrapped(text, columns - start);
    return [`${indent}${label.padEnd(width)}  ${first}`, ...others.map((line) => ' '.repeat(start) + line)];
  });
}

export function labelWidth(rows: readonly Row[]): number {
  return Math.max(0, ...rows.map(([label]) => label.length));
}

/** Breaks a text between words. A word that is too long stays whole: it is a path, to be copied. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Lines of a table with aligned columns. @returns `undefined` where the terminal is too narrow for it */
export function tableLines(rows: readonly (readonly string[])[]): readonly string[] | undefined {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  if (widths.reduce((sum, width) => sum + width + 2, -2) > columnsOfTerminal()) return undefined;
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
