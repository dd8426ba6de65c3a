import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { write } from '../workspaces/temporary-folder';
import { certificates, type Manager, managerOf, type NodeVersion, nodeOf, settingsOf } from './tools';

/** How long a command may take on a busy machine, in milliseconds. */
const patienceMs = 180_000;

/** Someone with a repository of their own, a Node and a package manager, and nothing of this repository. */
export class User {
  readonly #env: NodeJS.ProcessEnv;

  /**
   * @param repository an empty folder
   * @param folder     where in it commands run
   */
  constructor(
    readonly repository: string,
    readonly folder: string,
    readonly node: NodeVersion,
    readonly manager: Manager,
  ) {
    const { HOME, LANG, HTTPS_PROXY, https_proxy } = process.env;
    const author = { GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 'test@example.com', GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 'test@example.com' };
    const path = [nodeOf(node), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
    this.#env = {
      HOME,
      LANG,
      HTTPS_PROXY,
      https_proxy,
      NODE_EXTRA_CA_CERTS: certificates(),
      ...author,
      ...settingsOf[manager],
      PATH: path,
      GIT_CONFIG_GLOBAL: '/dev/null',
    };
    mkdirSync(join(repository, folder), { recursive: true });
    this.run('git', 'init', '-q', '-b', 'main', repository);
  }

  write(files: Readonly<Record<string, string>>): void {
    write(join(this.repository, this.folder), files);
  }

  read(file: string): string {
    return readFileSync(join(this.repository, this.folder, file), 'utf8');
  }

  edit(file: string, change: (text: string) => string): void {
    this.write({ [file]: change(this.read(file)) });
  }

  /** @returns what it says on both outputs @throws where it fails, unless another status is expected */
  run(command: string, ...args: readonly string[]): string {
    return this.expectStatus(0, command, ...args);
  }

  expectStatus(expected: number, command: string, ...args: readonly string[]): string {
    const settings = { cwd: join(this.repository, this.folder), encoding: 'utf8', env: this.#env, timeout: patienceMs } as const;
    let { status, stdout, stderr, error, signal } = spawnSync(command, args, settings);
    // Package managers wait for a network that may never answer.
    if (signal !== null) ({ status, stdout, stderr, error, signal } = spawnSync(command, args, settings));
    if (status !== expected) throw new Error(`${[command, ...args].join(' ')}: status ${status} ${error ?? ''}\n${stdout}${stderr}`);
    return `${stdout}${stderr}`;
  }

  install(): void {
    // It fails where a package has scripts that nobody has judged; none of these needs its own.
    if (this.manager === 'pnpm') appendFileSync(join(this.repository, 'pnpm-workspace.yaml'), 'strictDepBuilds: false\n');
    const flags: Readonly<Record<Manager, readonly string[]>> = {
      npm: ['install'],
      pnpm: ['install', '--no-frozen-lockfile'],
      yarn: ['install', '--non-interactive', '--ignore-engines'],
    };
    this.#manage(...flags[this.manager]);
  }

  /** A program of a package, as its package manager runs it. */
  npx(...args: readonly string[]): string {
    const exec: Readonly<Record<Manager, readonly string[]>> = { npm: ['exec', '--no', '--'], pnpm: ['exec'], yarn: ['run', '-s'] };
    return this.#manage(...exec[this.manager], ...args);
  }

  /** That of Node, whichever manager the repository is of. */
  get npm(): string {
    return managerOf('npm');
  }

  test(): string {
    return this.#manage('test');
  }

  commit(message: string): void {
    this.run('git', 'add', '-A');
    this.run('git', 'commit', '-q', '-m', message);
  }

  #manage(...args: readonly string[]): string {
    return this.run('node', managerOf(this.manager), ...args);
  }
}
