import { Command, Option } from 'commander';
import { FleetError, type PatchView } from '../constructs';
import { Coverage } from '../layers/coverage';
import { isAtOrBelow } from '../layers/hierarchy';
import type { PatchState } from '../layers/patch-state';
import { plural } from '../layers/problem-text';
import { createdInversion, type Inversion } from '../rollout/inversions';
import { type Leaving, leave } from '../rollout/leave';
import { Edits } from '../store/edit/edits';
import { movePatch } from '../store/edit/patch-edits';
import { History } from '../store/git/history';
import { lastEntered } from '../store/rollout-history';
import { type Done, print, printJson } from './print';
import { alone, settled } from './rollout/alone';
import { diffText, finish, writtenLines } from './rollout/finish';
import { completed, decideOptions, findPatch, loadFleet, type RolloutFleet } from './rollout/fleet';
import { nextLines, nextOf } from './rollout/next';
import { prove } from './rollout/prove';
import { asJson } from './rollout/step';
import { aligned, named, patchTitle, type Row } from './rollout/words';

interface Options {
  readonly config: string;
  readonly to?: string;
  readonly everywhere?: boolean;
  readonly level?: string;
  readonly dryRun?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

export function rollbackCommand(done: Done): Command {
  return new Command('rollback')
    .description('take a patch out of its last step, or of more')
    .argument('<cluster-type>', 'the cluster type of the app')
    .argument('<app>', 'the app, or the file of several')
    .argument('<patch>', 'the patch')
    .option('--to <path>', 'take it out of everything after this path')
    .addOption(new Option('--everywhere', 'take it out of everything').conflicts('to'))
    .option('--level <dimension>', "what counts as a step (default: the fleet's promotionLevel, else the last dimension but one)")
    .option('--dry-run', 'print the plan and the change of the manifests; write nothing')
    .option('--no-synth', 'do not render the output')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what was done as JSON')
    .addHelpText(
      'after',
      '\nA patch that is in the base already is taken back with Git.\n\nExample:\n  $ npx fleet rollback management-cluster cert-manager patch-001',
    )
    .action((clusterType: string, app: string, patch: string, options: Options) => done(rollback([clusterType, app, patch], options)));
}

function rollback(names: readonly [string, string, string], options: Options): number {
  const run = () => runRollback(loadFleet(options.config), names, options);
  return options.dryRun ? settled(options.config, run) : alone(options.config, run);
}

function runRollback(fleet: RolloutFleet, names: readonly [string, string, string], options: Options): number {
  const view = findPatch(fleet, ...names);
  const { state } = view;
  const paths = state.nodes.map(({ path }) => path);
  const to = options.to === undefined ? undefined : completed(options.to, paths, 'dimension path', 'paths');
  const { level, fields, others } = decideOptions(fleet, view, options);
  const history = new History(options.config);
  const last = options.level === undefined ? lastEntered(history, state, view.places) : undefined;
  const leaving = leave(state, { to, level, everywhere: options.everywhere, last });
  if (leaving.targets.length === 0) {
    const message = to === undefined || state.paths.length === 0 ? `'${state.patch}' covers no target` : `'${state.patch}' covers nothing after '${to}'`;
    throw new FleetError([{ code: 'rollout', message, app: state.app, found: state.paths.join(', ') || 'no path' }]);
  }
  expectKept(view, leaving, history);
  expectSame(view, leaving);
  const inversion = createdInversion(state, leaving.paths, fields, others);
  if (inversion) throw invertedBy(view, leaving, inversion);
  const edits = new Edits();
  movePatch(edits, state, view.places, leaving.paths);
  const proof = prove(fleet.config, edits, fleet.output, state.clusterType, leaving.targets);
  const result = {
    clusterType: state.clusterType,
    app: state.app,
    patch: state.patch,
    before: state.paths,
    after: leaving.paths,
    left: leaving.targets,
    split: leaving.split,
  };
  const isTold = to !== undefined || options.everywhere || options.level !== undefined || history.trouble === undefined;
  const untold: readonly Row[] = isTold ? [] : [['warning', `what it entered last cannot be told: ${history.trouble}`]];
  if (!options.json) print([patchTitle(state), ...aligned([...lines(view, leaving), ...untold])].join('\n'));
  if (options.dryRun) {
    if (options.json) printJson({ ok: true, dryRun: true, ...result, changes: proof.changes.map(({ path }) => path) });
    else print(`\n${diffText(fleet.fleet.path, proof.changes)}`);
    return 0;
  }
  const message = `${state.clusterType}/${state.app}: take ${state.patch} back from ${named(broadest(state, leaving.targets)).join(', ')}`;
  const finished = finish(fleet, edits, proof, options.synth);
  const next = nextOf(fleet, [finished], message);
  if (options.json) printJson({ ok: true, ...result, ...asJson(finished, next) });
  else print(['', ...writtenLines(finished), ...nextLines([finished], next)].join('\n'));
  return 0;
}

/** A patch in YAML is its files: where nothing else has its text, it is not thrown away. */
function expectKept({ state, places }: PatchView, { paths }: Leaving, history: History): void {
  if (places.form !== 'yaml' || paths.length > 0 || places.copies.some(({ file }) => history.isTracked(file))) return;
  throw new FleetError([
    {
      code: 'rollout',
      message: `'${state.patch}' would leave everything, and nothing but its files has what it changes`,
      app: state.app,
      file: places.patch.file,
      hint: 'commit it first, take it back from less (`--to`), or remove the files by hand',
    },
  ]);
}

/** Taking a path apart must not let the patch win where it lost before. */
function expectSame(view: PatchView, { paths, targets, split }: Leaving): void {
  const left = new Set(targets);
  const changed = view.state.targets.find((target) => !left.has(target) && !view.isSame(target, view.state.paths, paths));
  if (changed === undefined) return;
  const why = view.difference(changed, view.state.paths, paths);
  const over = why ? `${why.by} in ${why.field}` : 'another layer';
  throw new FleetError([
    {
      code: 'rollout',
      message: `'${view.state.patch}' cannot leave: with ${split.join(', ')} taken apart, it would win over ${over}, at ${changed}`,
      app: view.state.app,
      hint: 'remove that field there first, or take the patch back from more: `--to`, `--everywhere`',
    },
  ]);
}

/** Nothing is rendered otherwise; yet an older patch would win, and what is changed next may be the newer one. */
function invertedBy({ state }: PatchView, { split }: Leaving, { other, field, targets }: Inversion): FleetError {
  const [older, newer] = [state.patch, other].sort();
  return new FleetError([
    {
      code: 'rollout',
      message: `'${state.patch}' cannot leave: with ${split.join(', ')} taken apart, the older ${older} would win over ${newer} in ${field}, at ${named(targets).join(', ')}`,
      app: state.app,
      hint: 'take the patch back from more: `--to`, `--everywhere`',
    },
  ]);
}

/** The nodes all of whose targets are among some, the broadest alone. */
function broadest({ nodes }: PatchState, targets: readonly string[]): readonly string[] {
  const inside = nodes.filter((node) => node.targets.every((target) => targets.includes(target))).map(({ path }) => path);
  return inside.filter((path) => !inside.some((other) => other !== path && isAtOrBelow(path, other)));
}

function lines({ state, places }: PatchView, { targets, split, paths }: Leaving): readonly Row[] {
  const covered = (list: readonly string[]) => new Coverage(list, state.targets).covered.length;
  return [
    ['leaves', `${named(broadest(state, targets)).join(', ')} (${plural(targets.length, 'target')})`],
    ...split.map((path) => ['splits', path] as const),
    [
      'sits at',
      paths.length > 0 ? paths.join(', ') : places.form === 'yaml' ? 'no path: its files are gone, and Git has them' : 'no path: it is kept for later',
    ],
    ['covers', `${covered(state.paths)} → ${covered(paths)} of ${plural(state.targets.length, 'target')}`],
  ];
}
