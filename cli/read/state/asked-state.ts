import type { State } from '../../../changes/state';
import type { AnyFleet } from '../../../constructs';
import type { Repository } from '../../../store/git/repository';
import { type Revision, Revisions } from '../../../store/git/revisions';
import { nodePaths } from '../node-paths';
import { gitState } from './git-state';

/** The rendered fleet at a commit that somebody asked for. */
export interface AskedState {
  readonly repository: Repository;
  readonly revision: Revision;
  readonly state: State;
}

/**
 * @param at as {@link Revisions.resolve} takes it, or a date
 * @throws FleetError where there is no such commit, or where it recorded no fleet
 */
export function askedState(fleet: AnyFleet, config: string, at: string): AskedState {
  const revisions = new Revisions(config);
  const revision = revisions.resolve(at, { dates: true });
  const dimensions = fleet.dimensions.map(({ singular }) => singular);
  const sequence = nodePaths(fleet).filter((path) => path.split('/').length === dimensions.length);
  const { repository } = revisions;
  return { repository, revision, state: gitState(repository, revision, { config, path: fleet.path, dimensions, sequence }) };
}
