import type { State } from '../../../changes/state';
import { type AnyFleet, FleetError } from '../../../constructs';
import type { Repository } from '../../../store/git/repository';
import type { Revision } from '../../../store/git/revisions';
import { nodePaths } from '../node-paths';
import { gitState } from './git-state';

/** Reads what commits recorded of one fleet, each once. */
export interface OutputStates {
  /** @throws FleetError as {@link gitState} */
  at(revision: Revision): State;
  /** The same; nothing where it has none, or where nobody knows what it means. */
  tryAt(hash: string): State | undefined;
}

export function outputStates(repository: Repository, { config, fleet }: { readonly config: string; readonly fleet: AnyFleet }): OutputStates {
  const place = { config, path: fleet.path, dimensions: fleet.dimensions.map(({ singular }) => singular), sequence: nodePaths(fleet) };
  const known = new Map<string, State | undefined>();
  const at = (revision: Revision) => gitState(repository, revision, place);
  return {
    at,
    tryAt: (hash) => {
      if (!known.has(hash))
        known.set(
          hash,
          quietly(() => at({ text: hash, hash })),
        );
      return known.get(hash);
    },
  };
}

/** A commit of a history that nobody can read says nothing; the others do. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FleetError) return undefined;
    throw error;
  }
}
