import { type State, subjectOf } from '../../../changes/state';
import { pathsTo } from '../../../layers/hierarchy';
import { type AppName, findApps } from '../find-apps';
import { findPath } from '../find-path';

/** Where names are looked for: a state, or what is known like one. */
export interface NamesPlace {
  readonly name: string;
  readonly fleet: { readonly topology: State['fleet']['topology'] };
  readonly targets: State['targets'];
}

export interface AskedNames {
  /** An app's name, alone or behind its cluster type: `management-cluster/cert-manager`. @default - all */
  readonly app?: string;
  readonly clusterType?: string;
  /** Nodes or targets. */
  readonly nodes: readonly string[];
  /** All that there are. @default - those that have files */
  readonly apps?: readonly AppName[];
}

/** What is asked for. */
export interface FullNames {
  readonly isApp: (clusterType: string, app: string) => boolean;
  /** By their paths. */
  readonly nodes: readonly string[];
}

/** @throws FleetError with a suggestion where a name is none */
export function askedNames(place: State, asked: AskedNames): FullNames;
export function askedNames(place: NamesPlace, asked: AskedNames & Required<Pick<AskedNames, 'apps'>>): FullNames;
export function askedNames(place: NamesPlace | State, { app, clusterType, nodes, apps = 'files' in place ? appsIn(place) : [] }: AskedNames): FullNames {
  const moment = place.name === 'the configuration' ? '' : ` in ${place.name}`;
  const isHub = place.fleet.topology === 'hub-and-spoke';
  const { clusterType: type, app: name } = findApps(apps, { clusterType, app }, { isHub, place: moment });
  const paths = [...new Set([...place.targets.values()].flatMap((all) => all.flatMap(pathsTo)))];
  return {
    isApp: (ofApp, one) => (type === undefined || ofApp === type) && (name === undefined || one === name),
    nodes: nodes.map((node) => findPath(paths, node, moment)),
  };
}

function appsIn({ files, fleet }: State): readonly AppName[] {
  return files.map(({ clusterType, path }) => ({ clusterType, app: subjectOf({ clusterType, path }, fleet.topology).app }));
}
