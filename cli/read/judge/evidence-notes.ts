import type { FleetOutput } from '../../../constructs';
import type { Repository } from '../../../store/git/repository';
import { changedEvidence, type EvidencePlaces, evidencePaths } from '../evidence/evidence-paths';
import { firstNames } from '../first-names';

/** What evidence runs or trusts is no law that Git records, and no rule judges it: who reads a change is told of it. */
export function evidenceNotes(output: FleetOutput, places: EvidencePlaces, repository: Repository, [from, to]: readonly [string, string]): readonly string[] {
  const paths = evidencePaths(output, places, repository);
  if (paths.length === 0) return [];
  const changed = repository.text('diff-tree', ['-r', '-z', '--name-only', '--no-renames', from, to]).split('\0').filter(Boolean);
  return changedEvidence(paths, changed).map(
    ([evidence, files]) =>
      `${firstNames(files).join(', ')} changed, by which the evidence '${evidence}' says what is good: no rule judges that, whoever approves it decides what goes on by itself`,
  );
}
