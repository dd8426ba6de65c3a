import { ToldRecorder } from '../../layers/charts/told-values';
import type { OutputFile } from '../../layers/output';
import { collapser } from '../../layers/path-set';
import { AppRecorder } from '../../layers/record';
import type { Model } from '../resolve/model';
import { fleetRecordFile, patchPlaces, recordFile } from './record-files';
import type { Renditions } from './renditions';

/** Which targets a fleet has, and where the values of each app come from. */
export function* fleetRecords(model: Model, renditions: Renditions): Generator<OutputFile> {
  yield fleetRecordFile('dimensions', model);
  const placesOf = patchPlaces(model.hierarchy);
  for (const clusterType of model.clusterTypes) {
    const collapse = collapser(clusterType.targets.map(({ path }) => path));
    for (const app of clusterType.apps) {
      const recorder = new AppRecorder();
      const told = new ToldRecorder();
      for (const target of clusterType.targets) {
        const { values, enabled, charts = [] } = renditions.of(clusterType, app, target);
        recorder.add(target.path, values, enabled);
        if (charts.length > 0) told.add(target.path, values);
      }
      yield recordFile(clusterType.name, app.construct.name, { ...recorder.record(collapse), ...told.record(collapse) }, placesOf(app));
    }
  }
}
