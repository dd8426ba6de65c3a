import { lastWordOf } from '../../../changes/contents/last-word';
import { LayerPlaces } from '../../../changes/layer-places';
import { type State, subjectOf } from '../../../changes/state';
import { StateLayers } from '../../../changes/state-layers';
import { FleetError } from '../../../constructs';
import { pathsTo } from '../../../layers/hierarchy';
import type { Plain } from '../../../layers/layer';
import { compare } from '../../../layers/problem';
import { findOneApp } from '../find-apps';
import { type AppTarget, appFields } from './app-fields';
import type { Explained, ExplainRequest } from './explain-now';
import { findFields } from './find-fields';
import { findTarget } from './find-target-path';

/** Explains what a commit recorded: which layer, and no more of it. @throws FleetError where nothing was called so then */
export function explainAt(state: State, asked: ExplainRequest): Explained {
  const targets = [...new Set([...state.targets.values()].flat())];
  const target = findTarget([...new Set(targets.flatMap(pathsTo))], targets, asked.target, ` in ${state.name}`);
  const known = new Map(
    state.files.flatMap((file) => {
      const { app, object } = subjectOf(file, state.fleet.topology);
      return file.target !== target || object !== undefined ? [] : [[`${file.clusterType}/${app}`, { clusterType: file.clusterType, app }] as const];
    }),
  );
  const at: AppTarget = {
    ...findOneApp([...known.values()], asked.app, { isHub: state.fleet.topology === 'hub-and-spoke', place: ` at ${target} in ${state.name}` }),
    target,
  };
  const rendered = appFields(state, at);
  if (!rendered) throw new FleetError([{ code: 'rollout', message: `${at.clusterType}/${at.app} was not rendered at ${target}` }]);
  const said = [...rendered].filter(([field]) => !field.endsWith("'(order)'") && !field.endsWith('(order)'));
  const names = new Set(
    findFields(
      said.map(([field]) => field),
      asked.field,
    ),
  );
  const places = new LayerPlaces(state);
  const lastWord = lastWordOf(state, new StateLayers(state));
  const layerOf = (field: string) => {
    const place = places.of(at, { app: at.app }, field);
    return place && lastWord(place.clusterType, place.app, place.field, target);
  };
  const fields = said
    .filter(([field]) => names.has(field))
    .sort(([a], [b]) => compare(a, b))
    .map(([field, value]: readonly [string, Plain]) => {
      const layer = layerOf(field);
      return { field, value, ...(layer === undefined ? {} : { layer: { layer } }), hid: [] };
    });
  return { ...at, at: state.name, fields, rendered };
}
