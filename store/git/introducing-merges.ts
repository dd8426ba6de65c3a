import { type CommitInfo, commitInfos } from './commit-info';
import type { Repository } from './repository';

/**
 * The merges by which commits came to what is checked out, or to another commit: whoever merged let them in.
 *
 * @param start a commit's id
 * @returns by the ids of the commits; those that were made there have none
 */
export function introducingMerges(repository: Repository, start: string, hashes: ReadonlySet<string>): ReadonlyMap<string, CommitInfo> {
  const rows = repository
    .text('rev-list', ['--parents', '--topo-order', start])
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '));
  const parents = new Map(rows.map(([hash = '', ...above]) => [hash, above]));
  const own: string[] = [];
  for (let hash: string | undefined = start; hash !== undefined; hash = parents.get(hash)?.[0]) own.push(hash);
  const found = new Map<string, string>();
  const seen = new Set(own);
  // The oldest merge that has a commit brought it.
  for (const merge of own.reverse()) {
    const ahead = (parents.get(merge) ?? []).slice(1);
    for (let hash = ahead.pop(); hash !== undefined; hash = ahead.pop()) {
      if (seen.has(hash)) continue;
      seen.add(hash);
      if (hashes.has(hash)) found.set(hash, merge);
      ahead.push(...(parents.get(hash) ?? []));
    }
  }
  const merges = [...new Set(found.values())];
  const infos = new Map(commitInfos(repository, merges).map((info) => [info.hash, info]));
  return new Map([...found].map(([hash, merge]) => [hash, infos.get(merge) as CommitInfo]));
}
