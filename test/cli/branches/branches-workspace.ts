import { type Form, type RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import type { Workspace } from '../../workspaces/workspace';

export const certManager = 'fleet/steps/management-cluster/cert-manager';
export const hypershift = 'fleet/steps/management-cluster/hypershift';

/** A branch as `--json` tells of it. */
interface ToldBranch {
  readonly name: string;
  readonly title: string;
  readonly body: string;
  readonly commit?: string;
  readonly became?: string;
  readonly app?: string;
  readonly patch?: string;
  readonly path?: string;
  readonly step: string;
}

export interface Told {
  readonly ok: boolean;
  readonly base: string;
  readonly branches: readonly ToldBranch[];
  readonly waiting: readonly { readonly patch: string; readonly reason: string; readonly branch: string; readonly isStopped?: boolean }[];
  readonly obsolete: readonly { readonly name: string; readonly reason: string; readonly note: string; readonly deleted?: string }[];
}

/** A workspace where Git knows who commits. */
export function signed<T extends Workspace>(workspace: T): T {
  workspace.run('git', ['config', 'user.name', 'Test']);
  workspace.run('git', ['config', 'user.email', 'test@example.com']);
  return workspace;
}

/** The example with a patch of a second app, rendered and committed. @param change of the file of the first one */
export async function example(form: Form = 'typescript', change?: (text: string) => string): Promise<RolloutWorkspace> {
  const workspace = signed(await startedWorkspace(form));
  if (change) workspace.edit('config/management-cluster/cert-manager.ts', change);
  const { status, stderr } = await workspace.serve('new', 'patch', 'management-cluster', 'hypershift', '--set', 'source.targetRevision=v0.1.63');
  if (status !== 0) throw new Error(stderr);
  return workspace.commit('A patch of another app');
}

/** What a run says that went well. */
export function proposed(workspace: RolloutWorkspace, ...flags: readonly string[]): Told {
  const { status, stdout, stderr } = workspace.fleet('promote', '--auto', '--branches', '--json', ...flags);
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return JSON.parse(stdout) as Told;
}

/** What each branch is at. */
export function branches(workspace: RolloutWorkspace, { branches: all }: Told): readonly string[] {
  return all.map(({ name }) => `${name} ${workspace.git('rev-parse', name).trim()}`);
}

/** All that a run must leave as it is. */
export function stateOf(workspace: RolloutWorkspace) {
  return {
    head: workspace.git('rev-parse', '--quiet', '--verify', 'HEAD').trim(),
    branch: workspace.git('symbolic-ref', '--quiet', 'HEAD'),
    index: workspace.snapshot('.git')['index'],
    files: Object.fromEntries(Object.entries(workspace.snapshot('.')).filter(([path]) => !path.startsWith('.git/'))),
  };
}
