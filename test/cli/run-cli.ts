import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const repository = join(__dirname, '../..');

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own, where commands run as in a user's checkout. */
export class Workspace {
  readonly path = mkdtempSync(join(tmpdir(), 'fleet-cli-'));

  /** @param files contents by path; the example's configuration where nothing is given */
  constructor(files?: Readonly<Record<string, string>>) {
    if (files) this.write(files);
    else cpSync(join(repository, 'config'), join(this.path, 'config'), { recursive: true });
  }

  write(files: Readonly<Record<string, string>>): this {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, path)), { recursive: true });
      writeFileSync(join(this.path, path), text);
    }
    return this;
  }

  edit(path: string, change: (text: string) => string): this {
    const text = this.read(path);
    const changed = change(text);
    if (changed === text) throw new Error(`the edit of ${path} changes nothing`);
    return this.write({ [path]: changed });
  }

  read(path: string): string {
    return readFileSync(join(this.path, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.path, path));
  }

  /** Every file below a folder with its text and its time, so that not touching a file can be told from writing the same. */
  snapshot(folder: string): Readonly<Record<string, string>> {
    const root = join(this.path, folder);
    if (!existsSync(root)) return {};
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(root, path)).isFile());
    return Object.fromEntries(files.sort().map((path) => [path, `${statSync(join(root, path)).mtimeMs} ${readFileSync(join(root, path), 'utf8')}`]));
  }

  fleet(...args: string[]): Run {
    return this.run(process.execPath, [join(repository, 'cli/fleet.js'), ...args]);
  }

  run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
    const { NO_COLOR: _, FORCE_COLOR: __, CDK8S_OUTDIR: ___, ...inherited } = process.env;
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: this.path, encoding: 'utf8', env: { ...inherited, ...env } });
    return { status, stdout, stderr };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The texts of a snapshot, without the times. */
export function texts(snapshot: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(snapshot).map(([path, text]) => [path, text.replace(/^\S+ /, '')]));
}
