/** A cell of a table as a forge shows it: its parts of code in order, and what stands around them. */
export interface Cell {
  readonly code: readonly string[];
  /** Everything that is no code. */
  readonly around: string;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What Markdown says, as GitHub's rules for tables, code and folds have it. */
export interface Comment {
  readonly tables: readonly Table[];
  /** Lines outside of tables. */
  readonly lines: readonly string[];
}

export function readMarkdown(text: string): Comment {
  const tables: { title: string; columns: readonly string[]; rows: (readonly Cell[])[] }[] = [];
  const lines: string[] = [];
  const all = text.split('\n');
  let title = '';
  for (let index = 0; index < all.length; index += 1) {
    const line = all[index] as string;
    const next = all[index + 1] ?? '';
    if (line.startsWith('|') && /^\|( --- \|)+$/.test(next)) {
      const columns = cellsOf(line);
      const table = { title, columns, rows: [] as (readonly Cell[])[] };
      for (index += 2; (all[index] ?? '').startsWith('|'); index += 1) {
        const cells = cellsOf(all[index] as string);
        if (cells.length !== columns.length) throw new Error(`a row of ${cells.length} cells: ${all[index]}`);
        table.rows.push(cells.map(cellOf));
      }
      index -= 1;
      tables.push(table);
      continue;
    }
    if (line.startsWith('|')) throw new Error(`a row outside of a table: ${line}`);
    if (line.startsWith('### ')) title = cellOf(line.slice(4)).code[0] ?? line.slice(4);
    lines.push(line);
  }
  return { tables, lines };
}

/** Splits where a bar has no backslash before it: what forges disagree about is refused. */
function cellsOf(line: string): readonly string[] {
  if (/\\\\\|/.test(line)) throw new Error(`forges read this in different ways: ${line}`);
  const parts = line.split(/(?<!\\)\|/);
  if (parts[0] !== '' || parts[parts.length - 1] !== '') throw new Error(`no row of a table: ${line}`);
  return parts.slice(1, -1).map((part) => part.trim().replace(/\\\|/g, '|'));
}

/** Reads code as CommonMark does: as many backticks end it as began it. */
function cellOf(text: string): Cell {
  const code: string[] = [];
  let around = '';
  let isJoined = false;
  for (let rest = text; rest !== ''; ) {
    const [fence = ''] = /^`+/.exec(rest) ?? [];
    if (fence === '') {
      if (rest.startsWith('<!-- -->')) {
        isJoined = true;
        rest = rest.slice('<!-- -->'.length);
        continue;
      }
      around += rest[0];
      rest = rest.slice(1);
      continue;
    }
    const end = new RegExp(`(?<!\`)${fence}(?!\`)`).exec(rest.slice(fence.length));
    if (!end) throw new Error(`code without an end: ${text}`);
    const inside = rest.slice(fence.length, fence.length + end.index);
    const said = /^ .* $/s.test(inside) && inside.trim() !== '' ? inside.slice(1, -1) : inside;
    if (isJoined) code[code.length - 1] += said;
    else code.push(said);
    isJoined = false;
    rest = rest.slice(fence.length + end.index + fence.length);
  }
  return { code, around };
}
