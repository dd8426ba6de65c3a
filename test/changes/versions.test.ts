import { mkdtempSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FleetContents } from '../../changes/contents/contents';
import { stateContents } from '../../changes/contents/state-contents';
import { fieldsOf } from '../../changes/fields';
import type { State } from '../../changes/state';
import { askedField, askedVersion } from '../../changes/versions/asked-value';
import { columnsOf } from '../../changes/versions/version-columns';
import { type Versions, versionsOf } from '../../changes/versions/versions';
import { configContents } from '../../cli/read/contents/config-contents';
import { type AnyFleet, FleetError, fleetFromConfig } from '../../constructs';
import { isAtOrBelow } from '../../layers/hierarchy';
import { fieldKeys, fieldText } from '../../layers/record';
import { readConfig } from '../../store/read/read-config';
import { application, buildFleet } from '../builders/fleet-builder';
import { models as hubModels, fleetOf as randomHubFleet } from '../hub/random-hub-fleet';
import { models } from '../rollout/random-fleet';
import { ofSlow, partly } from '../runs';
import { Random } from '../store/campaign/random';
import { randomFleet } from '../store/campaign/random-fleet';
import { typescriptForm } from '../store/campaign/typescript-form';
import { CommittedOutput } from '../store/state/state-law';
import { TemporaryFolders, write } from '../workspaces/temporary-folder';
import { examples } from '../workspaces/workspace';

jest.setTimeout(120_000);

const folders = new TemporaryFolders();

/** The version, and every field that an app says anywhere, with the maps that hold it. */
function everything(contents: FleetContents): readonly Versions[] {
  const fields = new Set<string>();
  for (const app of contents.apps) {
    for (const target of app.targets) {
      for (const field of fieldsOf(app.contentAt(target)).keys()) {
        const keys = fieldKeys(field) ?? [];
        for (const [index] of keys.entries()) fields.add(fieldText(keys.slice(0, index + 1)));
      }
    }
  }
  return [
    versionsOf(contents, askedVersion(contents.topology)),
    ...partly([...fields].sort(), 12).map((field) => versionsOf(contents, askedField(field), { field })),
  ];
}

/** What Git recorded of fleets, each a commit after the one before, and what their configurations say. */
function expectSame(committed: CommittedOutput, fleets: readonly AnyFleet[]): void {
  const states: State[] = [];
  for (const fleet of fleets) states.push(committed.states(fleet.synth())[0]);
  for (const [index, fleet] of fleets.entries()) {
    const said = configContents(fleet);
    // A root injects what others use: what it says of that is known only once everything is rendered.
    const apps = said.apps.filter(({ app }) => !/(^|-)root(-|$)/.test(app));
    const recorded = stateContents(states[index] as State);
    const names = new Set(apps.map(({ clusterType, app }) => `${clusterType}/${app}`));
    const others = recorded.apps.filter(({ clusterType, app }) => names.has(`${clusterType}/${app}`));
    // As text: what is printed as JSON is the same, byte for byte.
    const text = (contents: FleetContents) => JSON.stringify(everything({ ...contents, name: '' }), null, 1);
    expect(text({ ...recorded, apps: others })).toBe(text({ ...said, apps }));
  }
}

test.each(partly(Object.entries(examples), 1))('what Git recorded of the example in %s runs where its configuration says', (_, config) => {
  expectSame(new CommittedOutput(folders.make()), [fleetFromConfig(readConfig(config))]);
});

test('what Git recorded runs where the configuration of that commit says, whatever was edited', () => {
  const committed = new CommittedOutput(folders.make());
  fc.assert(
    fc.property(fc.array(models({ gapFree: false }), { minLength: 1, maxLength: 3 }), (edits) => {
      const fleets = edits.map(({ fleet, paths, defaults, base, overrides, patches }) => {
        const web = application({ source: {}, ...base, overrides, patches });
        return buildFleet({ fleet, clusterTypes: { mgmt: { defaults: { paths, applications: defaults }, apps: { web } } } });
      });
      expectSame(committed, fleets);
    }),
    { numRuns: 100 },
  );
});

test('what Git recorded runs where the configuration says, whatever the files', () => {
  const committed = new CommittedOutput(folders.make());
  const above = folders.make();
  // What the files import.
  symlinkSync(join(__dirname, '../../node_modules'), join(above, 'node_modules'));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const config = mkdtempSync(join(above, 'config-'));
      write(config, typescriptForm(randomFleet(new Random(seed), false)));
      expectSame(committed, [fleetFromConfig(readConfig(config))]);
    }),
    { numRuns: ofSlow(100) },
  );
});

test('what Git recorded of hubs and spokes runs where the configuration says', () => {
  const committed = new CommittedOutput(folders.make());
  fc.assert(
    fc.property(hubModels({ maxSpokes: 5 }), (model) => {
      const fleet = randomHubFleet(model);
      try {
        fleet.synth();
      } catch (error) {
        if (error instanceof FleetError) return;
        throw error;
      }
      expectSame(committed, [fleet]);
    }),
    { numRuns: ofSlow(60) },
  );
});

test('a column says what each of its targets gets, columns are in sequence, and none is missing', () => {
  fc.assert(
    fc.property(models({ gapFree: false }), ({ fleet, paths, defaults, base, overrides, patches }) => {
      const web = application({ source: {}, ...base, overrides, patches });
      const built = buildFleet({ fleet, clusterTypes: { mgmt: { defaults: { paths, applications: defaults }, apps: { web } } } });
      for (const versions of everything(configContents(built))) {
        const targets = versions.targets.get('mgmt') ?? [];
        const columns = columnsOf(versions.apps, targets);
        let next = 0;
        for (const { first, last, targets: count, cells } of columns) {
          const own = targets.slice(next, next + count);
          next += count;
          expect(isAtOrBelow(own[0] as string, first)).toBe(true);
          expect(isAtOrBelow(own[own.length - 1] as string, last)).toBe(true);
          for (const target of own) expect(versions.apps[0]?.cells.find((cell) => cell.targets.includes(target))?.value).toEqual(cells[0]?.value);
        }
        expect(next).toBe(targets.length);
      }
    }),
    { numRuns: 100 },
  );
});

test('an app says one thing at each target, and paths stand for its targets and for no other', () => {
  fc.assert(
    fc.property(models({ gapFree: false }), ({ fleet, paths, defaults, base, overrides, patches }) => {
      const web = application({ source: {}, ...base, overrides, patches });
      const contents = configContents(buildFleet({ fleet, clusterTypes: { mgmt: { defaults: { paths, applications: defaults }, apps: { web } } } }));
      const all = contents.targets.get('mgmt') ?? [];
      for (const { apps } of everything(contents)) {
        const cells = apps.flatMap((app) => app.cells);
        expect(cells.flatMap(({ targets }) => targets).sort()).toEqual([...(contents.apps[0]?.targets ?? [])].sort());
        for (const { paths: at, targets } of cells) expect(all.filter((target) => at.some((path) => isAtOrBelow(target, path)))).toEqual(targets);
      }
    }),
    { numRuns: 60 },
  );
});
