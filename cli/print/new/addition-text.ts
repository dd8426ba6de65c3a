import { plural } from '../../../layers/text/problem-text';
import type { FileChange } from '../../prepare/prove';
import { diffText } from '../changes/diff-text';

/** What is added is counted; what changes of what is there is shown whole. @param folder of the output, from the top of the repository */
export function additionText(changes: readonly FileChange[], dir: string, folder: string): string {
  const added = changes.filter(({ before }) => before === undefined);
  const changed = changes.filter(({ before }) => before !== undefined);
  if (changed.length === 0) return `${plural(added.length, 'file')} would be added to ${dir}/; no other would change.`;
  return `${plural(added.length, 'file')} would be added to ${dir}/, and ${plural(changed.length, 'file')} would change:\n\n${diffText(folder, changed)}`;
}
