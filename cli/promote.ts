import { Command } from 'commander';
import { FleetError, type PatchView, type Problem } from '../constructs';
import { Coverage } from '../layers/coverage';
import { suggestion } from '../layers/nearest';
import { decide, type Entering, type Refused } from '../rollout/decide';
import { planOf } from '../rollout/plan';
import type { Fold } from '../store/edit/patch-edits';
import { History } from '../store/git/history';
import { locate } from '../store/locate';
import { shellWord } from '../store/shell-word';
import { type Done, print, printJson, printProblems } from './print';
import { alone, settled } from './rollout/alone';
import { autoPromote } from './rollout/auto';
import { diffText, type Finished, finish, writtenLines } from './rollout/finish';
import { decideOptions, findPatch, loadFleet, type RolloutFleet } from './rollout/fleet';
import { byHandLines, finalPaths, type Integration, integrationOf } from './rollout/integration';
import { nextLines, nextOf } from './rollout/next';
import { soakRows, type Unsoaked, unsoaked } from './rollout/soak';
import { asJson, attempt, commitMessage, described, type PromoteOptions, waits } from './rollout/step';
import { aligned, patchTitle, refusalText, stepLines } from './rollout/words';

export function promoteCommand(done: Done): Command {
  return new Command('promote')
    .description('move a patch one step along the sequence, and prove that nothing but the entered targets changes')
    .argument('[cluster-type]', 'the cluster type of the app')
    .argument('[app]', 'the app, or the file of several')
    .argument('[patch]', 'the patch')
    .option('--level <dimension>', "enter a node of this dimension (default: the fleet's promotionLevel, else the last but one)")
    .option('--approve <path>', 'a manual node that may be entered (repeatable)', (path: string, all: readonly string[]) => [...all, path], [])
    .option('--fill', 'enter what was left out first')
    .option('--all', 'go on until a gate or the base')
    .option('--auto', 'one step for every patch that needs nobody and has soaked')
    .option('--dry-run', 'print the plan and the change of the manifests; write nothing')
    .option('--no-synth', 'do not render the output')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what was done as JSON')
    .addHelpText(
      'after',
      '\nExit status 3 where a step waits for an approval.\n\nExample:\n  $ npx fleet promote management-cluster cert-manager patch-001 --dry-run',
    )
    .action((clusterType: string | undefined, app: string | undefined, patch: string | undefined, options: PromoteOptions) => {
      if (options.auto) done(autoPromote([clusterType, app, patch], options, new Date()));
      else done(promote(clusterType, app, patch, options, new Date()));
    });
}

type Names = readonly [clusterType: string, app: string, patch: string];

function promote(clusterType: string | undefined, app: string | undefined, patch: string | undefined, options: PromoteOptions, now: Date): number {
  if (clusterType === undefined || app === undefined || patch === undefined) {
    throw new FleetError([{ code: 'rollout', message: 'which patch?', expected: '`fleet promote CLUSTER-TYPE APP PATCH`, or `fleet promote --auto`' }]);
  }
  const names = [clusterType, app, patch] as const;
  const once = () => {
    const fleet = loadFleet(options.config);
    return reported(fleet, [oneStep(fleet, names, options, now)], options);
  };
  if (options.dryRun) return settled(options.config, once);
  return alone(options.config, () => (options.all ? everyStep(names, options, now) : once()));
}

/** What a step came to. */
interface Outcome {
  readonly status: number;
  /** Whether there is no step after it, for now. */
  readonly isLast: boolean;
  /** What was done, as data. @default - nothing was */
  readonly json?: object;
  /** @default - nothing was written */
  readonly finished?: Finished;
  /** What a commit of it says. @default - there is nothing to commit */
  readonly message?: string;
}

/** Tells what to run next, once for all steps. @returns the exit status */
function reported(fleet: RolloutFleet, outcomes: readonly Outcome[], { json, all }: PromoteOptions, problems: readonly Problem[] = []): number {
  const done = outcomes.flatMap(({ finished }) => finished ?? []);
  const messages = outcomes.flatMap(({ message }) => message ?? []);
  const next = nextOf(fleet, done, messages.length > 1 ? [`Promote ${messages.length} steps`, '', ...messages].join('\n') : (messages[0] ?? ''));
  const status = problems.length > 0 ? 1 : (outcomes[outcomes.length - 1]?.status ?? 0);
  const lines = nextLines(done, next);
  if (json) {
    const steps = outcomes.flatMap((one) => one.json ?? []);
    printJson(
      all
        ? { ok: status === 0, steps, next, ...(problems.length > 0 ? { problems: locate(problems) } : {}) }
        : { ...steps[0], ...(done.length > 0 ? { next } : {}) },
    );
  } else if (lines.length > 0) print(lines.join('\n'));
  return status;
}

/** Step after step, up to a gate, to the base, or to what stands in the way. */
function everyStep(names: Names, options: PromoteOptions, now: Date): number {
  const outcomes: Outcome[] = [];
  for (;;) {
    const fleet = loadFleet(options.config);
    try {
      const outcome = oneStep(fleet, names, options, now, outcomes.length > 0);
      outcomes.push(outcome);
      if (outcome.isLast) return reported(fleet, outcomes, options);
      if (!options.json) print('');
    } catch (error) {
      // What was done before is done, and told.
      if (!(error instanceof FleetError) || outcomes.length === 0) throw error;
      if (!options.json) printProblems(error.problems);
      return reported(fleet, outcomes, options, error.problems);
    }
  }
}

/** @param hasEntered whether it was let in somewhere in this run: then the base has to wait for the next one */
function oneStep(fleet: RolloutFleet, names: Names, options: PromoteOptions, now: Date, hasEntered = false): Outcome {
  const view = findPatch(fleet, ...names);
  const decision = decide(view.state, decideOptions(fleet, view, options));
  checkApprovals(view, options.approve);
  const isCovered = decision.kind === 'integrate' || (decision.kind === 'refused' && decision.reason === 'older');
  if (isCovered && hasEntered) {
    // The last entry stays a step of its own, so that it can be rolled back before the base has it.
    if (!options.json) print('It covers every target now. The next promotion makes it the base.');
    return { status: 0, isLast: true };
  }
  if (decision.kind === 'refused') throw refusal(view, decision);
  const early = unsoaked(fleet, view, new History(fleet.config), now);
  if (decision.kind === 'enter') {
    const open = decision.gates.filter((path) => !options.approve.includes(path));
    if (open.length > 0) return wait(fleet, view, decision, open, early, options);
  }
  const { proof, folds, edits } = attempt(fleet, view, decision);
  const integration = decision.kind === 'enter' ? inTheEnd(fleet, view, options) : { folds, byHand: [] };
  const rows = [...stepLines(view, decision, view.state.paths), ...foldLines(folds), ...byHandLines(integration), ...soakRows(early)];
  if (!options.json) print([patchTitle(view.state), ...aligned(rows)].join('\n'));
  const json = { ...described(view, decision, folds), byHand: integration.byHand, unsoaked: early };
  if (options.dryRun) {
    if (!options.json) print(`\n${diffText(fleet.fleet.path, proof.changes)}`);
    if (!options.json && options.all) print('\nWith --all it goes on from there: `fleet plan` has every step.');
    return { status: 0, isLast: true, json: { ok: true, dryRun: true, ...json, changes: proof.changes.map(({ path }) => path) } };
  }
  const finished = finish(fleet, edits, proof, options.synth);
  if (!options.json) print(['', ...writtenLines(finished)].join('\n'));
  const message = commitMessage(view, decision);
  return { status: 0, isLast: decision.kind === 'integrate', json: { ok: true, ...json, ...asJson(finished, []) }, finished, message };
}

/** What the last step will come to. */
function inTheEnd(fleet: RolloutFleet, view: PatchView, options: PromoteOptions): Integration {
  return integrationOf(view, finalPaths(view, planOf(view.state, decideOptions(fleet, view, options))));
}

function foldLines(folds: readonly Fold[]): readonly (readonly [string, string])[] {
  return folds.map(({ path, field }) => ['folds', `${field} into the override ${path}, which would win over the base`]);
}

function checkApprovals({ state }: PatchView, approved: readonly string[]): void {
  const known = state.nodes.map(({ path }) => path);
  const wrong = approved.filter((path) => !known.includes(path));
  if (wrong.length === 0) return;
  throw new FleetError(
    wrong.map((path) => ({ code: 'unknown-path', message: `the dimension path '${path}' does not exist`, hint: suggestion(path, known, 'paths') })),
  );
}

function wait(fleet: RolloutFleet, view: PatchView, decision: Entering, open: readonly string[], early: readonly Unsoaked[], options: PromoteOptions): Outcome {
  const { clusterType, app, patch } = view.state;
  const flags = [
    ...[...options.approve, ...open].map((path) => `--approve ${shellWord(path)}`),
    ...(options.level ? [`--level ${shellWord(options.level)}`] : []),
    ...(options.fill ? ['--fill'] : []),
    ...(options.all ? ['--all'] : []),
    ...(options.config === 'config' ? [] : [`--config ${shellWord(options.config)}`]),
    ...(options.synth ? [] : ['--no-synth']),
    ...(options.dryRun ? ['--dry-run'] : []),
  ];
  const command = `npx fleet promote ${[clusterType, app, patch].map(shellWord).join(' ')} ${flags.join(' ')}`;
  if (!options.json) {
    const rows = [...stepLines(view, decision, view.state.paths), ...byHandLines(inTheEnd(fleet, view, options)), ...soakRows(early)];
    print([patchTitle(view.state), ...aligned(rows)].join('\n'));
    print(['', `It waits for somebody to approve ${open.join(' and ')}. Nothing was written. To approve:`, `  ${command}`].join('\n'));
  }
  return { status: waits, isLast: true, json: { ok: false, ...described(view, decision, []), waitsFor: open, command, unsoaked: early } };
}

function refusal(view: PatchView, refused: Refused): FleetError {
  const { clusterType, app, patch, paths, targets } = view.state;
  const command = `fleet promote ${clusterType} ${app} ${patch}`;
  const hints: Readonly<Record<Refused['reason'], string>> = {
    gap: `\`${command} --fill\` enters it first`,
    nowhere: 'write the first path into `rolledOutTo`',
    level: 'name a dimension',
    older: `let '${refused.other}' reach the base first, or take it back: \`fleet rollback ${clusterType} ${app} ${refused.other} --everywhere\``,
    inversion:
      refused.other !== undefined && refused.other < patch
        ? `promote '${refused.other}' first`
        : `the newer '${refused.other}' covers it already: take '${patch}' back, or enter as broadly: \`${command} --level ${view.state.dimensions[0]}\``,
  };
  return new FleetError([
    {
      code: 'rollout',
      message: `'${patch}' cannot go on: ${refusalText(view.state, refused)}`,
      app,
      found: paths.length === 0 ? 'no path' : `it covers ${new Coverage(paths, targets).covered.length} of ${targets.length} targets: ${paths.join(', ')}`,
      hint: hints[refused.reason],
    },
  ]);
}
