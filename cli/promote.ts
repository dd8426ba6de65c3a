import { Command } from 'commander';
import { FleetError, type PatchView } from '../constructs';
import { Coverage } from '../layers/coverage';
import { suggestion } from '../layers/nearest';
import { decide, type Entering, type Refused } from '../rollout/decide';
import type { Fold } from '../store/edit/patch-edits';
import { locate } from '../store/locate';
import { type Done, print, printJson } from './print';
import { alone, settled } from './rollout/alone';
import { autoPromote } from './rollout/auto';
import { diffText, finish, finishedLines, quoted } from './rollout/finish';
import { decideOptions, findPatch, loadFleet, type RolloutFleet } from './rollout/fleet';
import { byHandLines, integrationOf } from './rollout/integration';
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
      else done(promote(clusterType, app, patch, options));
    });
}

type Names = readonly [clusterType: string, app: string, patch: string];

function promote(clusterType: string | undefined, app: string | undefined, patch: string | undefined, options: PromoteOptions): number {
  if (clusterType === undefined || app === undefined || patch === undefined) {
    throw new FleetError([{ code: 'rollout', message: 'which patch?', expected: '`fleet promote CLUSTER-TYPE APP PATCH`, or `fleet promote --auto`' }]);
  }
  const names = [clusterType, app, patch] as const;
  if (options.dryRun) return settled(options.config, () => reported(oneStep(loadFleet(options.config), names, options), options).status);
  return alone(options.config, () => (options.all ? everyStep(names, options) : reported(oneStep(loadFleet(options.config), names, options), options).status));
}

/** What a step came to. */
interface Outcome {
  readonly status: number;
  /** Whether there is no step after it, for now. */
  readonly isLast: boolean;
  /** @default - there is nothing to tell */
  readonly json?: object;
}

function reported(outcome: Outcome, { json }: PromoteOptions): Outcome {
  if (json && outcome.json) printJson(outcome.json);
  return outcome;
}

/** Step after step, up to a gate, to the base, or to what stands in the way. */
function everyStep(names: Names, options: PromoteOptions): number {
  const steps: object[] = [];
  for (;;) {
    let outcome: Outcome;
    try {
      outcome = oneStep(loadFleet(options.config), names, options, steps.length > 0);
    } catch (error) {
      // What was done before is done, and told.
      if (!(error instanceof FleetError) || !options.json || steps.length === 0) throw error;
      printJson({ ok: false, steps, problems: locate(error.problems) });
      return 1;
    }
    const { status, isLast, json } = outcome;
    if (json) steps.push(json);
    if (isLast) {
      if (options.json) printJson({ ok: status === 0, steps });
      return status;
    }
    if (!options.json) print('');
  }
}

/** @param hasEntered whether it was let in somewhere in this run: then the base has to wait for the next one */
function oneStep(fleet: RolloutFleet, names: Names, options: PromoteOptions, hasEntered = false): Outcome {
  const view = findPatch(fleet, ...names);
  const decision = decide(view.state, decideOptions(fleet, view, options));
  checkApprovals(view, options.approve);
  if (decision.kind === 'refused') throw refusal(view, decision);
  if (decision.kind === 'integrate' && hasEntered) {
    // The last entry stays a step of its own, so that it can be rolled back before the base has it.
    if (!options.json) print('It covers every target now. The next promotion makes it the base.');
    return { status: 0, isLast: true };
  }
  if (decision.kind === 'enter') {
    const open = decision.gates.filter((path) => !options.approve.includes(path));
    if (open.length > 0) return wait(view, decision, open, options);
  }
  const { proof, folds, edits } = attempt(fleet, view, decision);
  const integration = decision.kind === 'enter' ? integrationOf(view) : { folds, byHand: [] };
  const rows = [...stepLines(view, decision, view.state.paths), ...foldLines(folds), ...byHandLines(integration)];
  if (!options.json) print([patchTitle(view.state), ...aligned(rows)].join('\n'));
  const json = { ...described(view, decision, folds), byHand: integration.byHand };
  if (options.dryRun) {
    if (!options.json) print(`\n${diffText(fleet.fleet.path, proof.changes)}`);
    if (!options.json && options.all) print('\nWith --all it goes on from there: `fleet plan` has every step.');
    return { status: 0, isLast: true, json: { ok: true, dryRun: true, ...json, changes: proof.changes.map(({ path }) => path) } };
  }
  const finished = finish(fleet, edits, proof, commitMessage(view, decision), options.synth);
  if (!options.json) print(['', ...finishedLines(fleet.fleet.path, finished)].join('\n'));
  return { status: 0, isLast: decision.kind === 'integrate', json: { ok: true, ...json, ...asJson(finished) } };
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

function wait(view: PatchView, decision: Entering, open: readonly string[], options: PromoteOptions): Outcome {
  const { clusterType, app, patch } = view.state;
  const flags = [
    ...[...options.approve, ...open].map((path) => `--approve ${quoted(path)}`),
    ...(options.level ? [`--level ${quoted(options.level)}`] : []),
    ...(options.fill ? ['--fill'] : []),
    ...(options.all ? ['--all'] : []),
    ...(options.config === 'config' ? [] : [`--config ${quoted(options.config)}`]),
    ...(options.synth ? [] : ['--no-synth']),
    ...(options.dryRun ? ['--dry-run'] : []),
  ];
  const command = `npx fleet promote ${[clusterType, app, patch].map(quoted).join(' ')} ${flags.join(' ')}`;
  if (!options.json) {
    const rows = [...stepLines(view, decision, view.state.paths), ...byHandLines(integrationOf(view))];
    print([patchTitle(view.state), ...aligned(rows)].join('\n'));
    print(['', `It waits for somebody to approve ${open.join(' and ')}. Nothing was written. To approve:`, `  ${command}`].join('\n'));
  }
  return { status: waits, isLast: true, json: { ok: false, ...described(view, decision, []), waitsFor: open, command } };
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
