import { FleetError, type Problem } from '../../constructs';
import { NewCommit } from '../../store/git/writing/new-commit';
import type { Change } from '../prepare/change';
import type { LoadedFleet } from '../read/load-fleet';
import { commitCommands } from './commit-commands';
import { commitMessage } from './commit-message';
import type { Written } from './write-change';

/** A commit that was made. */
export interface MadeCommit {
  readonly id: string;
  /** The first line of its message. */
  readonly title: string;
}

/** What is left to do once all is written. */
export interface CommitEnd {
  /** Commands to run next. */
  readonly next: readonly string[];
  /** @default - none was asked for, or Git did not make it */
  readonly commit?: MadeCommit;
  /** Why Git did not make it. */
  readonly problems: readonly Problem[];
}

/** @returns the commit that a run is going to make, if it was asked for one @throws FleetError where it cannot, and nothing is to be written */
export function beginCommit({
  config,
  commit,
  dryRun,
}: {
  readonly config: string;
  readonly commit?: boolean;
  readonly dryRun?: boolean;
}): NewCommit | undefined {
  return commit && !dryRun ? NewCommit.begin(config) : undefined;
}

/**
 * Commits what a run has written, or tells how.
 *
 * @param noun what several changes are called
 * @param records lines about what was seen, beside what the changes say: without a change they are a commit of their own
 */
export function endCommit(
  fleet: LoadedFleet,
  commit: NewCommit | undefined,
  steps: readonly { readonly written: Written; readonly change: Change }[],
  noun?: string,
  records: readonly string[] = [],
): CommitEnd {
  const message = commitMessage(
    steps.map(({ change }) => change),
    noun,
    records,
  );
  const next = () =>
    commitCommands(
      fleet,
      steps.map(({ written }) => written),
      message,
    );
  if (!commit || steps.length + records.length === 0) return { next: next(), problems: [] };
  // Before they are added: what is removed is known to Git until then.
  const byHand = next();
  try {
    return { next: [], commit: { id: commit.make(message), title: message.split('\n')[0] ?? '' }, problems: [] };
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    return { next: byHand, problems: error.problems };
  }
}
