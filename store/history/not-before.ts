import { dirname, join } from 'node:path';
import { getOr } from '../../layers/get-or';
import { RecordReader, recordFolder } from '../../layers/record';
import type { Commit, History } from '../git/history';
import { appRecord, contentOfText, sequenceIn } from '../state/git-state';
import type { Since } from './rollout-history';

/** Where the records are of what a patch changes. */
export interface RecordedAt {
  /** The folder of rendered output, relative to the working directory or absolute. */
  readonly output: string;
  readonly clusterType: string;
  readonly apps: readonly string[];
  /** Files and folders that say what the patch is. */
  readonly files: readonly string[];
}

interface Recorded {
  /** None where it is not known. */
  readonly fleet: ReadonlySet<string>;
  readonly apps: readonly (RecordReader | undefined)[];
}

/** Every patch asks of the same few sequences. */
const sequences = new WeakMap<History, Map<string, ReadonlySet<string>>>();

/**
 * A patch came to no target before the target was there, and the app at it: the records of what was rendered say since when. Of
 * commits without records nothing is known.
 *
 * @param since  since when each target has the patch as it is
 * @param oldest the first of these commits
 * @param from   what is deployed
 */
export function notBefore(history: History, at: RecordedAt, since: ReadonlyMap<string, Since>, oldest: Commit, from?: string): ReadonlyMap<string, Since> {
  const { commits, recorded } = readRecords(history, at, oldest, from);
  const order = new Map(commits.map(({ hash }, index) => [hash, index]));
  const [now] = recorded;
  return new Map(
    [...since].map(([target, found]) => {
      const versions = recorded.slice(0, (order.get(found.commit ?? '') ?? -1) + 1);
      const index = versions.findIndex(
        ({ fleet, apps }) => !fleet.has(target) || apps.some((app, own) => now?.apps[own]?.isRendered(target) && app?.isRendered(target) === false),
      );
      if (index < 0 || versions[index]?.fleet.size === 0) return [target, found];
      const came = commits[index - 1];
      return [target, came ? { time: came.time, commit: came.hash } : {}];
    }),
  );
}

/** Every commit since the oldest one that touched the patch or a record, with what was recorded by then, the newest first. */
function readRecords(history: History, { output, clusterType, apps, files }: RecordedAt, oldest: Commit, from?: string) {
  const known = getOr(sequences, history, () => new Map<string, ReadonlySet<string>>());
  const places = [output];
  for (;;) {
    const placesOf = (file: string) => places.map((place) => join(place, recordFolder, file));
    const records = ['fleet.yaml', ...apps.map((app) => `${clusterType}/${app}.yaml`)].map(placesOf);
    const commits = [...history.commits([...files, ...records.flat()], from, oldest.hash), oldest];
    const [fleets = [], ...texts] = records.map((paths) => {
      const all = paths.map((path) => history.filesOf(commits, path));
      return commits.map((_, index) => all.map((one) => one[index]).find((text) => text !== undefined) ?? '');
    });
    const unknown = fleets.indexOf('');
    const former = unknown > 0 ? history.tryFormerName(join(places.at(-1) as string, recordFolder, 'fleet.yaml'), commits[unknown - 1]) : undefined;
    // The output was moved.
    const place = former && dirname(dirname(former));
    if (place !== undefined && !places.includes(place)) {
      places.push(place);
      continue;
    }
    const readers = new Map<string, RecordReader>();
    const recorded = fleets.map(
      (text, index): Recorded => ({
        fleet: getOr(known, text, () => new Set(sequenceIn(text))),
        apps: texts.map((own) => {
          const said = own[index] as string;
          return said === '' ? undefined : getOr(readers, said, () => new RecordReader(appRecord(contentOfText(said))));
        }),
      }),
    );
    return { commits, recorded };
  }
}
