import { parse } from 'yaml';
import type { Forge } from './forge-stand-in';

/** A line that a pipeline runs, with what its own environment says. */
export interface Step {
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
}

interface GitHubStep {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly extends?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly steps?: readonly GitHubStep[];
}

/**
 * What a job runs, in sequence.
 *
 * @param fill what GitHub puts in the place of an expression; one that it does not know fails the test
 */
export function stepsOf(forge: Forge, text: string, job: string, fill: Readonly<Record<string, string>> = {}): readonly Step[] {
  const pipeline = parse(text) as { readonly jobs: Readonly<Record<string, Job>> } & Readonly<Record<string, Job>>;
  const found = forge === 'github' ? pipeline.jobs[job] : pipeline[job];
  if (!found) throw new Error(`there is no job ${job}`);
  if (forge === 'gitlab') {
    const { variables = {}, before_script: before = [] } = (found.extends === undefined ? undefined : pipeline[found.extends]) ?? {};
    return [...before, ...(found.script ?? [])].map((run) => ({ run, env: { ...variables, ...found.variables } }));
  }
  return (found.steps ?? []).flatMap(({ run, env = {} }) => {
    if (run === undefined) return [];
    if (run.includes('${{')) throw new Error(`a command has something filled in: ${run}`);
    return [{ run, env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, filled(value, fill)])) }];
  });
}

function filled(text: string, fill: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const value = fill[expression];
    if (value === undefined) throw new Error(`what is ${expression}?`);
    return value;
  });
}
