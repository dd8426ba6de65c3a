import type { CommitInfo } from '../../../store/git/commit-info';
import { withoutControls } from '../without-controls';

/** `1a2b3c4 2026-11-01 Jane Doe: Promote cert-manager` */
export function commitText({ hash, date, author, subject }: CommitInfo): string {
  return withoutControls(`${hash.slice(0, 7)} ${date.slice(0, 10)} ${author.name === '' ? author.email : author.name}${subject === '' ? '' : `: ${subject}`}`);
}

/** A commit for programs. */
export function commitData({ hash, date, author, subject }: CommitInfo): object {
  return { hash, date, author, subject };
}
