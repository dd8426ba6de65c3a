import { extname } from 'node:path';
import type { Change, FieldChange, TargetChange } from '../../../changes/change';
import { componentKeys } from '../../../changes/contents/component-field';
import type { FleetValues } from '../../../constructs';
import type { Place } from '../../../layers/config-files';
import { layerLabel } from '../../../layers/layer';
import { Leaf, sayingNode } from '../../../layers/node';
import { baseLayer, fieldKeys, releasesName } from '../../../layers/record';
import { locate } from '../../../store/read/locate';

/** A layer, and where it stands. */
export interface LayerPlace {
  readonly layer: string;
  /** From the working directory. @default - nobody knows: the layer is a commit's, or declared in code */
  readonly file?: string;
  readonly line?: number;
}

/** A change with the places of the layers that cause it. */
export interface PlacedChange {
  readonly change: Change;
  /** Those that have the word now. */
  readonly now: readonly LayerPlace[];
}

/** Whose layers a change comes from, and of which field. */
type CausePlace = { readonly clusterType: string; readonly app: string; readonly field: string };

type Located = Place & { readonly line?: number };

/** How many targets are asked for one that a layer decides. */
const asked = 50;

/**
 * Finds where layers stand that cause changes.
 *
 * @param values of the configuration; `undefined` where what came is no configuration but a commit
 */
export function placedChanges(changes: readonly Change[], values: FleetValues | undefined): readonly PlacedChange[] {
  const found: { readonly change: Change; readonly layers: readonly { readonly layer: string; readonly place?: Place }[] }[] = changes.map((change) => {
    const layers = ('cause' in change && change.cause?.now) || [];
    return { change, layers: layers.map((layer) => ({ layer, place: values && placeOf(change, layer, values) })) };
  });
  // All at once: each file is parsed once.
  const located = locate(found.flatMap(({ layers }) => layers.flatMap(({ place }): readonly Place[] => (place ? [place] : []))));
  let next = 0;
  return found.map(({ change, layers }) => ({
    change: asSaid(change),
    now: layers.map(({ layer, place }): LayerPlace => {
      if (!place) return { layer };
      const { file, line } = located[next] as Located;
      next += 1;
      return { layer, file, ...(line === undefined ? {} : { line }) };
    }),
  }));
}

/** With `false` for what says nothing of it: an app whose Application does not say that its charts are opened is closed. */
export function asSaid<T extends Change>(change: T): T {
  if (change.kind !== 'field' || change.field !== 'hydrate' || change.object !== undefined) return change;
  return { ...change, before: change.before ?? false, after: change.after ?? false };
}

/** Where a layer sets a field. */
function placeOf(change: Change, layer: string, values: FleetValues): Place | undefined {
  if (!('app' in change)) return undefined;
  const { of, besides = [] } = ('cause' in change && change.cause) || {};
  const own = { clusterType: change.clusterType, app: change.app, field: 'field' in change ? change.field : 'enabled' };
  for (const place of [of ?? own, ...besides]) {
    const found = placeOfField(change, layer, values, place);
    if (found) return found;
  }
  return layer === baseLayer && 'field' in change && change.field === 'version' ? versionInRelease(change, values) : undefined;
}

/** Where a layer sets what a change is about, or comes from. */
function placeOfField(change: Exclude<Change, TargetChange>, layer: string, values: FleetValues, of: CausePlace): Place | undefined {
  const app = values.tryFindApp(of.clusterType, of.app);
  const keys = fieldKeys(of.field);
  if (!app || !keys) return undefined;
  const targets = new Map(values.targetsOf(of.clusterType).map((target) => [target.path, target]));
  for (const path of change.targets.slice(0, asked)) {
    const target = targets.get(path);
    const said = target && app.valuesAt(target);
    // Of a component, an Application's field may be said under another name.
    const found = said && (sayingNode(said, keys) ?? (values.tryFindApp(of.clusterType, releasesName) ? sayingNode(said, componentKeys(keys)) : undefined));
    // An app that nobody disables is enabled by being there.
    if (!found && layer === baseLayer && change.kind.startsWith('app-') && app.file !== undefined) return { file: app.file, place: [] };
    const source = found?.node.source;
    if (!found || !source || layerLabel(source) !== layer || source.file === undefined) continue;
    return { file: source.copy ?? source.file, place: [...source.place, ...found.keys] };
  }
  return undefined;
}

/** Where a component has no version of its own, its release says it; a group without a file of releases has no others. */
function versionInRelease({ clusterType, app, field, targets }: FieldChange, values: FleetValues): Place | undefined {
  const releases = values.tryFindApp(clusterType, releasesName);
  const target = values.targetsOf(clusterType).find(({ path }) => path === targets[0]);
  const release = releases && target && releases.valuesAt(target).children['release'];
  if (releases?.file === undefined || !(release instanceof Leaf) || typeof release.value !== 'string') return undefined;
  const own = values.tryFindApp(clusterType, app)?.file;
  if (own !== undefined && extname(releases.file) === '') return { file: own, place: [field] };
  return { file: releases.file, place: ['releases', release.value, 'components', app, field] };
}
