import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { kept } from './kept';
import { examples, type Run, texts, Workspace } from './workspace';

/** A Git repository with the example of hubs and spokes, rendered to `dist` and committed. */
export class HubWorkspace extends Workspace {
  /** @param source what it is a copy of @default - the example as it is in this repository, not rendered yet */
  constructor(source?: string) {
    super({});
    if (source !== undefined) {
      cpSync(source, this.path, { recursive: true, preserveTimestamps: true });
      return;
    }
    cpSync(examples.hub, join(this.path, 'config'), { recursive: true });
    this.edit('config/fleet.ts', (text) => text.replace("path: 'examples/hub-spoke/dist'", "path: 'dist'"));
    this.git('init', '-q', '-b', 'main', '--template=');
  }

  /** @param change of the configuration before it is rendered */
  async started(change: (workspace: this) => void = () => undefined): Promise<this> {
    change(this);
    const { status, stderr } = await this.serve('synth', '--json');
    if (status !== 0) throw new Error(stderr);
    this.git('add', '-A');
    this.git('commit', '-q', '-m', 'Start');
    return this;
  }

  git(...args: string[]): string {
    return this.run('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args]).stdout;
  }

  async serve(...args: string[]): Promise<Run> {
    return this.fleet(...args);
  }

  /** Rendered files by path. */
  rendered(): Readonly<Record<string, string>> {
    return texts(this.snapshot('dist'));
  }

  /** Everything that a command could change. */
  everything(): Readonly<Record<string, string>> {
    return { ...this.snapshot('config'), ...this.snapshot('dist') };
  }
}

/** The example, rendered and committed: made once in a run of the tests, and copied. */
export async function startedHub(): Promise<HubWorkspace> {
  const first = await kept('hub', async () => {
    const workspace = await new HubWorkspace().started();
    // Few files are copied faster.
    workspace.git('repack', '-adq');
    return workspace.path;
  });
  return new HubWorkspace(first);
}

/** Paths of files that differ, with how. */
export function differences(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((path) => before[path] !== after[path])
    .map((path) => `${before[path] === undefined ? 'added' : after[path] === undefined ? 'removed' : 'changed'} ${path}`)
    .sort();
}
