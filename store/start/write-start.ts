import { dirname } from 'node:path';
import { Edits } from '../edit/edits';
import { commit, exclusively, type Recovered } from '../edit/transaction';
import { removeEmptyFolders } from '../files/empty-folders';
import { makeFolders } from '../files/make-folders';
import { writeFailure, writingConfig } from '../files/write-failure';
import { planStart, type StartAnswers, type StartPlan } from './plan-start';
import { startPlace } from './start-place';

/**
 * Begins a fleet: writes everything, or nothing.
 *
 * @param report is told what became of an earlier run that was killed
 * @returns what was written
 * @throws FleetError where none can begin, or the disk refuses; everything is as it was then
 */
export function writeStart(dir: string, answers: StartAnswers, report: (recovered: Recovered) => void): StartPlan {
  // What is wrong is told before anything is made.
  const { root, top } = planStart(startPlace(dir), answers).place;
  const made = top === undefined ? makeRoot(dir, root) : undefined;
  const base = top ?? root;
  try {
    return exclusively(base, (recovered) => {
      report(recovered);
      const plan = planStart(startPlace(dir), answers);
      const edits = new Edits();
      for (const { file, text, state } of plan.files) if (state === 'written' || state === 'edited') edits.write(file, text);
      return commit(base, edits, () => plan);
    });
  } catch (cause) {
    if (made !== undefined) removeEmptyFolders(dirname(made), root);
    throw cause;
  }
}

/** @returns the topmost folder that was made */
function makeRoot(dir: string, root: string): string | undefined {
  try {
    return makeFolders(root);
  } catch (cause) {
    throw writeFailure(writingConfig(dir), cause);
  }
}
