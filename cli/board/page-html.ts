import { withoutControls } from '../print/without-controls';
import type { Board } from './board';

/** A part of the page, with its hash: of what stands in a file, a browser runs nothing else. */
interface PagePart {
  readonly text: string;
  readonly hash: string;
}

/** The page of a board: one file that asks no network for anything. */
export function boardHtml(board: Board): string {
  const { script, style } = pageFiles();
  const policy = `default-src 'none'; script-src '${script.hash}'; style-src '${style.hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Fleet board</title>
<style>${style.text}</style>
</head>
<body>
<div id="page"><noscript>The board is drawn by the script that it holds: allow it to run.</noscript></div>
<script type="application/json" id="board">${boardJson(board)}</script>
<script>${script.text}</script>
</body>
</html>
`;
}

/**
 * No text of the configuration ends the element that it stands in, and none turns the direction of what stands around it:
 * characters that nobody sees are written out, as commands do on a terminal.
 */
function boardJson(board: Board): string {
  return JSON.stringify(board)
    .replace(/[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu, (character) => JSON.stringify(withoutControls(character)).slice(1, -1))
    .replace(/</g, '\\u003c');
}

function pageFiles(): { readonly script: PagePart; readonly style: PagePart } {
  return require('./page-files.js').pageFiles();
}
