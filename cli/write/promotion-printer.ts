import type { Problem } from '../../constructs';
import type { MovingStep, WaitingStep } from '../prepare/prepare-promotion';
import type { CommitEnd } from './commit-run';
import type { Written } from './write-change';

/** How a run of `fleet promote` ended. */
export interface PromotionEnd extends Pick<CommitEnd, 'next' | 'commit'> {
  readonly status: number;
  readonly written: readonly Written[];
  /** What kept the last step from being made, or the steps from being committed. */
  readonly problems: readonly Problem[];
}

/** Shows what `fleet promote` does, in the order in which it does it. */
export interface PromotionPrinter {
  enteredAll(): void;
  waits(step: WaitingStep): void;
  /** A step is proved, and will be written next. */
  prepared(step: MovingStep): void;
  /** @param folder of the output, from the top of the repository @param mixed files of the step that hold what other edits make of them, too */
  dryRun(step: MovingStep, folder: string, mixed: readonly string[]): void;
  written(step: MovingStep, written: Written): void;
  /** Another step follows. */
  goesOn(): void;
  ended(end: PromotionEnd): void;
}
