import { existsSync } from 'node:fs';
import { recordFolder } from '../../layers/record';
import type { Repository } from '../git/repository';
import { blobsOf, treeAt } from '../git/trees';
import type { TreeEntry } from '../git/work-tree';
import { renderedHeader } from '../output/rendered-header';

const record = `${recordFolder}/fleet.yaml`;

/**
 * Every folder of a commit that holds the rendered output of a fleet, by what its files say: the record of a fleet, or charts
 * of targets, or roots of hubs of versions that recorded nothing.
 *
 * @returns from the top of the repository, sorted. The top itself is none: output was never written there
 */
export function outputFolders(repository: Repository, commit: string): readonly string[] {
  const files = new Map([...treeAt(repository, commit, repository.top)].filter(([, { mode }]) => mode.startsWith('100')));
  const recorded = below(files.keys(), new RegExp(`^(.+)/${record}$`));
  const former = [...formerFolders(repository, files)].filter((folder) => !recorded.includes(folder));
  return [...new Set([...recorded, ...former])].sort();
}

function below(paths: Iterable<string>, pattern: RegExp): readonly string[] {
  return [...paths].flatMap((path) => {
    const match = pattern.exec(path);
    return match ? [match[1] as string] : [];
  });
}

function formerFolders(repository: Repository, files: ReadonlyMap<string, TreeEntry>): ReadonlySet<string> {
  const found = new Set(below(files.keys(), /^(.+)\/(?:hubs|spokes)\/[^/]+\/bootstrap\/root\.yaml$/));
  const charts = new Map<string, string[]>();
  for (const [path, { id }] of files) {
    if (!path.endsWith('/Chart.yaml')) continue;
    const folder = path.slice(0, -'/Chart.yaml'.length);
    const known = charts.get(id);
    if (known) known.push(folder);
    else charts.set(id, [folder]);
  }
  for (const [id, content] of blobsOf(repository, charts.keys())) {
    const text = content.toString('utf8');
    // A target's chart says what it is of, and where.
    const [, clusterType, target] = (text.startsWith(renderedHeader) && /^description: ['"]?(\S+) at ([^'"\s]+)['"]?$/m.exec(text)) || [];
    const end = `/${clusterType}/${target}`;
    for (const folder of charts.get(id) ?? []) if (folder.endsWith(end)) found.add(folder.slice(0, -end.length));
  }
  return found;
}

/** Whether something is at a path now, in the work tree. */
export function isThere(path: string): boolean {
  return existsSync(path);
}
