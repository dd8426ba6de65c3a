import type { Changes } from '../../changes/change';

/** What a step says of itself in the commit that makes it. */
export interface StatedStep {
  /** What it changes, field by field. */
  readonly effect: Changes;
  /** The node that it goes straight to, past targets that come before. @default - it goes along the sequence */
  readonly hotfix?: string;
}

/** The statements of a step as lines of a commit's message, one for each app that it changes: what it does is to be allowed, and nothing else. */
export function statementLines({ effect, hotfix }: StatedStep): readonly string[] {
  if (hotfix === undefined) return [];
  // Behind the path belongs the digest of what the app gets there, by `effectDigest`: it is not here yet.
  return appsIn(effect).map((app) => `Fleet-Hotfix: ${app} ${hotfix}`);
}

/** `CLUSTER-TYPE/APP` of everything that gets something else. */
function appsIn({ changes }: Changes): readonly string[] {
  return [...new Set(changes.flatMap((change) => ('app' in change ? [`${change.clusterType}/${change.app}`] : [])))].sort();
}
