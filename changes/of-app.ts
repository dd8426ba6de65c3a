import { type State, subjectOf } from './state';

/** Every app of a state, by its cluster type, as readers see it. */
export function appsOf(state: State): readonly { readonly clusterType: string; readonly app: string }[] {
  const apps = new Map(state.records.map(({ clusterType, app }) => [`${clusterType}/${app}`, { clusterType, app }]));
  for (const { clusterType, path } of state.files) {
    const { app } = subjectOf({ clusterType, path }, state.fleet.topology);
    apps.set(`${clusterType}/${app}`, { clusterType, app });
  }
  return [...apps.values()];
}

/** A state without all apps but those that are meant. */
export function ofApps(state: State, isMeant: (clusterType: string, app: string) => boolean): State {
  return {
    ...state,
    isOfSomeApps: true,
    files: state.files.filter((file) => isMeant(file.clusterType, subjectOf(file, state.fleet.topology).app)),
    records: state.records.filter(({ clusterType, app }) => isMeant(clusterType, app)),
  };
}
