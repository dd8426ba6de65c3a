import { relative } from 'node:path';
import { Command } from 'commander';
import { plural, thousands } from '../../layers/text/problem-text';
import { shellWord } from '../../layers/text/shell-word';
import type { Board } from '../board/board';
import { boardHtml } from '../board/page-html';
import { boardOf } from '../print/board/board-of';
import { type Done, print } from '../print/print';
import { withoutControls } from '../print/without-controls';
import { readBoard } from '../read/board/read-board';
import { runSettled } from '../run-alone';
import { wholeNumber } from '../whole-number';
import { boardFile, expectRoomForBoard, writeBoard } from '../write/write-board';

interface BoardFlags {
  readonly config: string;
  readonly output: string;
  readonly at?: string;
  readonly history: number;
  readonly live?: boolean;
}

/** What stands for standard output. */
const standardOutput = '-';

export function boardCommand(done: Done): Command {
  return new Command('board')
    .description('one HTML file to look at: what runs where, what moves, what changed, what differs, and where each value comes from')
    .option('--output <file>', 'the file; an earlier board is replaced, and nothing else; - for standard output', 'board.html')
    .option('--at <ref>', 'as a commit recorded it, or the last one until a date (default: as the configuration says now)')
    .option('--history <count>', 'how many commits its history has, the newest first; 0 for all', wholeNumber, 100)
    .option('--live', 'ask Argo CD what runs, and bake in how it is and where it is not what Git has, with the time')
    .option('--config <dir>', 'the configuration folder', 'config')
    .addHelpText(
      'after',
      `
The file needs no other and no network: open it, send it, publish it. Where nothing moved it is the same, byte for byte, but for
what runs. Whoever can read it reads all values of the fleet. Writes nothing else.

Example:
  $ npx fleet board
  $ npx fleet board --at 2026-11-01 --output november.html`,
    )
    .action((flags: BoardFlags) => done(runSettled(flags.config, () => board(flags, new Date()))));
}

function board({ config, output, at, history, live = false }: BoardFlags, now: Date): number {
  const isFile = output !== standardOutput;
  // What the configuration says of it is known later.
  if (isFile) expectRoomForBoard(output, { config });
  const begin = ({ path }: { readonly path: string }) => {
    if (isFile) expectRoomForBoard(output, { config, path });
  };
  const read = readBoard({ config, at, commits: history, now, live, begin });
  const found = boardOf(read);
  const html = boardHtml(found);
  if (!isFile) process.stdout.write(boardFile(html));
  else {
    const made = writeBoard(output, html, { config, path: read.path });
    print(`Wrote ${shellWord(output)} (${sizeText(html)}): ${summaryText(found)}`);
    if (made !== undefined) print(`Made the folder ${shellWord(relative('', made))} for it.`);
  }
  for (const note of found.notes) process.stderr.write(`Note: ${withoutControls(note)}\n`);
  return 0;
}

function summaryText({ of, clusterTypes, apps, rollouts, history, live }: Board): string {
  const targets = clusterTypes.reduce((sum, { targets: own }) => sum + own.length, 0);
  const parts = [
    plural(apps.length, 'app'),
    plural(targets, 'target'),
    `${thousands(rollouts.length)} ${rollouts.length === 1 ? 'patch' : 'patches'} in flight`,
    plural(history.length, 'commit'),
    ...(live === undefined ? [] : [liveText(live)]),
  ];
  return `${withoutControls(of)}, ${parts.join(', ')}`;
}

function liveText({ targets }: NonNullable<Board['live']>): string {
  const well = targets.reduce((sum, { well: own }) => sum + own.length, 0);
  const others = targets.reduce((sum, { others: own }) => sum + own.length, 0);
  const dark = targets.filter(({ unknown }) => unknown !== undefined).length;
  const count = `${others === 0 ? '' : `${thousands(well)} of `}${plural(well + others, 'Application')} as Git has them`;
  return `${count}${dark === 0 ? '' : ` (${plural(dark, 'target')} not known in full)`}`;
}

function sizeText(html: string): string {
  const bytes = Buffer.byteLength(html);
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
