import { isAsGitHasIt, type RunningApplication } from '../../../rollout/evidence/running';
import type { Board, BoardLive, BoardLiveApplication } from '../../board/board';
import type { RunningFleet } from '../../read/evidence/running';
import { firstNames } from '../../read/first-names';
import { differenceText } from '../status/running-words';

/** Where the lists of a board have what is asked about. */
export interface BoardPlaces {
  /** In `nodes`, by path. */
  readonly nodes: ReadonlyMap<string, number>;
  /** In `clusterTypes`, by name. */
  readonly clusterTypes: ReadonlyMap<string, number>;
  readonly apps: Board['apps'];
}

/** What Argo CDs said, with as few words for what is well as there can be. @param at when they were asked */
export function boardLive({ of, targets }: RunningFleet, at: Date, { nodes, clusterTypes, apps }: BoardPlaces): BoardLive {
  const indexes = new Map(apps.map(({ clusterType, name }, index) => [`${clusterType} ${name}`, index]));
  const indexOf = ({ clusterType, app }: RunningApplication) =>
    clusterType === undefined || app === undefined ? undefined : indexes.get(`${clusterTypes.get(clusterType)} ${app}`);
  const known = targets.flatMap(({ target, clusterType, unknown, applications }) => {
    const [node, type] = [nodes.get(target), clusterType === undefined ? undefined : clusterTypes.get(clusterType)];
    if (node === undefined) return [];
    return [
      {
        node,
        ...(type === undefined ? {} : { clusterType: type }),
        ...(unknown.length === 0 ? {} : { unknown: unknown.join('; ') }),
        well: applications.filter(isAsGitHasIt).map((one) => indexOf(one) ?? -1),
        others: applications.filter((one) => !isAsGitHasIt(one)).map((one) => liveApplication(one, indexOf(one))),
      },
    ];
  });
  return { at: at.toISOString(), of, targets: known.toSorted((a, b) => a.node - b.node) };
}

function liveApplication({ name, is, health, sync, why, server, differs, behind }: RunningApplication, app: number | undefined): BoardLiveApplication {
  const texts = [...firstNames(differs.map(differenceText)), ...(behind === undefined ? [] : [behind])];
  return {
    name,
    ...(app === undefined ? {} : { app }),
    ...(is === 'there' ? {} : { is }),
    ...{ health, sync },
    ...(why === undefined ? {} : { why }),
    ...(server === undefined ? {} : { server }),
    ...(texts.length === 0 ? {} : { differs: texts }),
  };
}
