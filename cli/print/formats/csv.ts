import { withoutControls } from '../without-controls';

/** What a spreadsheet takes for a formula where a cell begins with it, in the widths in which it may be typed. */
const formula = /^[=+\-@＝＋－＠]/;

/** A whole number or a fraction is no formula, whatever its sign. */
const number = /^[+-]?\d+(\.\d+)?$/;

/** Rows as RFC 4180 writes them. What a spreadsheet would run stands behind an apostrophe. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(text: string): string {
  const line = withoutControls(text);
  const harmless = formula.test(line.trimStart()) && !number.test(line) ? `'${line}` : line;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless;
}
