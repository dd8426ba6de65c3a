import { spawnSync } from 'node:child_process';
import { FleetError } from '../../../layers/problem';
import type { Repository } from '../repository';

/** How a run of Git ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a hook that calls this tool has said of its own commit. */
const local = /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|GRAFT_FILE|SHALLOW_FILE)$/;

/** Runs Git as its user would, in whose name it commits: with the settings, filters and signatures of the repository. */
export function runGit({ top }: Repository, args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Ended {
  const inherited = Object.entries(process.env).filter(([name]) => !local.test(name.toUpperCase()));
  const { error, status, stdout, stderr } = spawnSync('git', ['--literal-pathspecs', '-C', top, ...args], {
    // A folder of our own: some systems look for programs in the one where they start.
    cwd: __dirname,
    env: { ...Object.fromEntries(inherited), ...env },
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: 'pipe',
  });
  return { status, stdout, stderr: error ? error.message : stderr };
}

/** The first lines of what a program said, as one. */
export function inShort(text: string): string {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return lines.length === 0 ? 'it says nothing' : `${lines.slice(0, 5).join('; ')}${lines.length > 5 ? '; …' : ''}`;
}

/** @returns what to throw where nothing can be committed */
export function refused(problem: { readonly message: string; readonly expected?: string; readonly found?: string; readonly hint: string }): FleetError {
  return new FleetError([{ code: 'commit', place: [], ...problem }]);
}
