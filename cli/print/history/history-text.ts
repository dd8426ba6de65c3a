import { everywhere } from '../../../layers/hierarchy';
import { plural } from '../../../layers/text/problem-text';
import { type HistoryCommit, hasEffect } from '../../read/history/output-history';
import type { FoundHistory } from '../../read/history/read-history';
import { type Words, wordsOf } from '../changes/change-words';
import { paintFor } from '../print';
import { aligned, columnsOfTerminal, type Row, wrapped } from '../rows';
import { withoutControls } from '../without-controls';
import { type HistoryRow, rowsOf, rowWords } from './history-rows';
import { approvalsOf, evidenceOf, isCommittedByOther, personText } from './history-words';

/** How many changes of one commit people read. */
const shownChanges = 12;

/** What is printed of a history, and how. */
export interface HistoryTextOptions {
  /** How many commits, the newest first; 0 for all. */
  readonly limit: number;
}

/** The audit trail, the newest first: a block for each commit. Those that are not shown are not read. */
export function historyText(found: FoundHistory, { limit }: HistoryTextOptions): string {
  const { app, topology, commits, count, endsAtShallow } = found;
  const paint = paintFor(process.stdout);
  const words = wordsOf({ topology });
  const blocks: string[] = [];
  let seen = 0;
  let without = 0;
  for (const one of commits) {
    if (limit > 0 && blocks.length === limit) break;
    seen += 1;
    if (hasEffect(one)) blocks.push(commitBlock(one, { isNamed: app === undefined, words }, paint));
    else without += 1;
  }
  const left = count - seen;
  const notes = [
    ...(left > 0 ? [`… and ${plural(left, 'older commit')} that touched it: \`--limit 0\` shows all.`] : []),
    ...(without > 0
      ? [
          `${plural(without, 'more commit')} changed nothing that is deployed${app === undefined ? '' : ' of it'}, and ${without === 1 ? 'is' : 'are'} left out.`,
        ]
      : []),
    ...(endsAtShallow && left === 0
      ? ['What was before is not known: the repository was cloned without its history (`git fetch --unshallow` brings it).']
      : []),
  ];
  const head = headOf(found, blocks.length === 0);
  return [
    blocks.length === 0 ? head : paint.bold(head),
    ...blocks,
    ...(notes.length > 0 ? [notes.flatMap((note) => wrapped(note, columnsOfTerminal())).join('\n')] : []),
  ].join('\n\n');
}

/** What was asked, and of which time: what is not of that time is not spoken of. */
function headOf({ path, app, time: { since, until } }: FoundHistory, isNone: boolean): string {
  const name = app === undefined ? undefined : `${app.clusterType}/${app.app}`;
  const [all, what] = isNone ? ['anywhere', name ?? 'what is rendered'] : ['everywhere', name];
  const place = path === everywhere ? all : `at ${path}`;
  const time = [...(since === undefined ? [] : [`since ${since}`]), ...(until === undefined ? [] : [`until ${until}`])].join(', ');
  const words = [isNone ? 'No commit changed' : 'What changed', ...(what === undefined ? [] : [what]), place].join(' ');
  return withoutControls(`${words}${time === '' ? '' : `, ${time}`}${isNone ? '.' : ''}`);
}

/** How changes are told. */
interface Telling {
  /** Whether each app is named. */
  readonly isNamed: boolean;
  readonly words: Words;
}

function commitBlock({ commit, merge, renames, changes }: HistoryCommit, telling: Telling, paint: ReturnType<typeof paintFor>): string {
  const approvals = approvalsOf(commit);
  const rows: readonly Row[] = [
    ...(approvals.length === 0 ? [] : [['approved', approvals.join(', ')] as const]),
    ...evidenceOf(commit),
    ...(isCommittedByOther(commit) ? [['committed', `by ${personText(commit.committer)}`] as const] : []),
    ...(merge === undefined
      ? []
      : [
          ['merged', `by ${personText(merge.author)} on ${merge.date.slice(0, 10)} in ${merge.hash.slice(0, 7)}${mergeApprovals(approvalsOf(merge))}`] as const,
        ]),
    ...renames.map(({ from, to }) => ['renamed', `${from} → ${to}`] as const),
  ];
  const lines = rowsOf(changes, telling.words);
  const shown = lines.slice(0, shownChanges);
  const left = lines.slice(shownChanges).reduce((sum, row) => sum + row.length, 0);
  const title = `${commit.hash.slice(0, 7)} ${commit.date.slice(0, 16).replace('T', ' ')} ${commit.author.name === '' ? commit.author.email : commit.author.name}`;
  return [
    paint.place(withoutControls(title)),
    ...(commit.subject === '' ? [] : wrapped(withoutControls(commit.subject), columnsOfTerminal() - 2).map((line) => `  ${line}`)),
    ...aligned(
      rows.map(([label, text]) => [label, withoutControls(text)] as const),
      '  ',
    ).map((line) => paint.dim(line)),
    ...changeBlocks(shown, telling, paint),
    ...(left > 0 ? [`    … and ${plural(left, 'more change')} (--format json has all)`] : []),
  ].join('\n');
}

function mergeApprovals(approvals: readonly string[]): string {
  return approvals.length === 0 ? '' : ` (${approvals.join(', ')})`;
}

/** Changes below the names of their apps. */
function changeBlocks(rows: readonly HistoryRow[], { isNamed, words }: Telling, paint: ReturnType<typeof paintFor>): readonly string[] {
  let last: string | undefined;
  return rows.flatMap((row) => {
    const [{ change }] = row;
    const { sign, text, where } = rowWords(row, words);
    const painted = sign === '-' ? paint.removed(sign) : sign === '+' ? paint.added(sign) : sign;
    const app =
      change.kind === 'field' ? `${change.clusterType}/${change.app}${change.deployer === undefined ? '' : `, deployed by ${change.deployer}`}` : undefined;
    const head = app !== undefined && app !== last && isNamed ? [`    ${withoutControls(app)}`] : [];
    last = app;
    const indent = app !== undefined && isNamed ? '      ' : '    ';
    const [first = '', ...others] = wrapped(withoutControls(`${text} ${where}`), columnsOfTerminal() - indent.length - 2);
    return [...head, `${indent.slice(2)}${painted} ${first}`, ...others.map((line) => `${indent}  ${paint.dim(line)}`)];
  });
}
