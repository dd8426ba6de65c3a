import type { Change } from '../prepare/change';

/**
 * What one commit of some changes says: statements stand at its end, where Git looks for trailers.
 *
 * @param noun what several of them are called
 */
export function commitMessage(changes: readonly Pick<Change, 'message' | 'statements'>[], noun = 'steps'): string {
  const messages = changes.map(({ message }) => message);
  const text = messages.length > 1 ? [`Promote ${messages.length} ${noun}`, '', ...messages] : messages;
  const statements = changes.flatMap((change) => change.statements ?? []);
  return [...text, ...(statements.length > 0 ? ['', ...statements] : [])].join('\n');
}
