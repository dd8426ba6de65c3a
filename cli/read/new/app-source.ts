import { FleetError, type Problem } from '../../../constructs';
import type { LoadedFleet } from '../load-fleet';
import type { Setting } from '../setting';

/** The flags that say what a new app is. */
export interface AppFlags {
  readonly repo?: string;
  readonly chart?: string;
  readonly version?: string;
  readonly path?: string;
  readonly namespace?: string;
  readonly description?: string;
  readonly owner: readonly string[];
  readonly set: readonly Setting[];
}

/** Where the manifests of an app come from, as a `source` of Argo CD has it. */
export interface AppSource {
  readonly repoURL: string;
  readonly chart?: string;
  readonly path?: string;
  readonly targetRevision: string;
}

/**
 * A chart of a repository, or a folder of a Git repository: the fleet's own where no other is named.
 *
 * @throws FleetError where the flags say neither, or both
 */
export function appSource({ fleet }: LoadedFleet, name: string, { repo, chart, version, path }: AppFlags): AppSource {
  if (chart !== undefined && path !== undefined)
    throw failure('--chart and --path cannot both be given', 'one of them: a chart of a repository, or a folder of a Git repository');
  if (path !== undefined) return { repoURL: repo ?? fleet.repository, path, targetRevision: version ?? fleet.revision };
  const missing = Object.entries({ repo, chart, version }).flatMap(([flag, value]) => (value === undefined ? [`--${flag}`] : []));
  if (repo !== undefined && chart !== undefined && version !== undefined) return { repoURL: repo, chart, targetRevision: version };
  throw failure(
    missing.length === 3 ? `what shall '${name}' deploy?` : `of the chart of '${name}' ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`,
    '--repo URL --chart NAME --version VERSION for a chart; --path FOLDER for a folder of a Git repository, with --repo URL where it is not the fleet’s own',
  );
}

function failure(message: string, expected: string): FleetError {
  const problem: Problem = { code: 'source-incomplete', message, place: [], expected, hint: 'nothing was written' };
  return new FleetError([problem]);
}
