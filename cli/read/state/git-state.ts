import { join } from 'node:path';
import type { State } from '../../../changes/state';
import type { Repository } from '../../../store/git/repository';
import type { Revision } from '../../../store/git/revisions';
import { outputDir, shownFrom } from '../../../store/output/output-place';
import { noOutput } from '../../../store/state/blobs';
import { isThere, outputFolders } from '../../../store/state/find-output';
import { type FormerFleet, type RecordedOutput, readOutput, shortCommit, stateOfOutput } from '../../../store/state/git-state';
import { targetsIn } from '../../../store/state/output-tree';
import { stateOfHubOutput } from './hub-state';
import { throwUnrecorded } from './unrecorded';

/** What is known of a fleet without its history. */
export interface StatePlace extends FormerFleet {
  /** The configuration folder. */
  readonly config: string;
  /** The fleet's `path`. */
  readonly path: string;
}

export interface StateOptions {
  /** Whether a commit without rendered output is one before the fleet: nothing was rendered then. @default false: it is an error */
  readonly mayBeEmpty?: boolean;
}

/**
 * The rendered fleet as a commit recorded it. Where the commit has no such folder, the output may have had another name then:
 * the one folder that holds the output of a fleet with some of the targets is taken, and the notes of the state say so.
 *
 * @throws FleetError (`no-output`, `no-history`) with one clear answer where there is none, or none can be told
 */
export function gitState(repository: Repository, revision: Revision, place: StatePlace, { mayBeEmpty = false }: StateOptions = {}): State {
  const { config, path, ...former } = place;
  const folder = outputDir(config, path);
  if (repository.tryInside(folder) === undefined) throwUnrecorded(repository, folder);
  const output = readOutput(repository, revision.hash, folder, former);
  if (output && isOutput(output)) return stateOf(revision, output);
  const renamed = renamedOutput(repository, revision, folder, former);
  if (renamed) {
    return { ...stateOf(revision, renamed.output), notes: [`the output of ${nameOf(revision)} is in '${renamed.folder}', which is '${folder}' now`] };
  }
  // What a commit records counts, also where it is left out now.
  throwUnrecorded(repository, folder);
  if (!mayBeEmpty) {
    throw noOutput(`'${revision.text}' has no rendered output in '${folder}'`, {
      expected: 'a commit with the output of this fleet',
      hint: 'name a later commit, or commit what `npx fleet synth` writes',
    });
  }
  return emptyState(revision, former, folder);
}

function stateOf(revision: Revision, output: RecordedOutput): State {
  return (output.fleet.topology === 'hub-and-spoke' ? stateOfHubOutput : stateOfOutput)(nameOf(revision), output);
}

/** `HEAD~2 (1a2b3c4)` */
function nameOf({ text, hash }: Revision): string {
  return hash.startsWith(text) ? shortCommit(hash) : `${text} (${shortCommit(hash)})`;
}

function emptyState(revision: Revision, { dimensions }: FormerFleet, folder: string): State {
  return {
    name: nameOf(revision),
    fleet: { topology: 'dimensions', dimensions, sequence: [] },
    targets: new Map(),
    files: [],
    records: [],
    read: () => [],
    notes: [`${nameOf(revision)} has no rendered output in '${folder}': nothing was rendered then`],
  };
}

/**
 * Where the output of a fleet was in a commit and is still, though it is rendered elsewhere now: clusters go on to read it, and
 * nobody renders it any more. A fleet that was not configured then had none.
 *
 * @returns from the working directory
 */
export function leftOutput(repository: Repository, { hash }: Revision, { config, path, ...former }: StatePlace): string | undefined {
  const inside = repository.tryInside(config);
  if (inside === undefined || repository.tryText('rev-parse', ['--verify', '--quiet', `${hash}:${inside}`]) === undefined) return undefined;
  const folder = outputDir(config, path);
  const others = outputFolders(repository, hash).map((other) => shownFrom(repository.top, join(repository.top, other)));
  return others.find((other) => {
    if (other === folder || !isThere(other)) return false;
    const output = readOutput(repository, hash, other, former);
    return output !== undefined && isOfFleet(output, former);
  });
}

/** Whether anything in a folder was rendered: other things may lie where the output is now. */
function isOutput({ files, fleet, records }: RecordedOutput): boolean {
  return records.length > 0 || targetsIn(files, fleet).length > 0;
}

/** @throws FleetError where several folders may be meant */
function renamedOutput(repository: Repository, revision: Revision, folder: string, former: FormerFleet) {
  const candidates = outputFolders(repository, revision.hash).flatMap((inside) => {
    const place = join(repository.top, inside);
    const shown = shownFrom(repository.top, place);
    // Where both are there now, the other one is another fleet's.
    if (isThere(place) && isThere(folder)) return [];
    const output = readOutput(repository, revision.hash, shown, former);
    return output && isOfFleet(output, former) ? [{ folder: shown, output }] : [];
  });
  if (candidates.length < 2) return candidates[0];
  throw noOutput(`'${revision.text}' has no rendered output in '${folder}', and several folders that it may have been in`, {
    found: candidates.map(({ folder: one }) => `'${one}'`).join(', '),
    hint: 'name a commit that has it where it is now',
  });
}

/** A fleet that was renamed or moved has some of its targets still. */
function isOfFleet({ files, fleet }: RecordedOutput, { sequence }: FormerFleet): boolean {
  const now = new Set(sequence);
  // Members of fleets of hubs are known by their names.
  const names = new Set(sequence.map((path) => path.slice(path.lastIndexOf('/') + 1)));
  return targetsIn(files, fleet).some((target) => (fleet.topology === 'dimensions' ? now.has(target) : names.has(target)));
}
