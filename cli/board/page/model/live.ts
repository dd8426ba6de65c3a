import type { BoardLiveTarget } from '../../board';
import type { Fleet } from './fleet';

export type LiveApp = BoardLiveTarget['apps'][number];

/** From good to bad, as Argo CD calls them. What it calls otherwise stands before the bad ones. */
const healths = ['Healthy', 'Suspended', 'Progressing', 'Unknown', 'Missing', 'Degraded'];

const known = new WeakMap<Fleet, ReadonlyMap<number, BoardLiveTarget>>();

/** @returns `undefined` where nobody asked */
export function liveAt(fleet: Fleet, target: number): BoardLiveTarget | undefined {
  let targets = known.get(fleet);
  if (targets === undefined) {
    targets = new Map(fleet.board.live?.targets.map((one) => [one.node, one]));
    known.set(fleet, targets);
  }
  return targets.get(target);
}

/** The Applications of an app at a target: one of its name, or one for each cluster, whose name stands behind the app's. */
export function liveOf(fleet: Fleet, target: number, app: string): readonly LiveApp[] {
  const apps = liveAt(fleet, target)?.apps ?? [];
  const names = fleet.appsAt(target).map(({ name }) => name);
  const ownerOf = (application: string) =>
    names.filter((name) => application === name || application.startsWith(`${name}-`)).sort((a, b) => b.length - a.length)[0];
  return apps.filter((one) => ownerOf(one.app) === app);
}

/** The worst health of several Applications, in one word. @returns `undefined` of none */
export function worstOf(apps: readonly LiveApp[]): string | undefined {
  const rank = ({ health }: LiveApp) => (healths.includes(health) ? healths.indexOf(health) : 3);
  return [...apps].sort((a, b) => rank(b) - rank(a))[0]?.health;
}

export function liveText({ health, sync, differs = [] }: LiveApp): string {
  return [health, sync, ...(differs.length > 0 ? [`differs from Git in ${differs.join(', ')}`] : [])].join(', ');
}
