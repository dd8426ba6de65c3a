import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FleetError } from '../../../layers/problem';
import { type ExpectedFiles, Uncommitted } from './uncommitted';
import { type Ended, inShort, refused, runGit } from './user-git';

/** One commit that is going to be made of what a command writes, and of nothing else: Git's own, with the hooks of the repository. */
export class NewCommit implements ExpectedFiles {
  readonly flag = '--commit';
  readonly #uncommitted: Uncommitted;
  readonly #ours = new Set<string>();

  private constructor(uncommitted: Uncommitted) {
    this.#uncommitted = uncommitted;
  }

  /**
   * @param folder the configuration
   * @throws FleetError (`commit`, `no-history`) where nothing can be committed: no repository holds the folder, a merge stands still, something is staged
   */
  static begin(folder: string): NewCommit {
    const uncommitted = Uncommitted.in(folder, '--commit');
    const [first, ...others] = uncommitted.staged;
    if (first !== undefined) {
      throw refused({
        message: 'something is staged already, which the commit would take along',
        found: `${first}${others.length > 0 ? ` and ${others.length} more` : ''}`,
        hint: 'nothing was written; commit that first, take it out with `git restore --staged .`, or run it without --commit',
      });
    }
    return new NewCommit(uncommitted);
  }

  expectClean(files: readonly string[]): void {
    this.#uncommitted.expectClean(files, (path) => this.#ours.has(path));
  }

  expectKept(files: readonly string[]): void {
    this.#uncommitted.expectKept(files);
  }

  /** Files that this command has written since, or removed. */
  add(files: readonly string[]): void {
    for (const file of files) this.#ours.add(this.#uncommitted.repository.inside(file));
  }

  /** Makes the commit of all that was added. @returns its id @throws FleetError (`commit`) where Git does not: what was written stays */
  make(message: string): string {
    const { repository } = this.#uncommitted;
    const tracked = new Set(repository.text('ls-files', ['--cached', '-z']).split('\0'));
    // Git refuses a name that is neither there nor known.
    const paths = [...this.#ours].filter((path) => tracked.has(path) || existsSync(join(repository.top, path)));
    if (paths.length > 0) {
      const added = runGit(repository, ['add', '--all', '--pathspec-from-file=-', '--pathspec-file-nul'], paths.join('\0'));
      if (added.status !== 0) throw failed('add', added);
    }
    // What was seen may be on record without a change.
    const made = runGit(repository, ['commit', '--quiet', '--file=-', ...(paths.length > 0 ? [] : ['--allow-empty'])], message);
    if (made.status !== 0) throw failed('commit', made);
    return repository.tryText('rev-parse', ['HEAD'])?.trim() ?? '';
  }
}

function failed(command: string, { status, stderr, stdout }: Ended): FleetError {
  return refused({
    message: `Git did not make the commit: \`git ${command}\` ended with status ${status}`,
    found: inShort(`${stderr}\n${stdout}`),
    hint: 'everything was written, and is there to be committed: put right what Git says, and run the commands that are printed',
  });
}
