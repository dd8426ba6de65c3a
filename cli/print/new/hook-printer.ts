import { relative, sep } from 'node:path';
import type { PlannedHook } from '../../../store/start/hook/plan-hook';

/** What became of the hook, or would. */
export function hookLinesOf({ file, state, why, lines }: PlannedHook, dryRun: boolean): readonly string[] {
  const name = shown(file);
  if (state === 'same') return [`The hook is there already: ${name}`];
  if (state === 'left')
    return [`The hook is yours to add: ${why}. Put these lines into ${name}, behind \`#!/bin/sh\`, and make it executable:`, '', lines.trimEnd()];
  return [
    `${dryRun ? 'would be written' : 'written'}  ${name}`,
    '',
    'After `git merge` and `git pull` in this clone it renders what they brought together, where that changed, and says what to commit.',
    'Git copies no hook to other clones: each has its own or none. To be rid of it, delete the file.',
  ];
}

export function hookData({ file, state, why, lines }: PlannedHook): object {
  return { file: shown(file), state, ...(why === undefined ? {} : { why }), ...(state === 'left' ? { lines } : {}) };
}

/** From the working directory. */
function shown(file: string): string {
  return relative('.', file).split(sep).join('/');
}
