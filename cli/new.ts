import { Command, InvalidArgumentError } from 'commander';
import { FleetError, type PatchView } from '../constructs';
import { tryFindNode } from '../layers/node';
import { Edits } from '../store/edit/edits';
import { type AppPlace, addPatch } from '../store/edit/new-patch';
import { exclusively } from '../store/edit/transaction';
import { type Done, print, printJson } from './print';
import { diffText, finish, finishedLines } from './rollout/finish';
import { completed, loadFleet, type RolloutFleet } from './rollout/fleet';
import { prove } from './rollout/prove';
import { asJson } from './rollout/step';
import { aligned } from './rollout/words';

interface Options {
  readonly config: string;
  readonly set: readonly Setting[];
  readonly description?: string;
  readonly at?: string;
  readonly dryRun?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

/** A value by the keys down to it. */
interface Setting {
  readonly keys: readonly string[];
  readonly text: string;
}

export function newCommand(done: Done): Command {
  const patch = new Command('patch')
    .description('write the next free patch of an app, at the first path of the sequence')
    .argument('<cluster-type>', 'the cluster type of the app')
    .argument('<app>', 'the app')
    .requiredOption(
      '--set <path=value>',
      'a field that it changes, such as source.targetRevision=v1.20.0 (repeatable; a dot in a key is written \\.)',
      setting,
      [],
    )
    .option('--description <text>', 'what it is for')
    .option('--at <path>', 'where it starts (default: the first sector of the sequence)')
    .option('--dry-run', 'print the change of the manifests; write nothing')
    .option('--no-synth', 'do not render the output')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what was written as JSON')
    .addHelpText('after', '\nExample:\n  $ npx fleet new patch management-cluster cert-manager --set source.targetRevision=v1.20.0')
    .action((clusterType: string, app: string, options: Options) => done(newPatch(clusterType, app, options)));
  return new Command('new').description('write something new into the configuration').addCommand(patch);
}

function setting(text: string, all: readonly Setting[]): readonly Setting[] {
  const at = text.indexOf('=');
  const keys = (text.slice(0, Math.max(0, at)).match(/(\\.|[^.\\])+/g) ?? []).map((key) => key.replace(/\\(.)/g, '$1'));
  if (keys.length === 0) throw new InvalidArgumentError('Expected path=value, such as source.targetRevision=v1.20.0.');
  return [...all, { keys, text: text.slice(at + 1) }];
}

function newPatch(clusterType: string, app: string, options: Options): number {
  const run = () => write(loadFleet(options.config), clusterType, app, options);
  return options.dryRun ? run() : exclusively(options.config, run);
}

function write(fleet: RolloutFleet, clusterTypeName: string, appName: string, options: Options): number {
  const { output } = fleet;
  const clusterType = completed(clusterTypeName, output.clusterTypes, 'cluster type', 'cluster types');
  // A member of a file with several may be named too: its patch is one of the file.
  const names = output.appNames(clusterType);
  const members = names.flatMap((name) => output.apps(clusterType, name).map((view) => ({ file: name, view })));
  const wanted = completed(appName, [...new Set([...names, ...members.map(({ view }) => view.name)])], 'app', 'apps', ` in ${clusterType}`);
  const found = members.filter(({ file, view }) => view.name === wanted || (file === wanted && !view.isGroup));
  const [member] = found;
  if (!member) {
    const own = members.filter(({ file }) => file === wanted).map(({ view }) => view.name);
    throw new FleetError([{ code: 'rollout', message: `${wanted} holds several apps`, expected: `one of ${own.join(', ')}` }]);
  }
  const { view } = member;
  if (view.file === undefined) throw new FleetError([{ code: 'cannot-edit', message: `${wanted} is declared in code`, hint: 'declare the patch there' }]);
  const targets = output.targetsOf(clusterType);
  const paths = [...new Set(targets.flatMap(({ path }) => ancestors(path)))];
  const path = options.at === undefined ? firstPath(fleet, targets[0]?.path ?? '') : completed(options.at, paths, 'dimension path', 'paths');
  const covered = targets.filter((target) => target.path === path || target.path.startsWith(`${path}/`));
  const name = nextName(view.patches);
  const change = changeOf(options.set, (keys) => covered[0] && tryFindNode(view.valuesAt(covered[0]), keys));
  const place: AppPlace = {
    form: view.file.endsWith('.yaml') ? 'yaml' : 'typescript',
    file: view.file,
    app: view.name,
    isGroup: view.isGroup,
    kind: view.kind,
  };
  const edits = new Edits();
  const file = addPatch(edits, place, { name, description: options.description, path, change });
  const proof = prove(
    options.config,
    edits,
    output,
    clusterType,
    covered.map((target) => target.path),
  );
  const made = proof.output.patches().find(({ state }) => state.clusterType === clusterType && state.app === member.file && state.patch === name);
  const result = { clusterType, app: wanted, patch: name, path, file, targets: covered.map((target) => target.path) };
  if (!options.json)
    print([`${name} of ${wanted} in ${clusterType}`, ...aligned([['starts', `at ${path} (${covered.length} targets)`], ...remarks(made)])].join('\n'));
  if (options.dryRun) {
    if (options.json) printJson({ ok: true, dryRun: true, ...result, changes: proof.changes.map((one) => one.path) });
    else print(`\n${diffText(fleet.fleet.path, proof.changes)}`);
    return 0;
  }
  const finished = finish(fleet, edits, proof, `${clusterType}/${wanted}: start ${name} at ${path}`, options.synth);
  if (options.json) printJson({ ok: true, ...result, ...asJson(finished) });
  else print(['', ...finishedLines(fleet.fleet.path, finished)].join('\n'));
  return 0;
}

/** What of the new patch has no effect where it starts. */
function remarks(view: PatchView | undefined): readonly (readonly [string, string])[] {
  if (!view) return [];
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

/** `patch-003` behind `patch-002`. */
function nextName(taken: readonly string[]): string {
  const numbers = taken.flatMap((name) => (/^patch-\d+$/.test(name) ? [Number(name.slice('patch-'.length))] : []));
  return `patch-${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`;
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
