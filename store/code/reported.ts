import type { Problem } from '../../layers/problem';

const found: Problem[] = [];

/** Remembers what code of the configuration did wrong; whoever runs it asks for it afterwards. */
export function report(problem: Problem): void {
  found.push(problem);
}

/** What was reported since the last time, each once. */
export function takeReported(): readonly Problem[] {
  return found.splice(0);
}
