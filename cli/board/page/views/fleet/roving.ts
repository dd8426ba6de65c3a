/** Makes a cell the one that the tab key leads to. */
export function roveTo(map: HTMLElement, cell: HTMLElement): void {
  for (const other of map.querySelectorAll<HTMLElement>('[data-node][tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
}

type Move = (cells: readonly HTMLElement[], at: number) => number;

/** Of a map's cells, in sequence, where a key leads. Cells wrap, so that what is above or below is asked of their places. */
const moves: Readonly<Record<string, Move>> = {
  ArrowRight: (_, at) => at + 1,
  ArrowLeft: (_, at) => at - 1,
  ArrowDown: (cells, at) => acrossFrom(cells, at, 1),
  ArrowUp: (cells, at) => acrossFrom(cells, at, -1),
  Home: (cells, at) => cells.findIndex((cell) => rowOf(cell) === rowOf(cells[at])),
  End: (cells, at) => cells.findLastIndex((cell) => rowOf(cell) === rowOf(cells[at])),
};

const farMoves: Readonly<Record<string, Move>> = { Home: () => 0, End: (cells) => cells.length - 1 };

/** Moves on from a cell by key. */
export function moveOn(event: KeyboardEvent): void {
  const map = event.currentTarget as HTMLElement;
  const cells = [...map.querySelectorAll<HTMLElement>('[data-node]')];
  const at = cells.indexOf((event.target as Element).closest<HTMLElement>('[data-node]') as HTMLElement);
  const known = event.ctrlKey || event.metaKey ? farMoves : moves;
  if (at < 0 || event.altKey || !Object.hasOwn(known, event.key)) return;
  event.preventDefault();
  cells[known[event.key]?.(cells, at) ?? at]?.focus();
}

function rowOf(cell: HTMLElement | undefined): Element | null | undefined {
  return cell?.closest('[role=row]');
}

/** The nearest cell of the next line of cells above or below. */
function acrossFrom(cells: readonly HTMLElement[], at: number, step: 1 | -1): number {
  const from = cells[at]?.getBoundingClientRect();
  if (from === undefined) return at;
  let [best, line, distance] = [at, Number.NaN, Number.POSITIVE_INFINITY];
  for (let index = at + step; index >= 0 && index < cells.length; index += step) {
    const { top, left } = (cells[index] as HTMLElement).getBoundingClientRect();
    if (Math.abs(top - from.top) < 2) continue;
    if (Number.isNaN(line)) line = top;
    else if (Math.abs(top - line) >= 2) break;
    if (Math.abs(left - from.left) < distance) [best, distance] = [index, Math.abs(left - from.left)];
  }
  return best;
}
