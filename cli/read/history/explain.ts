import { join } from 'node:path';
import { type AnyFleet, FleetError, HubFleet } from '../../../constructs';
import { Repository } from '../../../store/git/repository';
import { type Revision, Revisions } from '../../../store/git/revisions';
import { hasPath } from '../../../store/git/trees';
import { outputDir } from '../../../store/output/output-place';
import { outputFolders } from '../../../store/state/find-output';
import { outputStates } from '../state/output-states';
import { unrecorded } from '../state/unrecorded';
import { explainAt } from './explain-at';
import { type Explained, type ExplainRequest, explainNow } from './explain-now';
import type { Explanation } from './explanation';
import { type FieldStory, Sinces } from './field-steps';
import { fileStory } from './file-story';
import { stateStory } from './state-story';

export interface ExplainPlace {
  readonly config: string;
  readonly fleet: AnyFleet;
}

/**
 * Which layer says each value of an app at a target, what it hid, and the commit that made it so there.
 *
 * @param ref a commit that is asked instead of the configuration, as {@link Revisions.resolve} takes it, or a date
 * @throws FleetError where nothing is called so
 */
export function explain(place: ExplainPlace, asked: ExplainRequest, ref?: string): Explanation {
  const { config, fleet } = place;
  if (ref !== undefined) {
    const revisions = new Revisions(config);
    const revision = revisions.resolve(ref, { dates: true });
    return withSinces(explainAt(outputStates(revisions.repository, place).at(revision), asked), place, revisions, revision);
  }
  const explained = explainNow(fleet, asked);
  const head = tryHead(config);
  if (typeof head === 'string') return finished(explained, { withoutHistory: head });
  const { revisions, revision } = head;
  const folder = outputDir(config, fleet.path);
  const why = hasOutput(revisions.repository, revision, folder) ? undefined : unrecorded(revisions.repository, folder)?.problems[0]?.message;
  return why === undefined ? withSinces(explained, place, revisions, revision) : finished(explained, { withoutHistory: why });
}

/** What is checked out. @returns why nothing is known of it, where that is so */
function tryHead(config: string): { readonly revisions: Revisions; readonly revision: Revision } | string {
  try {
    const revisions = new Revisions(Repository.find(config));
    return { revisions, revision: revisions.resolve('HEAD') };
  } catch (error) {
    if (error instanceof FleetError) return error.problems[0]?.message ?? '';
    throw error;
  }
}

function hasOutput(repository: Repository, { hash }: Revision, folder: string): boolean {
  return repository.tryInside(folder) !== undefined && hasPath(repository, hash, folder);
}

function withSinces(explained: Explained, { config, fleet }: ExplainPlace, { repository }: Revisions, { hash }: Revision): Explanation {
  const folder = outputDir(config, fleet.path);
  if (repository.tryInside(folder) === undefined) return finished(explained, { withoutHistory: `'${folder}' lies outside of the repository` });
  const { clusterType, target, app } = explained;
  const isHub = fleet instanceof HubFleet;
  const story: FieldStory = isHub
    ? stateStory(repository, { config, fleet }, explained, hash)
    : fileStory(repository, fileThen(repository, { folder, file: `${clusterType}/${target}/templates/${app}.yaml`, hash }), hash);
  const sinces = new Sinces(repository, story);
  return finished(explained, { sinceOf: (field) => sinces.of(field, explained.rendered) });
}

/** A rendered file where a commit has it: the output may have had another name then. */
function fileThen(repository: Repository, { folder, file, hash }: { readonly folder: string; readonly file: string; readonly hash: string }): string {
  const now = `${folder}/${file}`;
  if (hasPath(repository, hash, now)) return now;
  const then = outputFolders(repository, hash).map((inside) => join(repository.top, inside, file));
  return then.find((path) => hasPath(repository, hash, path)) ?? now;
}

interface Known {
  readonly withoutHistory?: string;
  readonly sinceOf?: Sinces['of'] extends (field: string, ...rest: never) => infer R ? (field: string) => R : never;
}

function finished({ rendered, fields, isOfOthers = false, ...explained }: Explained, { withoutHistory, sinceOf }: Known): Explanation {
  return {
    ...explained,
    isRendered: rendered !== undefined || isOfOthers,
    fields: fields.map((one) => {
      const since = sinceOf?.(one.field);
      return since ? { ...one, since } : one;
    }),
    ...(withoutHistory === undefined ? {} : { withoutHistory }),
  };
}
