import { type State, subjectOf } from './state';

/** Every app of a state, as readers see it: `management-cluster/cert-manager`. */
export function appsOf(state: State): ReadonlySet<string> {
  const apps = new Set(state.records.map(({ clusterType, app }) => `${clusterType}/${app}`));
  for (const file of state.files) apps.add(`${file.clusterType}/${subjectOf(file, state.fleet.topology).app}`);
  return apps;
}

/** A state without all but one app. @param name of the app, or with its cluster type: `management-cluster/cert-manager` */
export function ofApp(state: State, name: string): State {
  const isMeant = (clusterType: string, app: string) => app === name || `${clusterType}/${app}` === name;
  return {
    ...state,
    files: state.files.filter((file) => isMeant(file.clusterType, subjectOf(file, state.fleet.topology).app)),
    records: state.records.filter(({ clusterType, app }) => isMeant(clusterType, app)),
  };
}
