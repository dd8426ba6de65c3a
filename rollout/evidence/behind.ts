import { plural } from '../../layers/text/problem-text';
import { isAtOrAbove, isOfFleet, sourcesOf, textOf, type Unread, valueFilesOf } from './application';

/** What an Application has synced of the fleet's repository, where that is not all that Git has for it. */
export interface Behind {
  /** How far it is, in words. @default - as far as Git, as far as is known */
  readonly behind?: string;
  /** A commit that it has synced and that this clone does not know. @default - it knows all */
  readonly unread?: string;
}

/**
 * How far an Application is of what it reads in the fleet's repository itself: its spec says where that is, and not what is in there.
 *
 * @param changedSince the files that Git has otherwise than a commit; `undefined` where this clone does not know the commit
 */
export function behindOf(application: Unread, repository: string, changedSince: (commit: string) => readonly string[] | undefined): Behind {
  const valueFiles = valueFilesOf(application);
  for (const { source, revision } of sourcesOf(application)) {
    if (!isOfFleet(source, repository) || revision === '') continue;
    const changed = changedSince(revision);
    const commit = revision.slice(0, 7);
    if (changed === undefined) return { unread: commit };
    const [path, start] = [textOf(source.path), `$${textOf(source.ref)}/`];
    const read = changed.filter((file) => (path !== '' && isAtOrAbove(path, file)) || (start !== '$/' && valueFiles.includes(`${start}${file}`)));
    if (read.length > 0) return { behind: `has synced ${commit}, and Git has ${plural(read.length, 'file')} of it otherwise` };
  }
  return {};
}
