import { plural } from '../../../layers/text/problem-text';
import type { BoardCommit } from '../../board/board';
import { firstNames } from '../../read/first-names';
import type { Notice, NoticedPatch } from '../../read/notify/read-notice';
import { gatesWithApprovers } from '../../read/owners/approvers-of';
import { frozenText } from '../../read/patches/frozen-text';
import { boardCommit } from '../board/board-commit';
import { evidenceOf } from '../history/history-words';
import { patchTitle } from '../patch-words';
import { waitingText } from '../status/status-words';

/** A part of a line: words of ours, what somebody wrote, or the name of something with where it is looked at. */
export type Part = string | { readonly said: string } | { readonly label: string; readonly url: string };

export type Line = readonly Part[];

/** What is told of one thing: the first line names it. */
export type Item = readonly [Line, ...Line[]];

/** A message before it is written in the way of a tool. */
export interface Message {
  readonly title: Line;
  readonly sections: readonly { readonly title: string; readonly items: readonly Item[] }[];
}

/** How many changes of one commit are told. */
const shownChanges = 3;

const said = (text: string): Part => ({ said: text });

/** What moved and what waits, as people in a chat read it. */
export function messageOf(notice: Notice): Message {
  const { byClock, commits, patches, frozen, thawed } = notice;
  const fresh = patches.filter(({ isNew }) => isNew).length;
  const moved = byClock ? [] : [commits.length === 0 ? 'nothing moved' : `${plural(commits.length, 'commit')} moved something`];
  const waits = patches.length === 0 ? 'nothing waits' : `${patches.length} in flight${fresh === 0 ? '' : `, ${fresh} of them news`}`;
  const sections = [
    { title: 'What moved', items: commits.map((one) => commitItem(one, notice)) },
    {
      title: 'What is frozen',
      items: [
        ...frozen.map((node): Item => [[said(frozenText([node])), ...(node.isNew ? [' (news)'] : [])]]),
        ...thawed.map((path): Item => [[said(path), ' is frozen no more']]),
      ],
    },
    { title: 'What waits', items: patches.map((one) => patchItem(one, notice)) },
  ];
  return { title: [nameOf(notice), `: ${[...moved, waits].join('; ')}`], sections: sections.filter(({ items }) => items.length > 0) };
}

/** Of the repository, as people say it: `company/fleet`. */
function nameOf({ addresses: [address] }: Notice): Part {
  return address === undefined ? 'The fleet' : said(/([^/:\s]+\/[^/:\s]+?)(?:\.git)?\/*$/.exec(address)?.[1] ?? address);
}

function commitItem(one: Notice['commits'][number], { topology, links }: Notice): Item {
  const { hash, author, subject, approvals, changes, more = 0 } = boardCommit(one, topology);
  const short = hash.slice(0, 7);
  const left = more + Math.max(0, changes.length - shownChanges);
  return [
    [
      links === undefined ? said(short) : { label: short, url: links.commit.replace('{}', hash) },
      ' ',
      said(author),
      ...(subject === '' ? [] : [': ', said(subject)]),
    ],
    ...changes.slice(0, shownChanges).map((change): Line => [said(changeText(change))]),
    ...(left === 0 ? [] : [[`and ${plural(left, 'more change')}`]]),
    ...(approvals.length === 0 ? [] : [[said(firstNames(approvals).join(', '))]]),
    ...evidenceOf(one.commit).flatMap(([kind, reason]): readonly Line[] => (kind === 'despite' ? [['despite evidence: ', said(reason)]] : [])),
  ];
}

function changeText({ app, text, where }: BoardCommit['changes'][number]): string {
  return `${app === undefined || text.includes(app) ? '' : `${app}: `}${text} ${where}`;
}

function patchItem(patch: NoticedPatch, { fleet: { output } }: Notice): Item {
  const { view, covered, decision, isNew, bad } = patch;
  const approvers = decision.kind === 'enter' ? [...new Set(gatesWithApprovers(output, decision.gates).flatMap((gate) => gate.approvers))] : [];
  return [
    [said(patchTitle(view.state)), ...(isNew ? [' (news)'] : [])],
    [`at ${covered.length} of ${plural(view.state.targets.length, 'target')}; next: `, said(waitingText(patch))],
    ...(approvers.length === 0 ? [] : [['may approve: ', said(firstNames(approvers).join(', '))]]),
    ...bad.map(({ name, targets }): Line => ['stopped: evidence ', said(name), ' was bad at ', said(firstNames(targets).join(', '))]),
  ];
}
