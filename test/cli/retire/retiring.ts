import type { HubWorkspace } from '../../workspaces/hub-workspace';
import type { RolloutWorkspace } from '../../workspaces/rollout-workspace';
import type { Run } from '../../workspaces/workspace';

export interface Steps {
  readonly steps: readonly { readonly title: string; readonly state: string; readonly commands: readonly string[]; readonly effect: string }[];
  readonly command?: string;
  readonly waitsFor?: readonly string[];
}

export const json = <T>({ stdout }: Run) => JSON.parse(stdout) as T;

/** The rules that refuse something of what was committed last. */
export async function refusals(workspace: RolloutWorkspace | HubWorkspace): Promise<readonly string[]> {
  interface Judged {
    readonly judged: {
      readonly changes: readonly { readonly verdicts: readonly { readonly kind: string; readonly rule: string; readonly message: string }[] }[];
    };
  }
  const { judged } = json<Judged>(await workspace.serve('check', '--since', 'HEAD~1', '--json'));
  return judged.changes.flatMap(({ verdicts }) => verdicts.filter(({ kind }) => kind === 'refused').map(({ rule, message }) => `${rule}: ${message}`));
}

export async function committed(workspace: RolloutWorkspace | HubWorkspace, ...args: readonly string[]): Promise<Run> {
  const run = await workspace.serve(...args, '--commit');
  expect({ status: run.status, out: run.status === 0 ? '' : run.stdout + run.stderr }).toEqual({ status: 0, out: '' });
  expect(await refusals(workspace)).toEqual([]);
  return run;
}

/** The words of a command that was printed. */
export const wordsOf = (command: string) => command.replace('npx fleet ', '').split(' ');

/** Makes every step of a retirement as it is printed, until it is gone. @returns the titles of the steps that were made */
export async function retired(workspace: RolloutWorkspace | HubWorkspace, ...names: readonly string[]): Promise<readonly string[]> {
  const made: string[] = [];
  for (let count = 0; count < 12; count += 1) {
    const { steps } = json<Steps>(await workspace.serve('retire', ...names, '--dry-run', '--json'));
    const next = steps.find(({ state }) => state === 'next');
    if (!next) throw new Error('no step is next');
    made.push(next.title);
    await committed(workspace, ...wordsOf(next.commands[0] as string));
    if (next.title.startsWith('Take ')) return made;
  }
  throw new Error('it never ends');
}
