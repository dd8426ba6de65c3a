import { shortCommit } from '../../../store/state/git-state';
import type { JudgedStep } from './judge-since';

/** `1a2b3c4 (Roll it out)`, or what is not committed. */
export function commitName({ commit }: Pick<JudgedStep, 'commit'>): string {
  return commit ? `${shortCommit(commit.hash)}${commit.subject === '' ? '' : ` (${commit.subject})`}` : 'what is not committed';
}
