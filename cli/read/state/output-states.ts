import type { State } from '../../../changes/state';
import { type AnyFleet, FleetError } from '../../../constructs';
import type { Repository } from '../../../store/git/repository';
import type { Revision } from '../../../store/git/revisions';
import { outputDir } from '../../../store/output/output-place';
import { readOutput, shortCommit, stateOfOutput } from '../../../store/state/git-state';
import { nodePaths } from '../node-paths';
import { stateOfHubOutput } from './hub-state';

/** Reads what commits recorded of one fleet, each once. */
export interface OutputStates {
  /** @throws FleetError where the commit has no rendered output */
  at(revision: Revision): State;
  /** The same; nothing where it has none, or where nobody knows what it means. */
  tryAt(hash: string): State | undefined;
}

export function outputStates(repository: Repository, { config, fleet }: { readonly config: string; readonly fleet: AnyFleet }): OutputStates {
  const folder = outputDir(config, fleet.path);
  const former = { dimensions: fleet.dimensions.map(({ singular }) => singular), sequence: nodePaths(fleet) };
  const known = new Map<string, State | undefined>();
  const read = (hash: string, name: string): State | undefined => {
    const output = readOutput(repository, hash, folder, former);
    if (!output) return undefined;
    return output.fleet.topology === 'hub-and-spoke' ? stateOfHubOutput(name, output) : stateOfOutput(name, output);
  };
  return {
    at: ({ text, hash }) => {
      const state = read(hash, `${text} (${shortCommit(hash)})`);
      if (!state) throw new FleetError([{ code: 'no-history', message: `'${text}' has no rendered output in '${folder}'` }]);
      return state;
    },
    tryAt: (hash) => {
      if (!known.has(hash))
        known.set(
          hash,
          quietly(() => read(hash, shortCommit(hash))),
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
