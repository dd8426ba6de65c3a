import type { Board } from '../../../../cli/board/board';
import { boardHtml } from '../../../../cli/board/page-html';
import { smallBoard } from '../../../builders/board-builder';

function partsOf(html: string) {
  const [, json = ''] = /<script type="application\/json" id="board">(.*)<\/script>/.exec(html) ?? [];
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  return { board: JSON.parse(json) as Board, json, policy };
}

test('the board stands in the page as it is', () => {
  expect(partsOf(boardHtml(smallBoard())).board).toEqual(JSON.parse(JSON.stringify(smallBoard())));
});

test('no text ends the element that it stands in, and none turns what stands around it', () => {
  const text = '</script><img src=x onerror=alert(1)><!-- \u202egnp.exe\u2028\u0085 \u200b \u0007\n é 猫';
  const { board, json } = partsOf(boardHtml(smallBoard({ of: text })));
  expect(json).not.toMatch(/[<\p{Cf}\p{Cc}\p{Zl}\p{Zp}]/u);
  expect(board.of).toBe('</script><img src=x onerror=alert(1)><!-- \\u202egnp.exe\\u2028\\u0085 \\u200b \u0007\n é 猫');
});

test('nothing may run, be loaded or be sent but what the page holds', () => {
  const html = boardHtml(smallBoard());
  expect(partsOf(html).policy).toMatch(/^default-src 'none'; script-src 'sha256-[\w+/]+='; style-src 'sha256-[\w+/]+='; base-uri 'none'; form-action 'none'$/);
  expect(html.match(/<\/?(?:script|style)\b/g)).toEqual(['<style', '</style', '<script', '</script', '<script', '</script']);
  expect(html).not.toMatch(/\b(?:src|href)="/);
});

test('the same board is the same page', () => {
  expect(boardHtml(smallBoard())).toBe(boardHtml(smallBoard()));
});

test('what is not the board itself is small, and has the licence of what it is made with', () => {
  const html = boardHtml(smallBoard());
  expect(html.length - JSON.stringify(smallBoard()).length).toBeLessThan(80_000);
  expect(html).toContain('Copyright (c) 2015-present Jason Miller');
});
