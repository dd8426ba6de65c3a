import { Command, Option } from 'commander';
import { compareStates } from '../../../changes/compare-states';
import { appsOf, ofApps } from '../../../changes/of-app';
import type { State } from '../../../changes/state';
import { type AnyFleet, FleetError, type FleetValues, fleetFromConfig } from '../../../constructs';
import { isAtOrBelow } from '../../../layers/hierarchy';
import { type Revision, Revisions } from '../../../store/git/revisions';
import { mayRenderCharts, readConfig } from '../../../store/read/read-config';
import { changesData } from '../../print/changes/change-data';
import { changesMarkdown } from '../../print/changes/changes-markdown';
import { changesText } from '../../print/changes/changes-text';
import { type Done, print, printJson } from '../../print/print';
import { placedChanges } from '../../read/changes/change-places';
import { type DiffRequest, diffRequest } from '../../read/changes/diff-request';
import { findApps } from '../../read/find-apps';
import { renderersOf } from '../../read/manifests/moments';
import { switchedApps } from '../../read/manifests/switched-apps';
import { mayPass, withManifests } from '../../read/manifests/with-manifests';
import { nodePaths } from '../../read/node-paths';
import { configState } from '../../read/state/config-state';
import { gitState } from '../../read/state/git-state';
import { runSettled } from '../../run-alone';
import { diffNodes } from './diff-nodes';

interface DiffFlags {
  readonly config: string;
  readonly at?: string;
  readonly app?: string;
  readonly format: 'terminal' | 'markdown' | 'json';
  readonly json?: boolean;
  readonly exitCode?: boolean;
  readonly manifests?: boolean;
}

export function diffCommand(done: Done): Command {
  return new Command('diff')
    .description('what changes in the rendered fleet, where, and which layer causes it; or what differs between two nodes')
    .argument('[ref-or-path]', 'a commit (default: HEAD), two as A..B, or a node: then only what changes there')
    .argument('[path]', 'a node: what differs between the two nodes, or what changes there since a commit')
    .option('--at <ref>', 'of two nodes: as a commit recorded them (default: as the configuration says now)')
    .option('--app <name>', 'only this app')
    .option('--manifests', 'the objects of charts that are not opened, too: those of each app that changes are rendered with Helm, before and after')
    .addOption(new Option('--format <format>', 'how it is printed').choices(['terminal', 'markdown', 'json']).default('terminal'))
    .option('--exit-code', 'exit status 1 where there are differences')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      `
Without a second commit, the configuration as it is now is compared: what synth would write, committed or not. Where a node and
a branch have one name, the node is meant; refs/heads/NAME names the branch. Writes nothing.

Example:
  $ npx fleet diff
  $ npx fleet diff main --format markdown
  $ npx fleet diff v1.2..HEAD
  $ npx fleet diff stage production`,
    )
    .action((first: string | undefined, second: string | undefined, flags: DiffFlags) =>
      done(runSettled(flags.config, () => diff(first, second, flags.json ? { ...flags, format: 'json' } : flags))),
    );
}

function diff(first: string | undefined, second: string | undefined, flags: DiffFlags): number {
  const { config, format, exitCode } = flags;
  const files = readConfig(config);
  const fleet = fleetFromConfig(files);
  let known: Revisions | undefined;
  const revisions = () => {
    known ??= new Revisions(config);
    return known;
  };
  const request = diffRequest(fleet, revisions, [first, second]);
  if (request.kind === 'nodes' && flags.manifests) throw noManifests(request.left, request.right);
  if (request.kind === 'nodes') return diffNodes(stateOfNodes(flags.at, revisions, { config, fleet }), [request.left, request.right], flags);
  if (flags.at !== undefined) throw noMoment(flags.at, request.below);
  const { below } = request;
  const { before: was, after: is, values, app } = statesOf(request, revisions(), { config, fleet, app: flags.app });
  const { repository } = revisions();
  const moments = { config, path: fleet.path, repository, from: request.from.hash, to: request.to?.hash };
  // What opening a chart takes away, or closing it, its objects alone tell: as `check --since` judges it.
  const shown = flags.manifests ? {} : { only: switchedApps([was, is]) };
  const renderers = () => renderersOf(moments, { mayRender: flags.manifests || mayRenderCharts(files) });
  const only = onlyOf(app, below);
  const isAsked = (_: string, target: string) => below === undefined || isAtOrBelow(target, below);
  const [before, after] = mayPass(shown) ? [was, is] : withManifests(was, is, { ...renderers(), ...shown, repository: fleet.repository, values, isAsked });
  const found = compareStates(before, after, isAsked);
  const changes = only === undefined ? found : { ...found, only };
  const placed = placedChanges(changes.changes, values);
  if (format === 'json') printJson({ ok: true, ...changesData(changes, placed) });
  else print(format === 'markdown' ? changesMarkdown(changes, placed) : changesText(changes, placed));
  return exitCode && changes.changes.length > 0 ? 1 : 0;
}

/** Nodes are compared by what their layers say. */
function noManifests(left: string, right: string): FleetError {
  return new FleetError([
    {
      code: 'unknown-revision',
      message: '`--manifests` shows what changes from one moment to another',
      found: `two nodes: ${left} and ${right}`,
      hint: `what changed at one of them since a commit: \`fleet diff HEAD ${right} --manifests\``,
    },
  ]);
}

/** Two commits have moments of their own. */
function noMoment(at: string, below: string | undefined): FleetError {
  const words = ['fleet diff', at, ...(below === undefined ? [] : [below])].join(' ');
  return new FleetError([
    {
      code: 'unknown-revision',
      message: '`--at` says when two nodes are compared',
      found: `--at ${at}`,
      hint: `to compare with that commit, write \`${words}\``,
    },
  ]);
}

/** What alone is looked at, in words. */
function onlyOf(app: string | undefined, below: string | undefined): string | undefined {
  const place = below === undefined ? undefined : `at ${below}`;
  if (app === undefined) return place === undefined ? undefined : `what is ${place}`;
  return place === undefined ? app : `${app} ${place}`;
}

/** The moment at which two nodes are compared. */
function stateOfNodes(at: string | undefined, revisions: () => Revisions, { config, fleet }: { readonly config: string; readonly fleet: AnyFleet }): State {
  if (at === undefined) return configState(fleet.synth());
  const { repository } = revisions();
  const place = { config, path: fleet.path, dimensions: fleet.dimensions.map(({ singular }) => singular), sequence: nodePaths(fleet) };
  return gitState(repository, revisions().resolve(at, { dates: true }), place);
}

interface States {
  readonly before: State;
  readonly after: State;
  /** Of the configuration. @default - both are commits */
  readonly values?: FleetValues;
  /** The whole name of the app that alone is looked at. @default - all are */
  readonly app?: string;
}

/** The two moments; the configuration is rendered only where it is one of them. */
function statesOf(
  { from, to }: Extract<DiffRequest, { kind: 'states' }>,
  { repository }: Revisions,
  { config, fleet, app }: { readonly config: string; readonly fleet: AnyFleet; readonly app?: string },
): States {
  const output = to === undefined ? fleet.synth() : undefined;
  const now = output && configState(output, { like: from.hash });
  const { dimensions, sequence } = now?.fleet ?? { dimensions: fleet.dimensions.map(({ singular }) => singular), sequence: nodePaths(fleet) };
  const place = { config, path: fleet.path, dimensions, sequence };
  const before = gitState(repository, from, place, { mayBeEmpty: true });
  const after = now ?? gitState(repository, to as Revision, place);
  return { ...(app === undefined ? { before, after } : onlyApp(before, after, app)), values: output?.values };
}

/** @throws FleetError where neither state has it */
function onlyApp(before: State, after: State, name: string): States {
  const place = ` in ${before.name}, nor in ${after.name}`;
  const asked = findApps([...appsOf(after), ...appsOf(before)], { app: name }, { isHub: after.fleet.topology === 'hub-and-spoke', place });
  const isMeant = (clusterType: string, app: string) => app === asked.app && (asked.clusterType === undefined || asked.clusterType === clusterType);
  return { before: ofApps(before, isMeant), after: ofApps(after, isMeant), app: [asked.clusterType, asked.app].filter((word) => word !== undefined).join('/') };
}
