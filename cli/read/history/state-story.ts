import type { Fields } from '../../../changes/fields';
import type { AnyFleet } from '../../../constructs';
import { historyOf } from '../../../store/git/path-history';
import type { Repository } from '../../../store/git/repository';
import { outputDir } from '../../../store/output/output-place';
import { outputStates } from '../state/output-states';
import { type AppTarget, appFields } from './app-fields';
import type { FieldStory } from './field-steps';

/**
 * How what a member of a fleet of hubs and spokes gets came to be. Several files together say it, so that whole states are read.
 *
 * @param from a commit's id
 */
export function stateStory(repository: Repository, place: { readonly config: string; readonly fleet: AnyFleet }, at: AppTarget, from: string): FieldStory {
  const folder = outputDir(place.config, place.fleet.path);
  const states = outputStates(repository, place);
  const known = new Map<string, Fields | undefined>();
  const fieldsAt = (hash: string | undefined): Fields | undefined => {
    if (hash === undefined) return undefined;
    if (!known.has(hash)) {
      const state = states.tryAt(hash);
      known.set(hash, state && appFields(state, at));
    }
    return known.get(hash);
  };
  const { commits, endsAtShallow } = historyOf(repository, [`${folder}/hubs`, `${folder}/spokes`], { from });
  return {
    steps: commits.map(({ commit }) => ({
      commit,
      before: () => fieldsAt(commit.parents[0]),
      after: () => fieldsAt(commit.hash),
      parents: () => commit.parents.map(fieldsAt),
    })),
    last: fieldsAt(from),
    endsAtShallow,
  };
}
