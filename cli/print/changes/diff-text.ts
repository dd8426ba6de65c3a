import { createTwoFilesPatch } from 'diff';
import type { FileChange } from '../../prepare/prove';

/** How manifests change, as a diff. @param folder of the output, from the top of the repository */
export function diffText(folder: string, changes: readonly FileChange[]): string {
  if (changes.length === 0) return 'No manifest changes.';
  return changes
    .map(({ path, before = '', after = '' }) => {
      const name = `${folder}/${path}`;
      const [, ...lines] = createTwoFilesPatch(before === '' ? '/dev/null' : `a/${name}`, after === '' ? '/dev/null' : `b/${name}`, before, after, '', '', {
        context: 1,
      }).split('\n');
      return lines.join('\n').trimEnd();
    })
    .join('\n');
}
