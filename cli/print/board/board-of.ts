import { membersName } from '../../../layers/record';
import type { Board, BoardApp, BoardField, BoardNode, BoardSaid } from '../../board/board';
import { type BookedApp, type BookedField, placeKey, type Said } from '../../read/board/book';
import type { ReadBoard } from '../../read/board/read-board';
import { boardCommit } from './board-commit';
import { boardLive } from './board-live';
import { boardRollout, recordedRollout } from './board-rollout';

/** What a board shows, as its page reads it. */
export function boardOf(read: ReadBoard): Board {
  const { contents, history, rollouts } = read;
  const { topology } = contents;
  const indexes = new Map(read.nodes.map(({ path }, index) => [path, index]));
  const nodesAt = (paths: readonly string[]) => paths.flatMap((path) => indexes.get(path) ?? []);
  // What members are besides what runs on them belongs to no group.
  const clusterTypes = [...contents.targets].filter(([name]) => topology === 'dimensions' || name !== membersName);
  const order = new Map(clusterTypes.map(([name], index) => [name, index]));
  const files = [...new Set([...read.lines.values()].map(({ file }) => file))].sort();
  const placed: Placed = { ...read, fileOf: new Map(files.map((file, index) => [file, index])) };
  const { last } = history;
  const apps = read.apps.map((app): BoardApp => {
    const { clusterType, app: name, targets } = app.contents;
    return { clusterType: order.get(clusterType) ?? 0, name, ...aboutOf(read, app), targets: nodesAt(targets), ...fieldsOf(app, placed) };
  });
  return {
    of: contents.name,
    ...(last === undefined ? {} : { commit: { hash: last.hash, date: last.date } }),
    topology,
    dimensions: read.dimensions,
    ...(read.links === undefined ? {} : { links: read.links }),
    nodes: read.nodes.map((node) => boardNode(node, indexes)),
    clusterTypes: clusterTypes.map(([name, targets]) => ({ name, targets: nodesAt(targets) })),
    files,
    apps,
    rollouts:
      'recorded' in rollouts
        ? rollouts.recorded.map((patch) => recordedRollout(patch, nodesAt))
        : rollouts.patches.map((status) => boardRollout(status, rollouts.output, nodesAt)),
    history: history.commits.map((commit) => boardCommit(commit, topology)),
    notes: [
      ...(contents.notes ?? []).map((note) => `${note.charAt(0).toUpperCase()}${note.slice(1)}.`),
      ...('recorded' in rollouts ? notThen : []),
      ...history.notes,
    ],
    ...(read.running === undefined ? {} : { live: boardLive(read.running.fleet, read.running.at, { nodes: indexes, clusterTypes: order, apps }) }),
  };
}

/** What nobody knows of a commit. */
const notThen: readonly string[] = [
  'Of patches in flight a commit records where they sat, and not what they waited for.',
  'Where its layers stand, and whose its apps are, no commit records.',
];

function boardNode({ path, isManual, frozen }: ReadBoard['nodes'][number], indexes: ReadonlyMap<string, number>): BoardNode {
  const end = path.lastIndexOf('/');
  const parent = end < 0 ? undefined : indexes.get(path.slice(0, end));
  return {
    name: path.slice(end + 1),
    ...(parent === undefined ? {} : { parent }),
    ...(isManual ? { isManual } : {}),
    ...(frozen === undefined ? {} : { frozen: { reason: frozen.reason, ...(frozen.until === undefined ? {} : { until: frozen.until }) } }),
  };
}

function aboutOf({ about }: ReadBoard, { contents: { clusterType, app } }: BookedApp): Pick<BoardApp, 'description' | 'owners'> {
  const { description, owners = [] } = about.get(`${clusterType}/${app}`) ?? {};
  return { ...(description === undefined ? {} : { description }), ...(owners.length === 0 ? {} : { owners }) };
}

interface Placed extends Pick<ReadBoard, 'lines'> {
  readonly fileOf: ReadonlyMap<string, number>;
}

function fieldsOf({ fields, version }: BookedApp, placed: Placed): Pick<BoardApp, 'fields' | 'version'> {
  return { ...(version === undefined ? {} : { version }), fields: fields.map((field) => boardField(field, placed)) };
}

function boardField({ name, said, at }: BookedField, placed: Placed): BoardField {
  const runs = runsOf(at);
  // One that holds everywhere is the first.
  return { name, said: said.map((one) => boardSaid(one, placed)), ...(runs.length === 2 && runs[1] === 0 ? {} : { runs }) };
}

function boardSaid({ value, layer, place }: Said, { lines, fileOf }: Placed): BoardSaid {
  if (layer === undefined) return [value];
  const found = place && lines.get(placeKey(place));
  return found ? [value, layer, fileOf.get(found.file) as number, found.line ?? 0] : [value, layer];
}

/** How many in a row, and which, again and again. */
export function runsOf(at: readonly number[]): readonly number[] {
  const runs: number[] = [];
  for (const which of at) {
    if (runs.at(-1) === which) (runs[runs.length - 2] as number) += 1;
    else runs.push(1, which);
  }
  return runs;
}
