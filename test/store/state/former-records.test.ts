import { mkdtempSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type FleetOutput, fleetFromConfig } from '../../../constructs';
import { layerLabel } from '../../../layers/layer';
import { leaves } from '../../../layers/node';
import { fieldText } from '../../../layers/record';
import { readConfig } from '../../../store/read/read-config';
import { models as hubFleets, render } from '../../hub/random-hub-fleet';
import { ofSlow, partly } from '../../runs';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';
import { examples } from '../../workspaces/workspace';
import { Random } from '../campaign/random';
import { randomFleet } from '../campaign/random-fleet';
import { typescriptForm } from '../campaign/typescript-form';
import { formerTexts } from './former-writer';
import { CommittedOutput, stateData } from './state-law';

const folders = new TemporaryFolders();

/** Every value of every target with its layer, as the configuration resolves it: `type/app target field: layer`. */
function* resolvedLayers(output: FleetOutput): Generator<readonly [clusterType: string, app: string, target: string, field: string, layer: string]> {
  for (const { clusterType, path, folder } of output.effects()) {
    if (output.hasMembers) {
      for (const file of folder.files) {
        if (file.kind !== 'helm-values') continue;
        const app = file.path.slice(file.path.lastIndexOf('/') + 1, -'.yaml'.length);
        // A file that says nothing, as where all values are the cluster's own, has no value that is anybody's.
        const said = [...leaves(file.values)].filter((leaf) => leaf.path.length > 0);
        for (const leaf of said) yield [clusterType, app, path, fieldText(['values', ...leaf.path]), layerLabel(leaf.node.source)];
      }
      continue;
    }
    for (const app of output.appNames(clusterType).flatMap((name) => output.apps(clusterType, name))) {
      for (const leaf of leaves(app.valuesAt(output.findTarget(clusterType, path)))) {
        yield [clusterType, app.name, path, fieldText(leaf.path), layerLabel(leaf.node.source)];
      }
    }
  }
}

function expectSame(committed: CommittedOutput, output: FleetOutput): number {
  const { rendered, recorded } = committed.formerStates(output, formerTexts(output));
  const [was, is] = [stateData(recorded), stateData(rendered)];
  const contents = ({ files }: typeof was) => files.map(({ file, content }) => ({ file, content }));
  expect(contents(was)).toEqual(contents(is));
  expect(was.targets).toEqual(is.targets.filter(([type]) => was.targets.some(([other]) => other === type)));
  const readers = new Map(recorded.records.map((record) => [`${record.clusterType}/${record.app}`, record.read()]));
  const ofConfig = new Map(rendered.records.map((record) => [`${record.clusterType}/${record.app}`, record.read()]));
  let count = 0;
  for (const [clusterType, app, target, field, layer] of resolvedLayers(output)) {
    const reader = readers.get(`${clusterType}/${app}`);
    // An app that is rendered nowhere left no trace.
    if (!reader) continue;
    count += 1;
    expect([clusterType, app, target, field, reader.layerOf(field, target)]).toEqual([clusterType, app, target, field, layer]);
    expect(reader.isRendered(target)).toBe(ofConfig.get(`${clusterType}/${app}`)?.isRendered(target));
  }
  return count;
}

test.each(partly(Object.entries(examples), 1))('former output of the example in %s tells the layer of every value', (_, config) => {
  const count = expectSame(new CommittedOutput(folders.make()), fleetFromConfig(readConfig(config)).synth());
  expect(count).toBeGreaterThan(50);
});

test('former output tells the layer of every value, whatever the fleet', () => {
  const committed = new CommittedOutput(folders.make());
  const above = folders.make();
  symlinkSync(join(__dirname, '../../../node_modules'), join(above, 'node_modules'));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const config = mkdtempSync(join(above, 'config-'));
      write(config, typescriptForm(randomFleet(new Random(seed), false)));
      expectSame(committed, fleetFromConfig(readConfig(config)).synth());
    }),
    { numRuns: ofSlow(60) },
  );
});

test('former output of hubs and spokes tells the layer of every value, whatever the fleet', () => {
  const committed = new CommittedOutput(folders.make());
  fc.assert(
    fc.property(hubFleets(), (model) => {
      expectSame(committed, render(model).output);
    }),
    { numRuns: ofSlow(60) },
  );
});
