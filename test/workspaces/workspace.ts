import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FleetServer, Run } from './fleet-server';

export type { Run };

export const repository = join(__dirname, '../..');

/** Configuration that tests use: `config/` is whatever fleet somebody has there. */
export const examples = {
  typescript: join(repository, 'test/example/config'),
  yaml: join(repository, 'test/yaml/example'),
  hub: join(repository, 'test/hub/example/config'),
} as const;

declare global {
  // `fleet-environment.ts` gives it to every test file.
  var fleetServer: FleetServer;
}

/** Runs `fleet` in a process that runs the commands of many tests: where it is not the process that is looked at. */
export function serve(cwd: string, args: readonly string[]): Run {
  // An object of this test file's own.
  return { ...fleetServer.run(cwd, args) };
}

/** A folder of its own, where commands run as in a user's checkout. */
export class Workspace {
  readonly path = mkdtempSync(join(tmpdir(), 'fleet-cli-'));

  /** @param files contents by path; the example's configuration where nothing is given */
  constructor(files?: Readonly<Record<string, string>>) {
    if (files) this.write(files);
    else cpSync(examples.typescript, join(this.path, 'config'), { recursive: true });
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

  /** Runs `fleet` in a process that runs the commands of many tests. */
  fleet(...args: string[]): Run {
    return serve(this.path, args);
  }

  /** Runs `fleet` in a process of its own, as a user does: where it is the process that is looked at. */
  fleetProcess(...args: string[]): Run {
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
