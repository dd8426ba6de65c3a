import { spawnSync } from 'node:child_process';

/** Git in a folder, with commits at hours of one day. */
export class GitFolder {
  constructor(
    readonly path: string,
    ...init: readonly string[]
  ) {
    this.git('init', '-q', '-b', 'main', ...init);
  }

  git(...args: readonly string[]): string {
    return this.#run(args, {});
  }

  /** As {@link git}, where the answer is what is looked at. */
  tryGit(...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    return this.#spawn(args, {});
  }

  /** @param hour when it was committed; written an hour before */
  commit(hour: number): this {
    this.git('add', '-A');
    this.#run(['commit', '-q', '--allow-empty', '-m', `at ${hour}`], { GIT_COMMITTER_DATE: at(hour), GIT_AUTHOR_DATE: at(hour - 1) });
    return this;
  }

  merge(branch: string, hour: number): this {
    this.#run(['merge', '-q', '--no-ff', '-m', `merge at ${hour}`, branch], { GIT_COMMITTER_DATE: at(hour), GIT_AUTHOR_DATE: at(hour) });
    return this;
  }

  #run(args: readonly string[], dates: NodeJS.ProcessEnv): string {
    const { status, stdout, stderr } = this.#spawn(args, dates);
    if (status !== 0) throw new Error(stderr);
    return stdout;
  }

  #spawn(args: readonly string[], dates: NodeJS.ProcessEnv) {
    const env = { ...process.env, ...dates, GIT_CONFIG_GLOBAL: '/dev/null' };
    return spawnSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: this.path, encoding: 'utf8', env });
  }
}

/** An hour of the day as Git takes it. */
function at(hour: number): string {
  return new Date(timeAt(hour)).toISOString();
}

/** An hour of the day in milliseconds. */
export function timeAt(hour: number): number {
  return Date.UTC(2024, 4, 1) + hour * 3_600_000;
}
