import { Command, InvalidArgumentError } from 'commander';
import { FleetError, type FleetOutput, type PatchView } from '../constructs';
import { Coverage } from '../layers/coverage';
import { isAtOrBelow } from '../layers/hierarchy';
import { tryFindNode } from '../layers/node';
import type { PatchState } from '../layers/patch-state';
import { plural } from '../layers/problem-text';
import { conflictsOf } from '../rollout/conflicts';
import { Edits } from '../store/edit/edits';
import { type AppPlace, addPatch } from '../store/edit/new-patch';
import { shellWord } from '../store/shell-word';
import { type Done, print, printJson } from './print';
import { alone, settled } from './rollout/alone';
import { diffText, finish, writtenLines } from './rollout/finish';
import { completed, findApp as findAppName, findClusterType, loadFleet, type RolloutFleet } from './rollout/fleet';
import { byHandLines, integrationOf } from './rollout/integration';
import { nextLines, nextOf } from './rollout/next';
import { expectFree, nextName } from './rollout/patch-name';
import { prove } from './rollout/prove';
import { asJson, waits } from './rollout/step';
import { aligned, type Row, named as shortened } from './rollout/words';

interface Options {
  readonly config: string;
  readonly set: readonly Setting[];
  readonly name?: string;
  readonly description?: string;
  readonly at?: string;
  readonly approve: readonly string[];
  readonly dryRun?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

/** A value by the keys down to it. */
interface Setting {
  readonly keys: readonly string[];
  readonly text: string;
}

export function newPatchCommand(done: Done): Command {
  return new Command('patch')
    .exitOverride()
    .showHelpAfterError('Run `fleet new patch --help` for what there is.')
    .description('write a new patch of an app, at the first path of the sequence')
    .argument('<cluster-type>', 'the cluster type of the app; with hubs and spokes, the group of the component')
    .argument('<app>', 'the app')
    .requiredOption(
      '--set <path=value>',
      'a field that it changes, such as source.targetRevision=v1.20.0 (repeatable; a dot in a key is written \\.)',
      setting,
      [],
    )
    .option('--name <name>', 'what it is called (default: the next free number, such as patch-003)')
    .option('--description <text>', 'what it is for')
    .option('--at <path>', 'where it starts (default: the first node at the promotion level)')
    .option('--approve <path>', 'a manual node that may be entered (repeatable)', (path: string, all: readonly string[]) => [...all, path], [])
    .option('--dry-run', 'print the change of the manifests; write nothing')
    .option('--no-synth', 'do not render the output')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what was written as JSON')
    .addHelpText('after', '\nExample:\n  $ npx fleet new patch management-cluster cert-manager --set source.targetRevision=v1.20.0')
    .action((clusterType: string, app: string, options: Options) => done(newPatch(clusterType, app, options)));
}

function setting(text: string, all: readonly Setting[]): readonly Setting[] {
  const at = text.search(/(?<!\\)=/);
  const keys = (at < 0 ? '' : text.slice(0, at)).split(/(?<!\\)\./).map((key) => key.replace(/\\(.)/g, '$1'));
  if (keys.some((key) => key === '' || key === '__proto__')) throw new InvalidArgumentError('Expected path=value, such as source.targetRevision=v1.20.0.');
  return [...all, { keys, text: text.slice(at + 1) }];
}

function newPatch(clusterType: string, app: string, options: Options): number {
  const run = () => write(loadFleet(options.config), clusterType, app, options);
  return options.dryRun ? settled(options.config, run) : alone(options.config, run);
}

function write(fleet: RolloutFleet, clusterTypeName: string, appName: string, options: Options): number {
  const { output } = fleet;
  const { clusterType, wanted, group, view } = findApp(output, clusterTypeName, appName);
  if (view.file === undefined) throw new FleetError([{ code: 'cannot-edit', message: `${wanted} is declared in code`, hint: 'declare the patch there' }]);
  if (!/\.(ts|yaml)$/.test(view.file)) {
    const message = `${clusterType} has no ${wanted}.ts: it has one release, called default`;
    throw new FleetError([
      { code: 'cannot-edit', message, file: view.file, place: [], hint: 'write the file, with the releases that there shall be, and then the patch' },
    ]);
  }
  const targets = output.targetsOf(clusterType);
  const paths = [...new Set(targets.flatMap(({ path }) => ancestors(path)))];
  const path = options.at === undefined ? firstPath(fleet, targets[0]?.path ?? '') : completed(options.at, paths, 'dimension path', 'paths');
  const covered = targets.filter((target) => isAtOrBelow(target.path, path));
  const all = targets.map((target) => target.path);
  const [gap] = new Coverage([path], all).gaps;
  if (gap !== undefined) throw skipped(path, gap, firstPath(fleet, gap));
  const change = changeOf(options.set, (keys) => covered[0] && tryFindNode(view.valuesAt(covered[0]), keys));
  const form = view.file.endsWith('.yaml') ? 'yaml' : 'typescript';
  const name = options.name ?? nextName(view.patches);
  expectFree(name, form, wanted, view);
  const place: AppPlace = { form, file: view.file, app: view.name, isGroup: view.isGroup, kind: view.kind };
  const edits = new Edits();
  const file = addPatch(edits, place, { name, description: options.description, path, change });
  let rows: readonly Row[] = [];
  let byHand: readonly string[] = [];
  let open: readonly string[] = [];
  const entered = covered.map((target) => target.path);
  const proof = prove(options.config, edits, output, clusterType, entered, (made, named) => {
    const own = made.patches().filter(({ state }) => state.clusterType === clusterType && state.app === group);
    const patch = own.find(({ state }) => state.patch === name);
    if (!patch) return;
    expectNewest(patch, own);
    const integration = integrationOf(
      patch,
      patch.state.nodes.flatMap(({ path: node, depth }) => (depth === 0 ? [node] : [])),
      named,
    );
    byHand = integration.byHand;
    open = gates(patch.state, path).filter((gate) => !options.approve.includes(gate));
    rows = [...remarks(patch), ...byHandLines(integration)];
  });
  if (open.length > 0) return wait(`${name} of ${wanted} in ${clusterType}`, path, open, options);
  const result = { clusterType, app: wanted, patch: name, path, file, targets: entered, byHand };
  if (!options.json)
    print([`${name} of ${wanted} in ${clusterType}`, ...aligned([['starts', `at ${path} (${plural(covered.length, 'target')})`], ...rows])].join('\n'));
  if (options.dryRun) {
    if (options.json) printJson({ ok: true, dryRun: true, ...result, changes: proof.changes.map((one) => one.path) });
    else print(`\n${diffText(fleet.fleet.path, proof.changes)}`);
    return 0;
  }
  const finished = finish(fleet, edits, proof, options.synth);
  const next = nextOf(fleet, [finished], `${clusterType}/${wanted}: start ${name} at ${path}`);
  if (options.json) printJson({ ok: true, ...result, ...asJson(finished, next) });
  else print(['', ...writtenLines(finished), ...nextLines([finished], next)].join('\n'));
  return 0;
}

interface Found {
  readonly clusterType: string;
  /** As it was asked for. */
  readonly wanted: string;
  /** The name of its file. */
  readonly group: string;
  readonly view: ReturnType<FleetOutput['apps']>[number];
}

/** An app by its own name, or by that of the file in which it is alone: the patch of a member of several is one of the file. */
function findApp(output: FleetOutput, clusterTypeName: string, appName: string): Found {
  const clusterType = findClusterType(output, clusterTypeName);
  const names = output.appNames(clusterType);
  const members = names.flatMap((name) => output.apps(clusterType, name).map((view) => ({ file: name, view })));
  const wanted = findAppName(output, clusterType, appName, [...new Set([...names, ...members.map(({ view }) => view.name)])]);
  const [member] = members.filter(({ file, view }) => view.name === wanted || (file === wanted && !view.isGroup));
  if (member) return { clusterType, wanted, group: member.file, view: member.view };
  const own = members.filter(({ file }) => file === wanted).map(({ view }) => view.name);
  throw new FleetError([{ code: 'rollout', message: `${wanted} holds several apps`, expected: `one of ${own.join(', ')}` }]);
}

/** A patch never begins behind a target that it leaves out. */
function skipped(path: string, gap: string, first: string): FleetError {
  const hint = `start at '${first}' and promote from there; what only '${path}' shall have for good is an override`;
  return new FleetError([{ code: 'rollout', message: `a patch that starts at '${path}' leaves out ${gap}`, hint }]);
}

/** The manual nodes that a patch enters which sits nowhere yet. */
function gates({ nodes }: PatchState, path: string): readonly string[] {
  return nodes.flatMap((node) => (node.promotion === 'manual' && (isAtOrBelow(node.path, path) || isAtOrBelow(path, node.path)) ? [node.path] : []));
}

function wait(title: string, path: string, open: readonly string[], { approve, json }: Options): number {
  const flags = [...approve, ...open].map((gate) => `--approve ${shellWord(gate)}`).join(' ');
  if (json) printJson({ ok: false, path, waitsFor: open, flags });
  else print(`${title}\n  starts  at ${path}\n\nIt waits for somebody to approve ${open.join(' and ')}. Nothing was written. To approve, add:\n  ${flags}`);
  return waits;
}

/** @throws FleetError where an older patch, at a more specific path, would win over the new one */
function expectNewest(patch: PatchView, own: readonly PatchView[]): void {
  const conflicts = conflictsOf(own.map(({ state, fields }) => ({ state, fields })));
  const inverted = conflicts.find(({ newer, inverted: targets }) => newer === patch.state.patch && targets.length > 0);
  if (!inverted) return;
  const message = `the older ${inverted.older} would win over ${inverted.newer} in ${inverted.field}, at ${shortened(inverted.inverted).join(', ')}`;
  throw new FleetError([
    { code: 'rollout', message, app: patch.state.app, hint: `promote '${inverted.older}' first, or start at a more specific path with --at` },
  ]);
}

/** What of the new patch has no effect where it starts. */
function remarks(view: PatchView): readonly Row[] {
  return view.state.targets.flatMap((target) =>
    view
      .withoutEffect(target)
      .map(({ field, by, kind }) => ['no effect', `${field} at ${target}: ${by} ${kind === 'masked' ? 'wins' : 'says the same'}`] as const),
  );
}

/** The node at the promotion level above the first target. */
function firstPath({ fleet }: RolloutFleet, target: string): string {
  const singular = fleet.dimensions.map((dimension) => dimension.singular);
  const level = fleet.promotionLevel === undefined ? Math.max(0, singular.length - 2) : singular.indexOf(fleet.promotionLevel);
  return target
    .split('/')
    .slice(0, level + 1)
    .join('/');
}

function ancestors(path: string): readonly string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/** @param current what is set there now: a text stays one, whatever it looks like */
function changeOf(settings: readonly Setting[], current: (keys: readonly string[]) => unknown): { readonly [key: string]: unknown } {
  const change: { [key: string]: unknown } = {};
  for (const { keys, text } of settings) {
    let map = change;
    for (const key of keys.slice(0, -1)) {
      if (typeof map[key] !== 'object' || map[key] === null) map[key] = {};
      map = map[key] as { [key: string]: unknown };
    }
    const now = current(keys) as { readonly value?: unknown } | undefined;
    map[keys[keys.length - 1] as string] = typeof now?.value === 'string' ? text : parsed(text);
  }
  return change;
}

/** What JSON reads, but for numbers that would be written otherwise: `1.10` is a version. */
function parsed(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'number' && String(value) !== text ? text : value;
  } catch {
    return text;
  }
}
