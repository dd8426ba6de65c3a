import type { Moved } from './change';
import type { State } from './state';
import type { StateLayers } from './state-layers';

/**
 * Values that come from another layer now and say the same.
 *
 * @param isChanged whether the value itself is another one now, or stands where it did not
 * @param isAsked whether a target of a cluster type is looked at
 */
export function movedLayers(
  before: State,
  after: State,
  layers: { readonly before: StateLayers; readonly after: StateLayers },
  isChanged: (clusterType: string, app: string, field: string, target: string) => boolean,
  isAsked: (clusterType: string, target: string) => boolean,
): Moved {
  const ids = new Map(before.records.map(({ clusterType, app, id }) => [`${clusterType}/${app}`, id]));
  let values = 0;
  let apps = 0;
  for (const { clusterType, app, id } of after.records) {
    const was = ids.get(`${clusterType}/${app}`);
    if (was === undefined || was === id) continue;
    const [old, made] = [layers.before.record(clusterType, app), layers.after.record(clusterType, app)];
    if (!old || !made) continue;
    // Records name nodes, also for targets that came below them later.
    const had = new Set(before.targets.get(clusterType));
    const isLookedAt = (target: string) => had.has(target) && isAsked(clusterType, target) && old.isRendered(target) && made.isRendered(target);
    const targets = (after.targets.get(clusterType) ?? []).filter(isLookedAt);
    let moved = 0;
    for (const field of new Set([...old.fields, ...made.fields])) {
      for (const target of targets) {
        const [was, is] = [old.layerOf(field, target), made.layerOf(field, target)];
        if (was !== undefined && is !== undefined && was !== is && !isChanged(clusterType, app, field, target)) moved += 1;
      }
    }
    values += moved;
    if (moved > 0) apps += 1;
  }
  return { values, apps };
}
