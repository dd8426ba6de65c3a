import { join } from 'node:path';
import type { FleetError } from '../../../constructs';
import { isIgnored } from '../../../store/git/ignored';
import type { Repository } from '../../../store/git/repository';
import { noOutput } from '../../../store/state/blobs';

/** Why a repository never records what is rendered in a folder; `undefined` where it may. */
export function unrecorded(repository: Repository, folder: string): FleetError | undefined {
  if (repository.tryInside(folder) === undefined) {
    return noOutput(`'${folder}' lies outside of the repository '${repository.top}', which records nothing of it`, {
      expected: 'the output in the repository of the configuration',
      hint: "let the fleet's `path` lead to a folder in it",
    });
  }
  if (!isIgnored(repository, join(folder, '_record/fleet.yaml'))) return undefined;
  return noOutput(`Git is told to leave out '${folder}', so no commit records what was rendered`, {
    found: 'it is ignored',
    hint: 'take it out of `.gitignore`, and commit it: Argo CD reads it there',
  });
}

/** @throws FleetError (`no-output`) where a repository never records what is rendered in a folder */
export function throwUnrecorded(repository: Repository, folder: string): void {
  const why = unrecorded(repository, folder);
  if (why) throw why;
}
