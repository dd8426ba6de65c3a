import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { isLongForm } from '../runs';
import { kept } from './kept';
import { examples, type Run, texts, Workspace } from './workspace';

export type Form = 'typescript' | 'yaml';

export const forms = ['typescript', 'yaml'] as const;

/** Both forms in the long form of the tests; in the short one, the form that is more likely to show a mistake. */
export function formsOr(form: Form): readonly Form[] {
  return isLongForm ? forms : [form];
}

/** A Git repository with the example fleet in one of its forms, rendered and committed. */
export class RolloutWorkspace extends Workspace {
  /** @param source what it is a copy of. @default - the example as it is in this repository, not rendered yet */
  constructor(
    readonly form: Form,
    isRepository = true,
    source?: string,
  ) {
    super({});
    if (source !== undefined) {
      cpSync(source, this.path, { recursive: true, preserveTimestamps: true });
      return;
    }
    cpSync(examples[form], join(this.path, 'config'), { recursive: true });
    if (isRepository) this.git('init', '-q', '-b', 'main', '--template=');
  }

  git(...args: string[]): string {
    return this.run('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args]).stdout;
  }

  /** @param hoursAgo when it was committed */
  commit(message: string, hoursAgo = 0): this {
    const date = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
    this.git('add', '-A');
    this.run('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '-q', '-m', message], {
      GIT_COMMITTER_DATE: date,
      GIT_AUTHOR_DATE: date,
    });
    return this;
  }

  async serve(...args: string[]): Promise<Run> {
    return this.fleet(...args);
  }

  promote(...flags: string[]): Promise<Run> {
    return this.serve('promote', 'management-cluster', 'cert-manager', 'patch-001', ...flags);
  }

  rollback(...flags: string[]): Promise<Run> {
    return this.serve('rollback', 'management-cluster', 'cert-manager', 'patch-001', ...flags);
  }

  /** What Argo CD gets, by path. */
  rendered(): Readonly<Record<string, string>> {
    const all = Object.entries(texts(this.snapshot('dist')));
    return Object.fromEntries(all.filter(([path]) => /\/(templates|manifests)\//.test(path)));
  }

  /** The configuration by path. */
  config(): Readonly<Record<string, string>> {
    return texts(this.snapshot('config'));
  }

  /** Names in the workspace itself: nothing of a command stays behind. */
  top(): readonly string[] {
    return [...new Set(Object.keys(this.snapshot('.')).map((path) => path.split('/')[0] as string))].filter((name) => name !== '.git').sort();
  }

  /** The paths where a patch sits, read from the configuration. */
  pathsOf(patch: string): readonly string[] {
    const config = this.config();
    const ending = `/${patch}.yaml`;
    if (this.form === 'yaml') {
      const files = Object.keys(config).filter((path) => path.startsWith('management-cluster/cert-manager/') && path.endsWith(ending));
      return files.map((path) => path.slice('management-cluster/cert-manager/'.length, -ending.length)).sort();
    }
    const [, list = ''] = new RegExp(`'${patch}': \\{[^}]*rolledOutTo: \\[([^\\]]*)\\]`, 's').exec(config['management-cluster/cert-manager.ts'] ?? '') ?? [];
    return (list.match(/[\w/-]+/g) ?? []).sort();
  }
}

/** The example fleet, rendered and committed: made once in a run of the tests, and copied. */
export async function startedWorkspace(form: Form): Promise<RolloutWorkspace> {
  const first = await kept(form, async () => {
    const workspace = new RolloutWorkspace(form);
    const { status, stderr } = await workspace.serve('synth', '--json');
    if (status !== 0) throw new Error(stderr);
    // Few files are copied faster.
    workspace.commit('Start').git('repack', '-adq');
    return workspace.path;
  });
  return new RolloutWorkspace(form, true, first);
}

/** One {@link startedWorkspace} for all tests of a `describe`, which write nothing in it. */
export function sharedWorkspace(start: () => Promise<RolloutWorkspace>): () => RolloutWorkspace {
  let workspace: RolloutWorkspace | undefined;
  beforeAll(async () => {
    workspace = await start();
  });
  afterAll(() => workspace?.remove());
  return () => workspace as RolloutWorkspace;
}

/** The targets whose manifests differ. */
export function changedTargets(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): readonly string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => before[path] !== after[path]);
  return [...new Set(paths.map((path) => path.split('/').slice(0, 4).join('/')))].sort();
}
