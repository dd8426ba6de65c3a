import type { Change } from '../prepare/change';

/**
 * What one commit of some changes says: statements stand at its end, where Git looks for trailers.
 *
 * @param noun    what several of them are called
 * @param records lines about what was seen, beside what the changes say
 */
export function commitMessage(changes: readonly Pick<Change, 'message' | 'statements'>[], noun = 'steps', records: readonly string[] = []): string {
  const messages = changes.map(({ message }) => message);
  if (messages.length === 0 && records.length > 0) return ['Record what evidence says', '', ...records].join('\n');
  const text = messages.length > 1 ? [`Promote ${messages.length} ${noun}`, '', ...messages] : messages;
  const statements = [...changes.flatMap((change) => change.statements ?? []), ...records];
  return [...text, ...(statements.length > 0 ? ['', ...statements] : [])].join('\n');
}
