import { isOpen } from '../../../changes/objects/object-words';
import { type Content, isOfChart, type State, type StateFile, subjectOf } from '../../../changes/state';
import { getOr } from '../../../layers/get-or';

/** Names the place of a file. */
export function placeOf({ clusterType, target, path }: StateFile): string {
  return `${clusterType}\n${target}\n${path}`;
}

/**
 * Apps at targets that Git holds opened in one of several states, and closed in another one, by the place of their Applications: of
 * what happens to their objects, Git alone does not tell. Few are read: those that say something else.
 */
export function switchedApps(states: Iterable<State>): ReadonlySet<string> {
  const opened = new Set<string>();
  const said = new Map<string, Map<string, readonly [state: State, file: StateFile]>>();
  const all = [...new Set(states)].filter(({ fleet, files }) => fleet.topology === 'dimensions' && files.length > 0);
  // Where Git holds no objects, nothing was opened: most fleets end here.
  if (!all.some(({ files }) => files.some(({ path }) => path.startsWith('manifests/')))) return opened;
  for (const state of all) {
    for (const file of state.files) {
      const subject = subjectOf(file, 'dimensions');
      if (subject.object === undefined) getOr(said, placeOf(file), () => new Map()).set(file.id, [state, file]);
      else if (isOfChart(subject)) opened.add(placeOf({ ...file, path: `templates/${subject.app}.yaml` }));
    }
  }
  const asked = new Map<State, StateFile[]>();
  for (const [place, ways] of said) {
    if (ways.size > 1 && opened.has(place)) for (const [state, file] of ways.values()) getOr(asked, state, () => []).push(file);
  }
  const found = new Map<string, boolean>();
  const switched = new Set<string>();
  for (const [state, files] of asked) {
    for (const [index, content] of state.read(files).entries()) {
      const file = files[index] as StateFile;
      const isOpened = isOpen(content as Content, subjectOf(file, 'dimensions').app);
      if (getOr(found, placeOf(file), () => isOpened) !== isOpened) switched.add(placeOf(file));
    }
  }
  return switched;
}
