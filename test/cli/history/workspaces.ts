import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type Form, RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import { examples, type Workspace } from '../../workspaces/workspace';

const workspaces: Workspace[] = [];

export function removeAll(): void {
  for (const workspace of workspaces) workspace.remove();
}

export function kept<W extends Workspace>(workspace: W): W {
  workspaces.push(workspace);
  return workspace;
}

/** The example fleet, rendered and committed as `Start`. */
export async function regions(form: Form): Promise<RolloutWorkspace> {
  return kept(await startedWorkspace(form));
}

/** The example of hubs and spokes likewise. */
export function hub(): RolloutWorkspace {
  const workspace = kept(new RolloutWorkspace('typescript'));
  workspace.run('rm', ['-r', 'config']);
  cpSync(examples.hub, join(workspace.path, 'config'), { recursive: true });
  const { status, stderr } = workspace.fleet('synth');
  if (status !== 0) throw new Error(stderr);
  return workspace.commit('Start');
}

/** A clone of a workspace's repository. */
export function clone(workspace: RolloutWorkspace, ...flags: readonly string[]): RolloutWorkspace {
  const copy = new RolloutWorkspace(workspace.form, false);
  copy.run('rm', ['-rf', copy.path]);
  workspace.run('git', ['clone', '-q', ...flags, `file://${workspace.path}`, copy.path]);
  return copy;
}
