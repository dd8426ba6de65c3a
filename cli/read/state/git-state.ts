import type { State } from '../../../changes/state';
import { FleetError } from '../../../constructs';
import type { Repository } from '../../../store/git/repository';
import type { Revision } from '../../../store/git/revisions';
import { outputDir } from '../../../store/output/output-place';
import { type FormerFleet, readOutput, stateOfOutput } from '../../../store/state/git-state';
import { stateOfHubOutput } from './hub-state';

/** What is known of a fleet without its history. */
export interface StatePlace extends FormerFleet {
  /** The configuration folder. */
  readonly config: string;
  /** The fleet's `path`. */
  readonly path: string;
}

/**
 * The rendered fleet as a commit recorded it.
 *
 * @throws FleetError where the commit has no rendered output
 */
export function gitState(repository: Repository, { hash, text }: Revision, { config, path, ...former }: StatePlace): State {
  const folder = outputDir(config, path);
  const output = readOutput(repository, hash, folder, former);
  if (!output) throw new FleetError([{ code: 'no-history', message: `'${text}' has no rendered output in '${folder}'` }]);
  const stateOf = output.fleet.topology === 'hub-and-spoke' ? stateOfHubOutput : stateOfOutput;
  return stateOf(`${text} (${hash.slice(0, 7)})`, output);
}
