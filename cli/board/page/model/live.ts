import type { BoardApp, BoardLiveApplication, BoardLiveTarget } from '../../board';
import type { Fleet } from './fleet';
import { holds } from './timeline';

/** What Argo CD said of an app at a target, or of the target. */
export interface LiveThere {
  /** Why not all of it is known. @default - everybody answered */
  readonly unknown?: string;
  /** How many Applications are as Git has them, and well. */
  readonly well: number;
  readonly others: readonly BoardLiveApplication[];
}

/** From good to bad, as Argo CD calls them. What it calls otherwise stands before the bad ones. */
const healths = ['Healthy', 'Suspended', 'Progressing', 'Unknown', 'Missing', 'Degraded'];

interface Indexed {
  readonly targets: ReadonlyMap<number, readonly BoardLiveTarget[]>;
  readonly apps: ReadonlyMap<BoardApp, number>;
}

const known = new WeakMap<Fleet, Indexed>();

function indexed(fleet: Fleet): Indexed {
  let found = known.get(fleet);
  if (found === undefined) {
    const targets = new Map<number, BoardLiveTarget[]>();
    for (const one of fleet.board.live?.targets ?? []) targets.set(one.node, [...(targets.get(one.node) ?? []), one]);
    found = { targets, apps: new Map(fleet.board.apps.map((app, index) => [app, index])) };
    known.set(fleet, found);
  }
  return found;
}

/** Of a target: one for each cluster type that it has. */
export function livesAt(fleet: Fleet, target: number): readonly BoardLiveTarget[] {
  return indexed(fleet).targets.get(target) ?? [];
}

/** The Applications of an app at a target: one, or one for each cluster. @returns `undefined` where nobody asked */
export function liveOf(fleet: Fleet, target: number, app: BoardApp): LiveThere | undefined {
  const lives = livesAt(fleet, target).filter(({ clusterType }) => clusterType === undefined || clusterType === app.clusterType);
  if (lives.length === 0) return undefined;
  const index = indexed(fleet).apps.get(app);
  const unknown = lives.find((one) => one.unknown !== undefined)?.unknown;
  return {
    ...(unknown === undefined ? {} : { unknown }),
    well: lives.reduce((sum, { well }) => sum + well.filter((one) => one === index).length, 0),
    others: lives.flatMap(({ others }) => others.filter((one) => one.app === index)),
  };
}

/** The worst health of what was said, in one word. @returns `undefined` where there is none */
export function worstOf(all: readonly (LiveThere | undefined)[]): string | undefined {
  const said = all.flatMap((one) => [
    ...(one?.others.map(({ health }) => health) ?? []),
    ...((one?.well ?? 0) > 0 ? ['Healthy'] : []),
    ...(one?.unknown === undefined ? [] : ['Unknown']),
  ]);
  const rank = (health: string) => (healths.includes(health) ? healths.indexOf(health) : 3);
  return said.sort((a, b) => rank(b) - rank(a))[0];
}

/** Whether something of it is not as Git has it, whatever its health is. */
export function isOtherwise(live: LiveThere | undefined): boolean {
  return live?.others.some(({ is, sync, differs }) => is !== undefined || differs !== undefined || sync !== 'Synced') ?? false;
}

/** How an Application is, in words, without where it differs. */
export function liveText({ is, health, sync, why, server }: BoardLiveApplication): string {
  const said = `${server === undefined ? '' : ` at ${server}`}${why === undefined ? '' : `: ${why}`}`;
  if (is === 'missing') return `missing, Git has it and Argo CD has not${said}`;
  return `${is === undefined ? '' : 'left over, Git has no such Application: '}${health}, ${sync}${said}`;
}

/** How many Applications there are in all, and how many of them are well. */
export function liveCounts(fleet: Fleet, at?: number): { readonly all: number; readonly well: number; readonly dark: number } {
  const targets = (fleet.board.live?.targets ?? []).filter(({ node }) => fleet.isIn(node, at));
  const well = targets.reduce((sum, one) => sum + one.well.length, 0);
  return { well, all: targets.reduce((sum, { others }) => sum + others.length, well), dark: targets.filter(({ unknown }) => unknown !== undefined).length };
}

/** Targets of which something is not well, with what is not. @param words that have to stand in what is said of one */
export function troubles(fleet: Fleet, at: number | undefined, words: readonly string[]): readonly BoardLiveTarget[] {
  return (fleet.board.live?.targets ?? []).flatMap((one) => {
    if (!fleet.isIn(one.node, at)) return [];
    const path = fleet.path(one.node);
    const others = one.others.filter((other) => holds(words, [path, other.name, liveText(other), ...(other.differs ?? [])]));
    const isDark = one.unknown !== undefined && holds(words, [path, one.unknown]);
    return others.length > 0 || isDark ? [{ ...one, others }] : [];
  });
}
