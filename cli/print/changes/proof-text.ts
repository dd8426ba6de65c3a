import type { Proof } from '../../prepare/prove';
import { effectText } from './changes-text';
import { diffText } from './diff-text';

/** What a step would change: field by field, and then the manifests as a diff. @param folder of the output, from the top of the repository */
export function proofText(folder: string, { changes, effect }: Proof): string {
  const diff = diffText(folder, changes());
  return changes().length === 0 ? diff : `${effectText(effect())}\n\n${diff}`;
}
