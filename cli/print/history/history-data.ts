import type { CommitInfo } from '../../../store/git/commit-info';
import { type HistoryCommit, hasEffect } from '../../read/history/output-history';
import type { FoundHistory } from '../../read/history/read-history';
import { type Words, wordsOf } from '../changes/change-words';
import { csvText } from '../formats/csv';
import { approvalsOf, changeText, evidenceOf, personText, reasonText } from './history-words';

/** The audit trail for programs. @param limit how many commits, the newest first; 0 for all */
export function historyData({ path, app, topology, commits, count, endsAtShallow }: FoundHistory, limit: number): object {
  const words = wordsOf({ topology });
  const shown: object[] = [];
  let seen = 0;
  let without = 0;
  for (const one of commits) {
    if (limit > 0 && shown.length === limit) break;
    seen += 1;
    if (hasEffect(one)) shown.push(commitData(one, words));
    else without += 1;
  }
  return { path, ...(app ?? {}), commits: shown, withoutEffect: without, notShown: count - seen, endsAtShallow };
}

function commitData({ commit, merge, renames, changes }: HistoryCommit, told: Words): object {
  const { hash, date, author, committer, subject, body, trailers } = commit;
  return {
    ...{ hash, date, author, committer, subject, body, trailers },
    approvals: approvalsOf(commit),
    ...said('evidence', commit),
    ...said('despite', commit),
    ...(merge === undefined ? {} : { merge: mergeData(merge) }),
    ...(renames.length === 0 ? {} : { renames }),
    changes: changes.map((one) => ({ words: changeText(one, told), ...one.change, reasons: one.reasons })),
  };
}

/** What evidence said, or why it went on without: nothing where nothing was said. */
function said(kind: 'evidence' | 'despite', commit: CommitInfo): object {
  const texts = evidenceTexts(kind, commit);
  return texts.length === 0 ? {} : { [kind]: texts };
}

function evidenceTexts(kind: 'evidence' | 'despite', commit: CommitInfo): readonly string[] {
  return evidenceOf(commit).flatMap(([one, text]) => (one === kind ? [text] : []));
}

function mergeData(merge: CommitInfo): object {
  const { hash, date, author, committer, subject, trailers } = merge;
  return { hash, date, author, committer, subject, trailers, approvals: approvalsOf(merge) };
}

const columns = [
  'commit',
  'date',
  'author',
  'committer',
  'subject',
  'approvals',
  'merge',
  'merged by',
  'cluster type',
  'app',
  'object',
  'deployer',
  'change',
  'field',
  'before',
  'after',
  'targets',
  'paths',
  'reasons',
  'evidence',
  'despite',
] as const;

/** The audit trail for auditors: a line a change, all of them, the newest first. */
export function historyCsv({ commits }: FoundHistory): string {
  const rows: (readonly string[])[] = [columns];
  for (const one of commits) rows.push(...commitRows(one));
  return csvText(rows);
}

function commitRows({ commit, merge, renames, changes }: HistoryCommit): readonly (readonly string[])[] {
  const about = [
    commit.hash,
    commit.date,
    personText(commit.author),
    personText(commit.committer),
    commit.subject,
    [...approvalsOf(commit), ...(merge === undefined ? [] : approvalsOf(merge))].join('; '),
    merge?.hash ?? '',
    merge === undefined ? '' : personText(merge.author),
  ];
  const evidence = (['evidence', 'despite'] as const).map((kind) => evidenceTexts(kind, commit).join('; '));
  return [
    ...renames.map(({ from, to }) => [...about, '', '', '', '', 'renamed', '', from, to, '', '', '', ...evidence]),
    ...changes.map(({ change, reasons }) => [
      ...about,
      change.clusterType,
      'app' in change ? change.app : '',
      'object' in change ? (change.object ?? '') : '',
      'deployer' in change ? (change.deployer ?? '') : '',
      change.kind,
      ...(change.kind === 'field' ? [change.field, cellOf(change.before), cellOf(change.after)] : ['', '', '']),
      String(change.targets.length),
      change.paths.join(' '),
      reasons.map((reason) => reasonText(reason, change.kind)).join('; '),
      ...evidence,
    ]),
  ];
}

function cellOf(value: unknown): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
