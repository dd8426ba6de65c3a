import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { write } from '../../workspaces/temporary-folder';

/** Files by their paths. */
export type Files = Readonly<Record<string, string>>;

export interface Ended {
  /** `null` where it was killed. */
  readonly status: number | null;
  readonly output: string;
}

const repository = join(__dirname, '../../..');

/** A Git repository with a fleet in it, where the real command runs. */
export class Workspace {
  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true });
  }

  /** A repository that holds a configuration. */
  static create(path: string, config: Files): Workspace {
    const workspace = new Workspace(path);
    write(join(path, 'config'), config);
    workspace.git('init', '-q', '-b', 'main');
    return workspace;
  }

  git(...args: readonly string[]): Ended {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'gc.auto=0'];
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
      cwd: this.path,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
    });
    return { status, output: stdout + stderr };
  }

  /** @param content in latin, as it was read */
  write(path: string, content: string): void {
    writeFileSync(join(this.path, path), content, 'latin1');
  }

  add(files: Files): void {
    write(this.path, files);
  }

  commit(message: string): void {
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', message);
  }

  /** The same workspace somewhere else. */
  copy(path: string): Workspace {
    rmSync(path, { recursive: true, force: true });
    cpSync(this.path, path, { recursive: true, preserveTimestamps: true });
    return new Workspace(path);
  }

  /** @param limit of the size of a file that it may write, in kibibytes */
  start(args: readonly string[], limit?: number): Running {
    const command = [process.execPath, join(repository, 'cli/fleet.js'), ...args];
    const { NO_COLOR: _, FORCE_COLOR: __, CDK8S_OUTDIR: ___, ...env } = process.env;
    const [program = '', ...rest] = limit === undefined ? command : ['bash', '-c', `ulimit -f ${limit}; exec "$@"`, 'bash', ...command];
    return new Running(spawn(program, rest, { cwd: this.path, env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  run(...args: readonly string[]): Promise<Ended> {
    return this.start(args).ended;
  }

  /** Every file below a folder of the workspace. */
  files(folder: string): Files {
    return filesBelow(join(this.path, folder));
  }

  /** What somebody would see: all but Git's own. */
  seen(): Files {
    return filesBelow(this.path, (path) => path !== '.git');
  }

  /** A sum over everything, Git's own included: two are the same where nothing was written. */
  sum(): string {
    return createHash('sha256')
      .update(JSON.stringify(filesBelow(this.path)))
      .digest('hex');
  }
}

/** A command that is at work. It is killed where it takes longer than a minute. */
export class Running {
  readonly ended: Promise<Ended>;

  constructor(readonly child: ChildProcess) {
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
    const patience = setTimeout(() => {
      chunks.push(Buffer.from('\nit took longer than a minute\n'));
      child.kill('SIGKILL');
    }, 60_000);
    this.ended = new Promise((resolve) => {
      child.on('close', (status) => {
        clearTimeout(patience);
        resolve({ status, output: Buffer.concat(chunks).toString('utf8') });
      });
    });
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}

/** A file's text, latin so that every byte counts; `→ target` for a link, and nothing for a folder. */
function filesBelow(root: string, isWanted: (path: string) => boolean = () => true): Files {
  const found: Record<string, string> = {};
  const walk = (below: string) => {
    for (const entry of entriesOf(join(root, below))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (!isWanted(path)) continue;
      if (entry.isDirectory()) walk(path);
      else found[path] = entry.isSymbolicLink() ? `→ ${readlinkSync(join(root, path))}` : readFileSync(join(root, path), 'latin1');
    }
  };
  walk('');
  return found;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** What is wrong with how a command ended: it is 0, 1, or 3 where somebody has to approve, and never a bug. */
export function endedBadly(what: string, { status, output }: Ended): readonly string[] {
  if ([0, 1, 3].includes(status ?? -1) && !output.includes('bug in cdk8s-fleet')) return [];
  return [`${what} ended with ${status}: ${output.slice(0, 2000)}`];
}

/** Paths at which two sets of files differ. */
export function changedPaths(before: Files, after: Files): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => before[path] !== after[path]).sort();
}
