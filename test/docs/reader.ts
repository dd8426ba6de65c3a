import { serve, type Workspace } from '../workspaces/workspace';
import { argumentsOf, type Command, patternOf, type Step } from './shown-commands';

/** Programs that need more than this repository: a cluster, a registry. */
export const elsewhere =
  /^(argocd|cd|git push|helm|kubectl|npm(?! run synth)|npx fleet import|npx fleet charts|npx (?!cdk8s |cdk8s-fleet |fleet )|pnpm|yarn)\b/;

/**
 * Does what a document says, and expects to see what it shows.
 * @param ran is told of each command that ran
 */
export function read(workspace: Workspace, steps: readonly Step[], ran: (command: Command) => void = () => undefined): void {
  for (const step of steps) {
    if (step.does === 'write') workspace.write({ [step.file]: step.text });
    else if (step.does === 'edit') for (const hunk of step.hunks) workspace.edit(step.file, (text) => replaced(text, hunk, step.file));
    else if (!elsewhere.test(step.line)) {
      run(workspace, step);
      ran(step);
    }
  }
}

function replaced(text: string, { before, after }: { readonly before: string; readonly after: string }, file: string): string {
  const count = text.split(before).length - 1;
  if (count !== 1) throw new Error(`${file} has ${count} times what an edit is about:\n${before}\nin\n${text}`);
  // Not as a pattern: `$` is a character.
  return text.replace(before, () => after);
}

function run(workspace: Workspace, { line, shown }: Command): void {
  const isFleet = /^(npx (fleet|cdk8s|cdk8s-fleet)|npm run) /.test(line);
  if (!isFleet && !/^(git|diff|rm) /.test(line)) throw new Error(`a test cannot run: ${line}`);
  const { status, stdout, stderr } = isFleet ? serve(workspace.path, argumentsOf(line)) : workspace.run('bash', ['-c', line], identity);
  const expected = statusOf(line, shown);
  expect({ line, status, said: status === expected ? '' : `${stdout}${stderr}` }).toEqual({ line, status: expected, said: '' });
  // What goes into a pipe is not seen.
  const seen = (isFleet && / [|>] /.test(line) ? [stderr] : [stdout, stderr]).map((text) => `${text.replace(/[ \t]+$/gm, '').trimEnd()}\n`);
  // What differs is always shown.
  if (/^git (diff|status) /.test(line) && shown.length === 0) expect({ line, stdout }).toEqual({ line, stdout: '' });
  if (shown.length > 0 && !seen.some((text) => patternOf(shown).test(text))) expect(seen.join('')).toBe(`${shown.join('\n')}\n`);
}

const identity = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

function statusOf(line: string, shown: readonly string[]): number {
  if (line.startsWith('diff ')) return shown.length > 0 ? 1 : 0;
  if (shown.some((text) => text.includes('Nothing was written. To approve:'))) return 3;
  return shown.some((text) => /^(error |CONFLICT |Run `npx fleet synth` )/.test(text)) ? 1 : 0;
}
