import { type State, subjectOf } from '../../../changes/state';
import { pathsTo } from '../../../layers/hierarchy';
import { completeName } from '../complete-name';
import { findPath } from '../find-path';

/** Where names are looked for: a state, or what is known like one. */
export interface NamesPlace {
  readonly name: string;
  readonly fleet: { readonly topology: State['fleet']['topology'] };
  readonly targets: State['targets'];
}

interface AppName {
  readonly clusterType: string;
  readonly app: string;
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
  const [typeNoun, appNoun] = place.fleet.topology === 'hub-and-spoke' ? ['group', 'component'] : ['cluster type', 'app'];
  const moment = place.name === 'the configuration' ? '' : ` in ${place.name}`;
  const slash = app?.indexOf('/') ?? -1;
  const wantedType = clusterType ?? (slash < 0 ? undefined : app?.slice(0, slash));
  const wantedApp = slash < 0 ? app : app?.slice(slash + 1);
  const known = (names: readonly string[], noun: string, context: string) => ({ known: [...new Set(names)], noun, nouns: `${noun}s`, context });
  const types = known(
    apps.map((one) => one.clusterType),
    typeNoun as string,
    moment,
  );
  const type = wantedType === undefined ? undefined : completeName(wantedType, types);
  const ofType = apps.filter((one) => type === undefined || one.clusterType === type).map((one) => one.app);
  const name = wantedApp === undefined ? undefined : completeName(wantedApp, known(ofType, appNoun as string, type === undefined ? moment : ` in ${type}`));
  const paths = [...new Set([...place.targets.values()].flatMap((all) => all.flatMap(pathsTo)))];
  return {
    isApp: (ofApp, one) => (type === undefined || ofApp === type) && (name === undefined || one === name),
    nodes: nodes.map((node) => findPath(paths, node, moment)),
  };
}

function appsIn({ files, fleet }: State): readonly AppName[] {
  return files.map(({ clusterType, path }) => ({ clusterType, app: subjectOf({ clusterType, path }, fleet.topology).app }));
}
