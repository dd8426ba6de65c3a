import fc from 'fast-check';
import { stateContents } from '../../../changes/contents/state-contents';
import { fieldsOf, isUnsaid } from '../../../changes/fields';
import type { Board } from '../../../cli/board/board';
import { boardOf } from '../../../cli/print/board/board-of';
import { bookOf } from '../../../cli/read/board/book';
import { readBoardOf } from '../../../cli/read/board/read-board';
import { sayersThen } from '../../../cli/read/board/sayers';
import { explainNow } from '../../../cli/read/history/explain-now';
import { namesOf } from '../../../cli/read/history/released-field';
import { configState } from '../../../cli/read/state/config-state';
import type { AnyFleet } from '../../../constructs';
import type { Plain } from '../../../layers/layer';
import { fieldKeys, fieldText } from '../../../layers/record';
import { application, buildFleet } from '../../builders/fleet-builder';
import { fleetOf, models as hubModels } from '../../hub/random-hub-fleet';
import { type Model, models } from '../../rollout/random-fleet';
import { ofSlow, runs } from '../../runs';
import { TemporaryFolders } from '../../workspaces/temporary-folder';
import { pathsOf, placedAt, saidAt } from './decode';

const folders = new TemporaryFolders();

function fleetOfModel({ fleet, paths, defaults, base, overrides, patches }: Model) {
  const web = application({ source: {}, ...base, overrides, patches });
  return buildFleet({ fleet, clusterTypes: { mgmt: { defaults: { paths, applications: defaults }, apps: { web } } } });
}

function boardNow(fleet: AnyFleet): Board {
  const output = fleet.synth();
  return boardOf(readBoardOf({ config: folders.make(), fleet, output, patches: output.patches() }, { commits: 1, now: new Date(0) }));
}

/** What no manifest of an app shows. */
const hidden = /^(after|apiVersions|enabled|hydrate|kubernetes|uninstall)$/;

/** Everything that `fleet explain` says of an app at a target, by the fields that a manifest has of it. */
function explained(fleet: AnyFleet, clusterType: string, app: string, target: string): Map<string, object> {
  const { fields } = explainNow(fleet, { target, app: `${clusterType}/${app}` });
  return new Map(
    fields.flatMap(({ field, value, layer }) => {
      if (value === undefined || hidden.test(field)) return [];
      const content = (fieldKeys(field) as readonly string[]).reduceRight<Plain>((below, key) => ({ [key]: below }), value);
      return [...fieldsOf(content as { readonly [key: string]: Plain })].map(([name, said]) => [name, { value: said, ...layer }] as const);
    }),
  );
}

/** Every app at every target where it is rendered. */
function* cellsOf(board: Board) {
  for (const app of board.apps) {
    const { name: clusterType } = board.clusterTypes[app.clusterType] as Board['clusterTypes'][number];
    for (const target of pathsOf(board, app.targets)) yield { app, clusterType, target };
  }
}

const sorted = (fields: ReadonlyMap<string, object>) => [...fields].filter(([field]) => !isUnsaid(field)).sort(([a], [b]) => (a < b ? -1 : 1));

test('a board says of every value at every target what explain says: its layer, and where it stands', () => {
  fc.assert(
    fc.property(models({ gapFree: false }), (model) => {
      const fleet = fleetOfModel(model);
      const board = boardNow(fleet);
      for (const { app, clusterType, target } of cellsOf(board)) {
        expect(sorted(placedAt(board, app, target))).toEqual(sorted(explained(fleet, clusterType, app.name, target)));
      }
    }),
    { numRuns: runs(200) },
  );
});

test('a board of hubs says what explain says of every component of every member', () => {
  fc.assert(
    fc.property(hubModels({ maxSpokes: 4 }), fc.nat(), (model, pick) => {
      const fleet = fleetOf(model);
      const board = boardNow(fleet);
      const cells = [...cellsOf(board)];
      for (const { app, clusterType, target } of cells.filter((_, index) => index % 7 === pick % 7)) {
        const shown = placedAt(board, app, target);
        const said = explained(fleet, clusterType, app.name, target);
        const elsewhere = [...said].flatMap(([field, one]) => (shown.has(field) || /^\{"value":(\{\}|\[\])[,}]/.test(JSON.stringify(one)) ? [] : [field]));
        for (const field of [...said.keys()]) if (!shown.has(field)) said.delete(field);
        // What layers of components have other names for than Applications stands under those of the Application.
        const renamed = new Set([...shown.keys()].flatMap((field) => namesOf(fieldKeys(field) as readonly string[]).map(fieldText)));
        expect(elsewhere.filter((field) => !renamed.has(field) && !field.startsWith('extraSources.'))).toEqual([]);
        expect(sorted(new Map([...shown].filter(([field]) => said.has(field))))).toEqual(sorted(said));
      }
    }),
    { numRuns: ofSlow(40) },
  );
});

test('a board of a commit says what the records of the commit say', () => {
  const fleets = fc.oneof(models({ gapFree: false }).map(fleetOfModel), hubModels({ maxSpokes: 4 }).map(fleetOf));
  fc.assert(
    fc.property(fleets, (fleet) => {
      const contents = stateContents(configState(fleet.synth()));
      const apps = bookOf(contents, sayersThen);
      for (const { contents: app, fields } of apps) {
        for (const [index, target] of app.targets.entries()) {
          const shown = fields.flatMap(({ name, said, at }) => {
            const one = said[at[index] as number];
            return one ? [[name, one.value, one.layer]] : [];
          });
          const said = [...fieldsOf(app.contentAt(target))].flatMap(([name, value]) =>
            isUnsaid(name) ? [] : [[name, value, app.layerOf(fieldKeys(name) as readonly string[], target)]],
          );
          const isOwn = ([name]: readonly unknown[]) => said.some(([other]) => other === name);
          expect(shown.filter(isOwn).sort()).toEqual(said.sort());
        }
      }
    }),
    { numRuns: ofSlow(60) },
  );
});

test('what is the same everywhere stands once, and needs no list of where', () => {
  const board = boardNow(buildFleet({}));
  const [web] = board.apps;
  expect(web?.fields.every(({ said, runs: pairs }) => said.length === 1 && pairs === undefined)).toBe(true);
  expect(web && saidAt(board, web, 'production/prod-1/us').get('source.targetRevision')).toEqual(['1.0.0', 'base', 0, 0]);
});
