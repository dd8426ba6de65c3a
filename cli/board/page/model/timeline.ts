import type { BoardChange, BoardCommit } from '../../board';
import type { Fleet } from './fleet';

export interface HistoryFilter {
  readonly app?: string | undefined;
  readonly at?: string | undefined;
  readonly by?: string | undefined;
  readonly q?: string | undefined;
}

/** A commit, with those of its changes that somebody asked for. */
export interface ShownCommit {
  readonly commit: BoardCommit;
  readonly changes: readonly BoardChange[];
}

/** Commits that somebody asked for. Those whose every change is left out are left out, too, unless the text is in what they say themselves. */
export function filterHistory(fleet: Fleet, { app, at, by, q }: HistoryFilter): readonly ShownCommit[] {
  const words = wordsOf(q);
  const asked = fleet.tryFindApp(app);
  const isAsked = (change: BoardChange) =>
    (app === undefined || (asked === undefined ? change.app === app : change.app === asked.name && isOfType(change, fleet.clusterType(asked)?.name))) &&
    (at === undefined || change.paths.some((path) => meets(path, at)));
  return fleet.board.history.flatMap((commit) => {
    if (by !== undefined && !peopleOf(commit).includes(by)) return [];
    const isNamed = holds(words, [commit.subject, commit.author, commit.hash, ...commit.approvals]);
    const changes = commit.changes.filter((change) => isAsked(change) && (isNamed || holds(words, [change.app ?? '', change.text, change.where])));
    return changes.length > 0 || (isNamed && app === undefined && at === undefined) ? [{ commit, changes }] : [];
  });
}

function isOfType({ clusterType }: BoardChange, asked: string | undefined): boolean {
  return clusterType === undefined || clusterType === asked;
}

/** Whether one of two nodes lies in the other. */
function meets(path: string, at: string): boolean {
  return path === '*' || path === at || path.startsWith(`${at}/`) || at.startsWith(`${path}/`);
}

/** Who wrote a commit and who approved it, without addresses. */
export function peopleOf({ author, approvals }: BoardCommit): readonly string[] {
  return [author, ...approvals.map((approval) => approval.replace(/^[\w-]+: */, ''))].map(nameOf);
}

export function nameOf(person: string): string {
  return person.replace(/\s*<[^>]*>$/, '') || person;
}

export function wordsOf(text: string | undefined): readonly string[] {
  return (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
}

export function holds(words: readonly string[], texts: readonly string[]): boolean {
  const text = texts.join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
