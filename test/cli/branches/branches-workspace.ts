import { kept } from '../../workspaces/kept';
import { type Form, RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
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
  readonly targets?: readonly string[];
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

/** The example with a patch of a second app, rendered and committed: made once in a run of the tests, and copied. */
export async function example(form: Form = 'typescript'): Promise<RolloutWorkspace> {
  const first = await kept(`branches-${form}`, async () => {
    const workspace = await startedWorkspace(form);
    const { status, stderr } = await workspace.serve('new', 'patch', 'management-cluster', 'hypershift', '--set', 'source.targetRevision=v0.1.63');
    if (status !== 0) throw new Error(stderr);
    return workspace.commit('A patch of another app').path;
  });
  return signed(new RolloutWorkspace(form, true, first));
}

/** The example where each step asks for evidence. @param change more of its settings */
export async function withEvidence(command: string, change: (text: string) => string = String): Promise<RolloutWorkspace> {
  const workspace = await example();
  workspace.edit('config/fleet.ts', (text) =>
    change(text)
      .replace("import { defineFleet } from 'cdk8s-fleet';", "import { command, defineFleet } from 'cdk8s-fleet';")
      .replace("  path: 'dist',", `  path: 'dist',\n  evidence: [command('${command}')],`),
  );
  await workspace.serve('synth');
  return workspace.commit('Evidence', 48);
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
