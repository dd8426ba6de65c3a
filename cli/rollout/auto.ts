import { FleetError, type PatchView } from '../../constructs';
import { decide } from '../../rollout/decide';
import { History } from '../../store/git/history';
import { print, printJson, printProblems } from '../print';
import { alone, settled } from './alone';
import { type Finished, finish, writtenLines } from './finish';
import { decideOptions, loadFleet, type RolloutFleet } from './fleet';
import { nextLines, nextOf } from './next';
import { soakLeft } from './soak';
import { asJson, attempt, commitMessage, described, type PromoteOptions } from './step';
import { aligned, patchTitle, refusalText, stepLines } from './words';

/** A patch that stays where it is, and what it waits for. */
interface Waiting {
  readonly view: PatchView;
  readonly reason: string;
}

/** A step that was made, or would be. */
interface Moved {
  readonly json: object;
  readonly lines: readonly string[];
  /** @default - nothing was written */
  readonly finished?: Finished;
  readonly message: string;
}

/**
 * One step for every patch that needs nobody's approval and has soaked where it is.
 *
 * @param names what the command line names beside it: nothing
 * @param now   what the clock says
 */
export function autoPromote(names: readonly (string | undefined)[], options: PromoteOptions, now: Date): number {
  if (names[0] !== undefined || options.approve.length > 0 || options.all) {
    const message = '`--auto` moves every patch by one step, through no manual gate: it takes no names, no --approve and no --all';
    throw new FleetError([{ code: 'rollout', message, expected: '`fleet promote --auto`' }]);
  }
  return options.dryRun ? settled(options.config, () => run(options, now)) : alone(options.config, () => run(options, now));
}

function run(options: PromoteOptions, now: Date): number {
  const first = loadFleet(options.config);
  const names = first.patches.map(({ state }) => [state.clusterType, state.app, state.patch] as const);
  const history = new History(options.config);
  const moved: Moved[] = [];
  const waiting: Waiting[] = [];
  let fleet = first;
  for (const [clusterType, app, patch] of names) {
    const view = fleet.patches.find(({ state }) => state.clusterType === clusterType && state.app === app && state.patch === patch);
    if (!view) continue;
    const outcome = tryStep(fleet, view, history, now, options);
    if (typeof outcome === 'string') waiting.push({ view, reason: outcome });
    else {
      moved.push(outcome);
      if (!options.json) print(`${outcome.lines.join('\n')}\n`);
      // The next one is decided on the fleet as it is now.
      if (!options.dryRun) fleet = loadFleet(options.config);
    }
  }
  const waits = waiting.map(({ view: { state }, reason }) => {
    const owners = [...new Set(fleet.output.apps(state.clusterType, state.app).flatMap((app) => app.owners))];
    return { clusterType: state.clusterType, app: state.app, patch: state.patch, reason, owners };
  });
  const done = moved.flatMap(({ finished }) => finished ?? []);
  const next = nextOf(fleet, done, messageOf(moved));
  if (options.json) printJson({ ok: true, moved: moved.map(({ json }) => json), waiting: waits, next });
  else {
    print(moved.length === 0 ? 'Nothing moves.' : `${moved.length} ${options.dryRun ? 'would move' : 'moved'}.`);
    if (waits.length > 0)
      print(
        [
          '',
          'Waiting:',
          ...waits.map(
            (one) => `  ${one.patch} of ${one.app} in ${one.clusterType}: ${one.reason}${one.owners.length > 0 ? ` (${one.owners.join(', ')})` : ''}`,
          ),
        ].join('\n'),
      );
    const lines = nextLines(done, next);
    if (lines.length > 0) print(lines.join('\n'));
  }
  return 0;
}

/** One commit for all of them. */
function messageOf(moved: readonly Moved[]): string {
  const [only, ...others] = moved.map(({ message }) => message);
  return others.length === 0 ? (only ?? '') : [`Promote ${moved.length} patches`, '', ...moved.map(({ message }) => message)].join('\n');
}

/** @returns why there is no step, or what it was */
function tryStep(fleet: RolloutFleet, view: PatchView, history: History, now: Date, options: PromoteOptions): string | Moved {
  const decision = decide(view.state, decideOptions(fleet, view, options));
  if (decision.kind === 'refused') return refusalText(view.state, decision);
  if (decision.kind === 'enter' && decision.gates.length > 0) return `${decision.gates.join(' and ')} must be approved`;
  const soaking = soakLeft(fleet, view, history, now);
  if (soaking !== undefined) return soaking;
  try {
    const { proof, folds, edits } = attempt(fleet, view, decision);
    const lines = [patchTitle(view.state), ...aligned(stepLines(view, decision, view.state.paths))];
    const message = commitMessage(view, decision);
    if (options.dryRun) return { json: { ...described(view, decision, folds), dryRun: true }, lines, message };
    const finished = finish(fleet, edits, proof, options.synth);
    return {
      json: { ...described(view, decision, folds), ...asJson(finished, []) },
      lines: [...lines, '', ...writtenLines(finished)],
      finished,
      message,
    };
  } catch (error) {
    // One patch that cannot be moved keeps no other from moving, and is told of.
    if (!(error instanceof FleetError) || error.problems.some(({ code }) => code.endsWith('-write'))) throw error;
    if (!options.json) printProblems(error.problems);
    return error.problems[0]?.message ?? 'it cannot be moved';
  }
}
