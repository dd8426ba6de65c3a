import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Change } from '../../../changes/change';
import { compareStates } from '../../../changes/compare-states';
import { fieldsOf } from '../../../changes/fields';
import { saidAt } from '../../../changes/said-at';
import type { State } from '../../../changes/state';
import { appFields } from '../../../cli/read/history/app-fields';
import { Sinces } from '../../../cli/read/history/field-steps';
import { fileStory } from '../../../cli/read/history/file-story';
import { readHistory } from '../../../cli/read/history/read-history';
import { stateStory } from '../../../cli/read/history/state-story';
import { configState } from '../../../cli/read/state/config-state';
import { type AnyFleet, FleetError, type FleetOutput } from '../../../constructs';
import { Repository } from '../../../store/git/repository';
import { texts } from '../../../store/output/output-folder';
import { application, buildFleet } from '../../builders/fleet-builder';
import { fleetOf, type Model as HubModel, models as hubModels } from '../../hub/random-hub-fleet';
import { type Model, type ModelPatch, models, type Values } from '../../rollout/random-fleet';
import { ofSlow } from '../../runs';
import { GitFolder } from '../../workspaces/git-folder';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';

const folders = new TemporaryFolders();

/** A fleet as commits follow one another, each rendered and committed. */
interface Committed {
  readonly repository: Repository;
  readonly place: { readonly config: string; readonly fleet: AnyFleet };
  /** What each commit has, the oldest first. */
  readonly states: readonly State[];
  readonly hashes: readonly string[];
}

function committed(fleets: readonly AnyFleet[]): Committed {
  const git = new GitFolder(folders.make());
  const states: State[] = [];
  for (const [index, fleet] of fleets.entries()) {
    const output: FleetOutput = fleet.synth();
    rmSync(join(git.path, fleet.path), { recursive: true, force: true });
    write(join(git.path, fleet.path), Object.fromEntries([...texts(output)].map(({ path, text }) => [path, text])));
    git.commit(index + 1);
    states.push(configState(output));
  }
  const hashes = git.git('rev-list', '--reverse', 'HEAD').trim().split('\n');
  return { repository: Repository.find(git.path), place: { config: join(git.path, 'config'), fleet: fleets.at(-1) as AnyFleet }, states, hashes };
}

function fleetOfModel({ fleet, paths, defaults, base, overrides, patches }: Model) {
  const web = application({ source: {}, ...base, overrides, patches });
  return buildFleet({ fleet, clusterTypes: { mgmt: { defaults: { paths, applications: defaults }, apps: { web } } } });
}

/** One fleet, and what is edited in it: the layers of others, as far as they have a place. */
function edits(first: Model, others: readonly Model[]): readonly Model[] {
  const isThere = (path: string) => first.nodes.includes(path);
  return [
    first,
    ...others.map(({ base, defaults, overrides, patches }): Model => {
      const moved = Object.entries(patches).map(([name, patch]): [string, ModelPatch] => [name, { ...patch, rolledOutTo: patch.rolledOutTo.filter(isThere) }]);
      return {
        ...first,
        ...{ base, defaults },
        overrides: Object.fromEntries(Object.entries(overrides).filter(([path]) => isThere(path))),
        patches: Object.fromEntries(moved.filter(([, { rolledOutTo }]) => rolledOutTo.length > 0)),
      };
    }),
  ];
}

const some = models({ gapFree: false });
const histories = fc.tuple(some, fc.array(some, { minLength: 1, maxLength: 4 })).map(([first, others]) => edits(first, others));

const empty: State = {
  ...({ name: '', fleet: { topology: 'dimensions', dimensions: [], sequence: [] }, targets: new Map(), files: [], records: [] } as const),
  read: () => [],
};

/** Changes as data, without what says where their causes are looked up. */
function rows(changes: readonly Change[]): readonly string[] {
  return changes.map((change) => JSON.stringify(change, (key, value) => (key === 'place' || key === 'twin' ? undefined : value))).sort();
}

test('history tells what a replay of the commits changes, with the layers that caused it', () => {
  fc.assert(
    fc.property(histories, (made) => {
      const { place, states, hashes } = committed(made.map(fleetOfModel));
      const replayed = states.map((state, index) => rows(compareStates(states[index - 1] ?? empty, state).changes));
      const told = new Map(
        [...readHistory(place, { path: '*' }).commits].map(({ commit, changes }) => [commit.hash, rows(changes.map(({ change }) => change))]),
      );
      expect(hashes.map((hash) => told.get(hash) ?? [])).toEqual(replayed);
    }),
    { numRuns: ofSlow(60) },
  );
});

test('history of a node tells what changes below it', () => {
  fc.assert(
    fc.property(histories, fc.nat(), (made, at) => {
      const { place, states, hashes } = committed(made.map(fleetOfModel));
      const [{ nodes }] = made as readonly [Model];
      const node = nodes[at % nodes.length] as string;
      const isBelow = (target: string) => target === node || target.startsWith(`${node}/`);
      const cells = (changes: readonly Change[]) =>
        changes
          .flatMap((change) =>
            change.targets
              .filter(isBelow)
              .map((target) => JSON.stringify({ ...change, targets: [target], paths: [], apps: 0, cause: undefined, isEverywhere: 0 })),
          )
          .map((row) => row.replace(/,"(twin|place)":("[^"]*"|\{[^}]*\})/g, ''))
          .sort();
      const replayed = states.map((state, index) => cells(compareStates(states[index - 1] ?? empty, state).changes));
      const told = new Map(
        [...readHistory(place, { path: node }).commits].map(({ commit, changes }) => [commit.hash, cells(changes.map(({ change }) => change))]),
      );
      expect(hashes.map((hash) => told.get(hash) ?? [])).toEqual(replayed);
    }),
    { numRuns: ofSlow(40) },
  );
});

/** Whether an app is rendered is another law: a file that goes here and comes there is renamed. */
function alwaysEnabled(model: Model): Model {
  const without = ({ enabled: _, ...values }: Values): Values => values;
  const patches = Object.entries(model.patches).map(([name, { rolledOutTo, change }]): [string, ModelPatch] => [
    name,
    {
      rolledOutTo,
      change: typeof change === 'function' ? (target) => without(change(target)) : { ...without(change), info: [{ name: 'patch', value: name }] },
    },
  ]);
  const overrides = Object.fromEntries(Object.entries(model.overrides).map(([path, values]) => [path, without(values)]));
  return { ...model, base: without(model.base), defaults: without(model.defaults), overrides, patches: Object.fromEntries(patches) };
}

/** The last commit in which what stands at a field changed. */
function lastChange(said: readonly (string | undefined)[]): number {
  for (let at = said.length - 1; at > 0; at -= 1) if (said[at] !== said[at - 1]) return at;
  return said[0] === undefined ? -1 : 0;
}

test('explain names the last commit in which a replay changes the value', () => {
  fc.assert(
    fc.property(
      histories.map((made) => made.map(alwaysEnabled)),
      (made) => {
        const { repository, place, states, hashes } = committed(made.map(fleetOfModel));
        const folder = join(repository.top, 'dist/mgmt');
        for (const target of states.at(-1)?.targets.get('mgmt') ?? []) {
          const said = states.map((state) => appFields(state, { clusterType: 'mgmt', app: 'web', target }));
          const sinces = new Sinces(repository, fileStory(repository, `${folder}/${target}/templates/web.yaml`, hashes.at(-1) as string));
          for (const field of new Set(said.flatMap((fields) => [...(fields?.keys() ?? [])]))) {
            const at = lastChange(said.map((fields) => saidAt(fields, field)));
            expect([field, sinces.of(field, said.at(-1))?.commit?.hash]).toEqual([field, hashes[at]]);
          }
        }
        expect(place.fleet).toBeDefined();
      },
    ),
    { numRuns: ofSlow(60) },
  );
});

test('both agree with a replay in fleets of hubs and spokes', () => {
  fc.assert(
    fc.property(fc.array(hubModels({ maxSpokes: 3 }), { minLength: 1, maxLength: 3 }), (made) => {
      const fleets = made.filter(isSound).map(fleetOf);
      if (fleets.length === 0) return;
      const { repository, place, states, hashes } = committed(fleets);
      const replayed = states.map((state, index) =>
        rows(compareStates(states[index - 1] ?? { ...empty, fleet: state.fleet, targets: new Map() }, state).changes),
      );
      const told = new Map(
        [...readHistory(place, { path: '*' }).commits].map(({ commit, changes }) => [commit.hash, rows(changes.map(({ change }) => change))]),
      );
      expect(hashes.map((hash) => told.get(hash) ?? [])).toEqual(replayed);
      const last = states.at(-1) as State;
      const [file] = last.files.filter(({ path }) => path.startsWith('values/'));
      if (!file) return;
      const at = { clusterType: file.clusterType, target: file.target, app: file.path.split('/').at(-1)?.replace('.yaml', '') ?? '' };
      const sinces = new Sinces(repository, stateStory(repository, place, at, hashes.at(-1) as string));
      const said = states.map((state) => appFields(state, at));
      for (const field of fieldsOf(last.read([file])[0] ?? {}, ['values']).keys()) {
        expect(sinces.of(field, said.at(-1))?.commit?.hash).toBe(hashes[lastChange(said.map((fields) => saidAt(fields, field)))]);
      }
    }),
    { numRuns: ofSlow(30) },
  );
});

function isSound(model: HubModel): boolean {
  try {
    fleetOf(model).synth();
    return true;
  } catch (error) {
    if (error instanceof FleetError) return false;
    throw error;
  }
}
