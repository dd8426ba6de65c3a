import type { Board } from './board';

/** The page of `fleet board`: one file that needs no other. */
export function boardHtml(board: Board): string {
  const json = JSON.stringify(board).replace(/</g, '\\u003c');
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Fleet</title></head><body><script type="application/json" id="board">${json}</script></body></html>\n`;
}
