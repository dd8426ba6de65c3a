import { relative, sep } from 'node:path';
import type { FleetContents } from '../../../changes/contents/contents';
import { stateContents } from '../../../changes/contents/state-contents';
import { type AnyFleet, FleetError, type FleetOutput, fleetFromConfig } from '../../../constructs';
import type { Place } from '../../../layers/config-files';
import { type ForgeLinks, forgeLinks } from '../../../layers/text/forge-links';
import { realPath } from '../../../store/git/find-repository';
import { History } from '../../../store/git/history';
import { tryRemoteUrl } from '../../../store/git/remote-url';
import { baseOf } from '../../../store/output/output-place';
import { locate } from '../../../store/read/locate';
import { readConfig } from '../../../store/read/read-config';
import { configContents } from '../contents/config-contents';
import { type RunningFleet, seeRunning } from '../evidence/running';
import { type LoadedFleet, loadFleet } from '../load-fleet';
import { type PatchStatus, statusOf } from '../patches/patch-status';
import { TakenBack } from '../patches/taken-back';
import { askedState } from '../state/asked-state';
import { type BookedApp, bookOf, placesOf } from './book';
import { commitsNow, commitsUntil, type ReadCommits } from './commits';
import { type FleetNode, nodesNow, nodesThen } from './nodes';
import { patchesThen, type RecordedPatch } from './patches-then';
import { sayersNow, sayersThen } from './sayers';

export interface BoardRequest {
  readonly config: string;
  /** A commit, or a date. @default - what the configuration says now */
  readonly at?: string;
  /** How many commits its history has, the newest first; 0 for all. */
  readonly commits: number;
  /** What the clock says. */
  readonly now: Date;
  /** Whether Argo CDs are asked what runs. @default false */
  readonly live?: boolean;
  /** Is told the fleet before anything else is read, which takes longer. */
  readonly begin?: (fleet: AnyFleet) => void;
}

/** What a board shows, before anybody finds words for it. */
export interface ReadBoard {
  readonly contents: FleetContents;
  /** The fleet's `path`. */
  readonly path: string;
  /** In the singular, the outermost first. */
  readonly dimensions: readonly string[];
  /** In sequence. */
  readonly nodes: readonly FleetNode[];
  readonly apps: readonly BookedApp[];
  /** Whose an app is, and what for. */
  readonly about: ReadonlyMap<string, AboutApp>;
  /** Where the layers stand, by the keys of their places. */
  readonly lines: ReadonlyMap<string, FileLine>;
  /** Every patch in flight: of a configuration how far it is and what is next, of a commit where it sat. */
  readonly rollouts: { readonly output: FleetOutput; readonly patches: readonly PatchStatus[] } | { readonly recorded: readonly RecordedPatch[] };
  readonly history: ReadCommits;
  /** @default - the address of the repository says no forge */
  readonly links?: ForgeLinks;
  /** What Argo CDs said, and when. @default - nobody asked them */
  readonly running?: { readonly at: Date; readonly fleet: RunningFleet };
}

export interface AboutApp {
  readonly description?: string;
  readonly owners: readonly string[];
}

export interface FileLine {
  /** From the top of the repository. */
  readonly file: string;
  /** @default - its text does not show it */
  readonly line?: number;
}

/** @throws FleetError with what is wrong with the configuration, with the commit that is asked for, or with how Argo CDs are to be asked */
export function readBoard(asked: BoardRequest): ReadBoard {
  if (asked.live && asked.at !== undefined) throw notThen(asked.at);
  return asked.at === undefined ? readBoardOf(loadFleet(asked.config, asked.begin), asked) : readBoardThen(asked, asked.at);
}

/** What a fleet as it is configured shows. */
export function readBoardOf(loaded: LoadedFleet, { commits, now, live = false }: Pick<BoardRequest, 'commits' | 'now' | 'live'>): ReadBoard {
  const { config, fleet, output } = loaded;
  const { values } = output;
  const running = live ? { running: { at: now, fleet: expectRunning(loaded) } } : {};
  const contents = configContents(fleet, values);
  const apps = bookOf(contents, sayersNow(fleet, values));
  const history = commitsNow({ config, fleet }, commits);
  const ofGit = new History(config);
  const takenBack = new TakenBack(ofGit);
  return {
    contents,
    path: fleet.path,
    dimensions: fleet.dimensions.map(({ singular }) => singular),
    nodes: nodesNow(output, now.getTime()),
    apps,
    about: new Map(values.clusterTypes.flatMap((name) => values.appsOf(name).map((app) => [`${name}/${app.name}`, app] as const))),
    lines: linesOf(config, apps),
    rollouts: { output, patches: loaded.patches.map((view) => statusOf(loaded, view, ofGit, now, takenBack)) },
    history,
    ...linksOf(config, fleet.repository, history),
    ...running,
  };
}

/** @throws FleetError (`evidence`) where nobody can be asked, or nothing is there to hold it against */
function expectRunning(fleet: LoadedFleet): RunningFleet {
  const running = seeRunning(fleet, {});
  if (!('unknown' in running)) return running;
  throw new FleetError([
    {
      code: 'evidence',
      message: `a board cannot show what runs: ${running.unknown}`,
      place: [],
      expected: '`evidence: [argoCD({ server: … })]` in `fleet.ts`, for the whole fleet or at a node, and a commit with what is rendered',
      hint: 'leave `--live` out, or see docs/evidence.md',
    },
  ]);
}

function notThen(at: string): FleetError {
  return new FleetError([
    {
      code: 'evidence',
      message: 'a board cannot show what runs now beside what a commit recorded',
      place: [],
      found: `--live --at ${at}`,
      hint: 'leave out one of both: without `--at` it is of the configuration, and what runs is held against what Git has',
    },
  ]);
}

function readBoardThen({ config, commits, begin }: BoardRequest, at: string): ReadBoard {
  const fleet = fleetFromConfig(readConfig(config));
  begin?.(fleet);
  const { repository, revision, state } = askedState(fleet, config, at);
  const contents = stateContents(state);
  const history = commitsUntil({ config, fleet }, repository, revision.hash, commits);
  return {
    contents,
    path: fleet.path,
    dimensions: state.fleet.dimensions,
    nodes: nodesThen(state, history.last?.time ?? 0),
    apps: bookOf(contents, sayersThen),
    about: new Map(),
    lines: new Map(),
    rollouts: { recorded: patchesThen(state) },
    history,
    ...linksOf(config, fleet.repository, history),
  };
}

/** Each file is parsed once. */
function linesOf(config: string, apps: readonly BookedApp[]): ReadonlyMap<string, FileLine> {
  const places = placesOf(apps);
  const located = locate([...places.values()]) as readonly (Place & { readonly line?: number })[];
  const base = baseOf(config);
  const inside = (file: string) => relative(base, realPath(file)).split(sep).join('/');
  return new Map(
    [...places.keys()].map((key, index) => {
      const { file, line } = located[index] as Place & { readonly line?: number };
      return [key, { file: inside(file), ...(line === undefined ? {} : { line }) }];
    }),
  );
}

/** Of the repository as the fleet names it: what a clone calls its remote differs from clone to clone. */
function linksOf(config: string, repository: string, { last }: ReadCommits): Pick<ReadBoard, 'links'> {
  if (!last) return {};
  const remote = () => tryRemoteUrl(config);
  const links = forgeLinks(repository, last.hash) ?? forgeLinks(remote() ?? '', last.hash);
  return links === undefined ? {} : { links };
}
