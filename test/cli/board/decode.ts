import type { Board, BoardApp, BoardSaid } from '../../../cli/board/board';

/** The path of a node. */
export function pathOf({ nodes }: Board, index: number): string {
  const { name, parent } = nodes[index] as Board['nodes'][number];
  return parent === undefined ? name : `${pathOf({ nodes } as Board, parent)}/${name}`;
}

export function pathsOf(board: Board, indexes: readonly number[]): readonly string[] {
  return indexes.map((index) => pathOf(board, index));
}

export function appOf(board: Board, name: string): BoardApp {
  const app = board.apps.find((one) => one.name === name);
  if (!app) throw new Error(`no app '${name}'`);
  return app;
}

/** Which of what a field says holds at each of an app's targets. */
function whichOf({ runs = [Number.POSITIVE_INFINITY, 0] }: BoardApp['fields'][number], targets: number): readonly number[] {
  const all: number[] = [];
  for (let at = 0; at < runs.length; at += 2) {
    for (let left = runs[at] as number; left > 0 && all.length < targets; left -= 1) all.push(runs[at + 1] as number);
  }
  return all;
}

/** What an app says at a target, by field. */
export function saidAt(board: Board, app: BoardApp, target: string): ReadonlyMap<string, BoardSaid> {
  const at = pathsOf(board, app.targets).indexOf(target);
  return new Map(
    app.fields.flatMap((field) => {
      const said = field.said[whichOf(field, app.targets.length)[at] ?? -1];
      return said ? [[field.name, said] as const] : [];
    }),
  );
}

/** The same with the file and the line in words. */
export function placedAt(board: Board, app: BoardApp, target: string): ReadonlyMap<string, object> {
  return new Map(
    [...saidAt(board, app, target)].map(([field, [value, layer, file, line]]) => [
      field,
      { value, layer, ...(file === undefined ? {} : { file: board.files[file], ...(line === 0 ? {} : { line }) }) },
    ]),
  );
}

/** The data that stands in a page. */
export function boardIn(html: string): Board {
  const [, json] = /<script type="application\/json"[^>]*>([\s\S]*?)<\/script>/.exec(html) ?? [];
  if (json === undefined) throw new Error(`no data in ${html.slice(0, 200)}`);
  return JSON.parse(json) as Board;
}
