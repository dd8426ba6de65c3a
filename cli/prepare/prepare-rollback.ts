import { FleetError, type PatchView } from '../../constructs';
import { Coverage } from '../../layers/coverage';
import { isAtOrBelow } from '../../layers/hierarchy';
import { movedTo, type PatchState } from '../../layers/patch-state';
import { decidePromotion } from '../../rollout/decide-promotion';
import { decideRollback, type Rollback, type RollbackOptions } from '../../rollout/decide-rollback';
import { createdInversion, type Inversion } from '../../rollout/inversions';
import { Edits } from '../../store/edit/edits';
import { movePatch } from '../../store/edit/patch-edits';
import { History } from '../../store/git/history';
import { lastEntered } from '../../store/history/rollout-history';
import { completeName } from '../read/complete-name';
import { findPatch, type PatchNames } from '../read/find-patch';
import { firstNames } from '../read/first-names';
import type { LoadedFleet } from '../read/load-fleet';
import { promotionOptions, timelessOptions } from '../read/patches/promotion-options';
import type { Change } from './change';
import { prove } from './prove';

/** The flags of `fleet rollback`. */
export interface RollbackFlags {
  readonly config: string;
  readonly to?: string;
  readonly at?: string;
  readonly everywhere?: boolean;
  readonly level?: string;
  /** For the patch that takes another one back. */
  readonly approve: readonly string[];
  readonly dryRun?: boolean;
  readonly commit?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

/** A patch that leaves targets, decided and proved. */
export interface PreparedRollback {
  readonly view: PatchView;
  readonly rollback: Rollback;
  /** The broadest nodes that it leaves. */
  readonly left: readonly string[];
  /** The targets that it leaves out on its way then. */
  readonly gaps: readonly string[];
  /** Why Git does not say what it entered last. @default - it does, or the command line says what to leave */
  readonly trouble?: string;
  readonly change: Change;
}

/** Decides and proves what a patch leaves; writes nothing. @throws FleetError where it cannot leave */
export function prepareRollback(fleet: LoadedFleet, names: PatchNames, flags: RollbackFlags): PreparedRollback {
  const view = findPatch(fleet, names);
  const { state } = view;
  const known = { known: state.nodes.map(({ path }) => path), noun: 'dimension path', nouns: 'paths' };
  const [to, at] = [flags.to, flags.at].map((path) => (path === undefined ? undefined : completeName(path, known)));
  const { level, fields, others } = timelessOptions(fleet, view, flags);
  const history = new History(flags.config);
  const last = flags.level === undefined ? lastEntered(history, state, view.places) : undefined;
  const rollback = decideRollback(state, { to, at, level, everywhere: flags.everywhere, last });
  expectTargets(state, rollback, { to, at });
  expectTextKept(view, rollback, history);
  expectSameElsewhere(view, rollback);
  const inversion = createdInversion(state, rollback.paths, fields, others);
  if (inversion) throw invertedBy(state, rollback, inversion);
  const left = broadestNodes(state, rollback.targets);
  const isLastStep = [to, at, flags.level].every((flag) => flag === undefined) && !flags.everywhere;
  const { gaps } = new Coverage(rollback.paths, state.targets);
  return { view, rollback, left, gaps, trouble: isLastStep ? history.trouble : undefined, change: changeOf(fleet, view, rollback, left) };
}

/** Whether the patch could go on by itself from where it sits then, once it has soaked there. @param now what the clock says */
export function goesOnByItself(fleet: LoadedFleet, { view, rollback: { paths } }: PreparedRollback, now: Date): boolean {
  const decision = decidePromotion(movedTo(view.state, paths), promotionOptions(fleet, view, {}, now));
  return decision.kind === 'enter' && decision.gates.length === 0;
}

function changeOf(fleet: LoadedFleet, { state, places }: PatchView, { paths, targets }: Rollback, left: readonly string[]): Change {
  const edits = new Edits();
  movePatch(edits, state, places, paths);
  const proof = prove(fleet, edits, { clusterType: state.clusterType, targets, isBack: true });
  return { edits, proof, message: `${state.clusterType}/${state.app}: take ${state.patch} back from ${firstNames(left).join(', ')}` };
}

/** @throws FleetError where there is nothing to leave */
function expectTargets(state: PatchState, { targets }: Rollback, { to, at }: Pick<RollbackOptions, 'to' | 'at'>): void {
  if (targets.length > 0) return;
  const where = at !== undefined ? ` at '${at}'` : to !== undefined ? ` after '${to}'` : undefined;
  const message = where === undefined || state.paths.length === 0 ? `'${state.patch}' covers no target` : `'${state.patch}' covers nothing${where}`;
  throw new FleetError([{ code: 'rollout', message, app: state.app, found: state.paths.join(', ') || 'no path' }]);
}

/** A patch in YAML is its files: where nothing else has its text, it is not thrown away. */
function expectTextKept({ state, places }: PatchView, { paths }: Rollback, history: History): void {
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
function expectSameElsewhere(view: PatchView, { paths, targets, split }: Rollback): void {
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
function invertedBy(state: PatchState, { split }: Rollback, { other, field, targets }: Inversion): FleetError {
  const [older, newer] = [state.patch, other].sort();
  return new FleetError([
    {
      code: 'rollout',
      message: `'${state.patch}' cannot leave: with ${split.join(', ')} taken apart, the older ${older} would win over ${newer} in ${field}, at ${firstNames(targets).join(', ')}`,
      app: state.app,
      hint: 'take the patch back from more: `--to`, `--everywhere`',
    },
  ]);
}

/** The nodes all of whose targets are among some, the broadest alone. */
function broadestNodes({ nodes }: PatchState, targets: readonly string[]): readonly string[] {
  const inside = nodes.filter((node) => node.targets.every((target) => targets.includes(target))).map(({ path }) => path);
  return inside.filter((path) => !inside.some((other) => other !== path && isAtOrBelow(path, other)));
}
