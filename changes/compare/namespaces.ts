import { mapIn, specOf, textIn } from '../objects/object-words';
import { type State, type StateFile, subjectOf } from '../state';
import { appKey } from './pairs';

/**
 * Where objects end up that name no namespace: that to which their apps deploy.
 *
 * @param apps the manifests of apps of their own
 * @returns one for each file; empty where nobody says it
 */
export function namespacesOf(files: readonly StateFile[], state: State, apps: ReadonlyMap<string, StateFile>): readonly string[] {
  const own = files.map((file) => apps.get(appKey(file, subjectOf(file, state.fleet.topology))));
  const asked = [...new Set(own)].filter((file) => file !== undefined);
  const contents = state.read(asked);
  const found = new Map(asked.map((file, index) => [file, textIn(mapIn(specOf(contents[index] ?? {}).destination).namespace)]));
  return own.map((file) => (file && found.get(file)) ?? '');
}
