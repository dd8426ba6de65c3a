import { Command } from 'commander';
import { FleetError, type PatchView } from '../constructs';
import { Coverage } from '../layers/coverage';
import { suggestion } from '../layers/nearest';
import { decide, type Entering, type Refused } from '../rollout/decide';
import type { Fold } from '../store/edit/patch-edits';
import { exclusively } from '../store/edit/transaction';
import { type Done, print, printJson } from './print';
import { autoPromote } from './rollout/auto';
import { diffText, finish, finishedLines, quoted } from './rollout/finish';
import { decideOptions, findPatch, loadFleet, type RolloutFleet } from './rollout/fleet';
import { asJson, attempt, commitMessage, described, type PromoteOptions } from './rollout/step';
import { aligned, patchTitle, refusalText, stepLines } from './rollout/words';

/** Exit status of a step that waits for somebody. */
const waits = 3;

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
      if (options.auto) done(autoPromote(options, new Date()));
      else done(promote(clusterType, app, patch, options));
    });
}

function promote(clusterType: string | undefined, app: string | undefined, patch: string | undefined, options: PromoteOptions): number {
  if (clusterType === undefined || app === undefined || patch === undefined) {
    throw new FleetError([{ code: 'rollout', message: 'which patch?', expected: '`fleet promote CLUSTER-TYPE APP PATCH`, or `fleet promote --auto`' }]);
  }
  const names = [clusterType, app, patch] as const;
  if (options.dryRun) return oneStep(loadFleet(options.config), names, options).status;
  return exclusively(options.config, () => {
    for (let hasEntered = false; ; hasEntered = true) {
      const { status, isLast } = oneStep(loadFleet(options.config), names, options, hasEntered);
      if (!options.all || isLast) return status;
    }
  });
}

interface Outcome {
  readonly status: number;
  /** Whether there is no step after it, for now. */
  readonly isLast: boolean;
}

/** @param hasEntered whether it was let in somewhere in this run: then the base has to wait for the next one */
function oneStep(fleet: RolloutFleet, names: readonly [string, string, string], options: PromoteOptions, hasEntered = false): Outcome {
  const view = findPatch(fleet, ...names);
  const decision = decide(view.state, decideOptions(fleet, view, options));
  if (decision.kind === 'refused') throw refusal(view, decision);
  if (decision.kind === 'integrate' && hasEntered) {
    // The last entry stays a step of its own, so that it can be rolled back before the base has it.
    if (!options.json) print('\nIt covers every target now. The next promotion makes it the base.');
    return { status: 0, isLast: true };
  }
  if (decision.kind === 'enter') {
    checkApprovals(view, options.approve);
    const open = decision.gates.filter((path) => !options.approve.includes(path));
    if (open.length > 0) return { status: wait(view, decision, open, options), isLast: true };
  }
  const { proof, folds, edits } = attempt(fleet, view, decision);
  const before = view.state.paths;
  if (!options.json) print([patchTitle(view.state), ...aligned([...stepLines(view, decision, before), ...foldLines(folds)])].join('\n'));
  if (options.dryRun) {
    if (options.json) printJson({ ok: true, dryRun: true, ...described(view, decision, folds), changes: proof.changes.map(({ path }) => path) });
    else print(proof.changes.length === 0 ? '\nNo manifest changes.' : `\n${diffText(fleet.fleet.path, proof.changes)}`);
    return { status: 0, isLast: true };
  }
  const finished = finish(fleet, edits, proof, commitMessage(view, decision), options.synth);
  if (options.json) printJson({ ok: true, ...described(view, decision, folds), ...asJson(finished) });
  else print(['', ...finishedLines(fleet.fleet.path, finished)].join('\n'));
  return { status: 0, isLast: decision.kind === 'integrate' };
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

function wait(view: PatchView, decision: Entering, open: readonly string[], { approve, json, ...options }: PromoteOptions): number {
  const { clusterType, app, patch } = view.state;
  const flags = [
    ...[...approve, ...open].map((path) => `--approve ${quoted(path)}`),
    ...(options.level ? [`--level ${options.level}`] : []),
    ...(options.fill ? ['--fill'] : []),
    ...(options.all ? ['--all'] : []),
    ...(options.config === 'config' ? [] : [`--config ${quoted(options.config)}`]),
    ...(options.synth ? [] : ['--no-synth']),
    ...(options.dryRun ? ['--dry-run'] : []),
  ];
  const command = `npx fleet promote ${clusterType} ${app} ${patch} ${flags.join(' ')}`;
  if (json) printJson({ ok: false, ...described(view, decision, []), waitsFor: open, command });
  else {
    print([patchTitle(view.state), ...aligned(stepLines(view, decision, view.state.paths))].join('\n'));
    print(['', `It waits for somebody to approve ${open.join(' and ')}. Nothing was written. To approve:`, `  ${command}`].join('\n'));
  }
  return waits;
}

function refusal(view: PatchView, refused: Refused): FleetError {
  const { clusterType, app, patch, paths, targets } = view.state;
  const command = `fleet promote ${clusterType} ${app} ${patch}`;
  const hints: Readonly<Record<Refused['reason'], string>> = {
    gap: `\`${command} --fill\` enters it first`,
    nowhere: 'write the first path into `rolledOutTo`',
    level: 'name a dimension',
    older: `let '${refused.other}' reach the base first, or take it back`,
    inversion: `promote '${refused.other}' first`,
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
