import type { Change } from '../../../changes/change';
import type { Reason } from '../../../changes/reasons';
import type { CommitInfo } from '../../../store/git/commit-info';

/** A change, and why it came about. */
export interface ReasonedChange {
  readonly change: Change;
  readonly reasons: readonly Reason[];
}

/** A commit that changed what is rendered. */
export interface HistoryCommit {
  readonly commit: CommitInfo;
  /** The merge that brought it. @default - it was made where it is */
  readonly merge?: CommitInfo;
  /** Folders that got another name by it, from the output folder. */
  readonly renames: readonly { readonly from: string; readonly to: string }[];
  readonly changes: readonly ReasonedChange[];
}

/** The audit trail of what is rendered somewhere. */
export interface OutputHistory {
  /** The newest first; made as they are asked for. Those that changed nothing that is deployed have neither changes nor renames. */
  readonly commits: Iterable<HistoryCommit>;
  /** How many there are, those that changed nothing included. */
  readonly count: number;
  readonly endsAtShallow: boolean;
}

/** Whether a commit changed anything that is deployed. */
export function hasEffect({ changes, renames }: Pick<HistoryCommit, 'changes' | 'renames'>): boolean {
  return changes.length > 0 || renames.length > 0;
}
