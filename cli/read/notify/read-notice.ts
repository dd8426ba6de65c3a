import type { PatchView } from '../../../constructs';
import type { FleetRecord } from '../../../layers/record';
import { type ForgeLinks, forgeLinks } from '../../../layers/text/forge-links';
import { asksEvidence } from '../../../rollout/evidence/asked';
import { type FrozenNode, frozenNow } from '../../../rollout/freezes';
import { History } from '../../../store/git/history';
import { tryRemoteUrl } from '../../../store/git/remote-url';
import { Revisions } from '../../../store/git/revisions';
import { nodesThen } from '../board/nodes';
import { type RecordedBad, RecordedEvidence } from '../evidence/recorded';
import { type HistoryCommit, hasEffect } from '../history/output-history';
import { readHistory } from '../history/read-history';
import { type LoadedFleet, loadFleet } from '../load-fleet';
import { nodesOf } from '../nodes-of';
import { type PatchStatus, statusOf } from '../patches/patch-status';
import { deployedCommit } from '../patches/soak';
import { TakenBack } from '../patches/taken-back';
import { outputStates } from '../state/output-states';
import { type NoticeStart, noticeStart } from './notice-start';

export interface NoticeRequest {
  readonly config: string;
  /** A commit, a date, or how long ago. @default - the first parent of the last commit */
  readonly since?: string;
  /** Whether only that is news which the clock moved, and no commit. @default false */
  readonly byClock?: boolean;
  /** What the clock says. */
  readonly now: Date;
}

/** A patch in flight. */
export interface NoticedPatch extends PatchStatus {
  /** Whether it came where it is, or waits for something else, since then. */
  readonly isNew: boolean;
  /** Evidence that was bad the last time that it was on record. */
  readonly bad: readonly RecordedBad[];
}

/** What moved in a fleet since a moment, and what waits. */
export interface Notice {
  readonly fleet: LoadedFleet;
  /** Of the repository, as the fleet says it, and as it was cloned. */
  readonly addresses: readonly string[];
  readonly topology: FleetRecord['topology'];
  readonly start: NoticeStart;
  /** Whether only that is news which the clock moved. */
  readonly byClock: boolean;
  /** Commits that changed what is rendered, the newest first. */
  readonly commits: readonly HistoryCommit[];
  /** Every patch in flight, those that are new first. */
  readonly patches: readonly NoticedPatch[];
  readonly frozen: readonly (FrozenNode & { readonly isNew: boolean })[];
  /** Nodes that were frozen then and are not now. */
  readonly thawed: readonly string[];
  /** @default - the address of the repository says no forge */
  readonly links?: ForgeLinks;
}

/** @throws FleetError with what is wrong with the configuration, with the commit that is asked for, and where there is no history */
export function readNotice({ config, since, byClock = false, now }: NoticeRequest): Notice {
  const revisions = new Revisions(config);
  const start = noticeStart(revisions, since, now);
  const loaded = loadFleet(config);
  const { fleet } = loaded;
  const history = new History(config);
  const head = revisions.resolve('HEAD').hash;
  const { topology, commits } = readHistory({ config, fleet }, { path: '*', from: head, ...(start.hash === undefined ? {} : { after: start.hash }) });
  const fresh = revisions.repository.text('rev-list', [head, ...(start.hash === undefined ? [] : [`^${start.hash}`])]).split('\n');
  const frozen = frozenNow(nodesOf(loaded), now.getTime());
  const before = byClock ? frozenNow(nodesOf(loaded), start.time).map(({ path }) => path) : frozenThen(loaded, revisions, start);
  const patches = noticedPatches(loaded, history, { former: new Date(start.time), fresh: new Set(byClock ? [] : fresh), now });
  const addresses = [fleet.repository, tryRemoteUrl(config) ?? ''];
  const links = forgeLinks(addresses[0] ?? '', head) ?? forgeLinks(addresses[1] ?? '', head);
  return {
    fleet: loaded,
    addresses: addresses.filter((address) => address !== ''),
    topology,
    start,
    byClock,
    commits: byClock ? [] : [...commits].filter(hasEffect),
    patches: [...patches.filter(({ isNew }) => isNew), ...patches.filter(({ isNew }) => !isNew)],
    frozen: frozen.map((node) => ({ ...node, isNew: !before.includes(node.path) })),
    thawed: before.filter((path) => !frozen.some((node) => node.path === path)),
    ...(links === undefined ? {} : { links }),
  };
}

/** Whether anything moved, or waits now that did not. */
export function isNews({ commits, patches, frozen, thawed }: Notice): boolean {
  return commits.length > 0 || patches.some(({ isNew }) => isNew) || frozen.some(({ isNew }) => isNew) || thawed.length > 0;
}

/** What a commit recorded; of one that recorded nothing that can be read nothing is said. */
function frozenThen({ config, fleet }: LoadedFleet, { repository }: Revisions, { hash, time }: NoticeStart): readonly string[] {
  const state = hash === undefined ? undefined : outputStates(repository, { config, fleet }).tryAt(hash);
  return state ? nodesThen(state, time).flatMap(({ path, frozen }) => (frozen ? [path] : [])) : [];
}

interface Times {
  readonly former: Date;
  readonly now: Date;
  /** Commits since then, as far as they count. */
  readonly fresh: ReadonlySet<string>;
}

function noticedPatches(fleet: LoadedFleet, history: History, { former, now, fresh }: Times): readonly NoticedPatch[] {
  const takenBack = new TakenBack(history);
  const deployed = deployedCommit(fleet, history);
  const recorded = new RecordedEvidence(history, 'commit' in deployed ? deployed.commit : undefined);
  const badOf = (view: PatchView, { covered, since }: PatchStatus) =>
    asksEvidence(view.state) && since?.time !== undefined ? recorded.bad(view, covered, since.time) : [];
  return fleet.patches.map((view): NoticedPatch => {
    const status = statusOf(fleet, view, history, now, takenBack);
    const isNew = fresh.has(status.since?.commit ?? '') || waitsFor(status) !== waitsFor(statusOf(fleet, view, history, former, takenBack));
    return { ...status, isNew, bad: badOf(view, status) };
  });
}

/** What a patch waits for, but for how much longer. */
function waitsFor({ decision, soaking, frozen }: PatchStatus): string {
  return JSON.stringify([decision, soaking?.node, soaking?.until, frozen]);
}
