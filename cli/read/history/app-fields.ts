import { type Fields, fieldsOf } from '../../../changes/fields';
import { withValuesTexts } from '../../../changes/said-at';
import { type State, type StateFile, subjectOf } from '../../../changes/state';
import type { AppName } from '../find-apps';

/** Whose values are asked for. */
export interface AppTarget extends AppName {
  readonly target: string;
}

/** What an app says at a target: its manifest, and in fleets of hubs the values of its chart. @returns `undefined` where it is not rendered */
export function appFields(state: State, { clusterType, app, target }: AppTarget): Fields | undefined {
  const { topology } = state.fleet;
  const found = state.files.flatMap((file): readonly (readonly [StateFile, readonly string[]])[] => {
    if (file.clusterType !== clusterType || file.target !== target) return [];
    const { app: own, object } = subjectOf(file, topology);
    if (own !== app || (object !== undefined && object !== 'values')) return [];
    return [[file, object === 'values' ? ['values'] : []]];
  });
  if (found.length === 0) return undefined;
  const contents = state.read(found.map(([file]) => file));
  return withValuesTexts(new Map(found.flatMap(([, above], index) => [...fieldsOf(contents[index] ?? {}, above)])));
}
