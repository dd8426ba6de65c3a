import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Lab } from './lab';
import { output, type Ran, run } from './run';

const command = join(__dirname, '../../cli/fleet.js');

/** Who commits, and no configuration of whoever runs the suite. */
const author = {
  GIT_AUTHOR_NAME: 'live',
  GIT_AUTHOR_EMAIL: 'live@localhost',
  GIT_COMMITTER_NAME: 'live',
  GIT_COMMITTER_EMAIL: 'live@localhost',
  GIT_CONFIG_NOSYSTEM: '1',
};

/** A bare repository in the world, and a clone that engineers work in. */
export class Repository {
  readonly folder: string;

  constructor(
    private readonly lab: Lab,
    /** As in its URL: `company/fleet`. */
    readonly name: string,
  ) {
    this.folder = join(lab.folder, 'work', name);
  }

  private get environment(): NodeJS.ProcessEnv {
    const home = join(this.lab.folder, 'work');
    return { PATH: this.lab.programs.path, HOME: home, TMPDIR: this.lab.folder, NO_COLOR: '1', ...author };
  }

  async create(): Promise<void> {
    const bare = join(this.lab.world.git, `${this.name}.git`);
    mkdirSync(this.folder, { recursive: true });
    await output('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare], { env: this.environment });
    await this.git('init', '--quiet', '--initial-branch=main');
    await this.git('remote', 'add', 'origin', bare);
  }

  async git(...args: string[]): Promise<string> {
    return output('git', args, { cwd: this.folder, env: this.environment });
  }

  /** `fleet`, as in a user's checkout. */
  fleet(...args: string[]): Promise<Ran> {
    return run(process.execPath, [command, ...args], { cwd: this.folder, env: this.environment });
  }

  /** The output of a `fleet` that has to succeed, with these variables besides. */
  async mustFleetWith(variables: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
    return output(process.execPath, [command, ...args], { cwd: this.folder, env: { ...this.environment, ...variables } });
  }

  /** The output of a `fleet` that has to succeed. */
  async mustFleet(...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await this.fleet(...args);
    if (status !== 0) throw new Error(`fleet ${args.join(' ')} ended with status ${status}:\n${stderr}${stdout}`.trimEnd());
    return stdout;
  }

  /** The same for a command that fetches. */
  async mustFleetOnline(...args: string[]): Promise<string> {
    const env = { ...this.environment, ...this.lab.world.environment() };
    return output(process.execPath, [command, ...args], { cwd: this.folder, env });
  }

  path(file: string): string {
    return join(this.folder, file);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  has(file: string): boolean {
    return existsSync(this.path(file));
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  /** An edit that changes something, or else the step that makes it is wrong. */
  edit(file: string, change: (text: string) => string): void {
    const text = this.read(file);
    const changed = change(text);
    if (changed === text) throw new Error(`the edit of ${file} changes nothing`);
    this.write(file, changed);
  }

  /** Commits what there is and pushes it: as a merge does. */
  async commit(message: string): Promise<string> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', message);
    return this.push();
  }

  async push(): Promise<string> {
    await this.git('push', '--quiet', '--tags', 'origin', 'main');
    return (await this.git('rev-parse', 'HEAD')).trim();
  }
}
