import { Command } from 'commander';
import type { PatchView } from '../constructs';
import { FleetError } from '../constructs';
import { movedTo } from '../layers/patch-state';
import { type PlannedStep, planOf } from '../rollout/plan';
import { Edits } from '../store/edit/edits';
import { type Fold, integratePatch } from '../store/edit/patch-edits';
import { recover } from '../store/edit/transaction';
import { type Done, print, printJson } from './print';
import { decideOptions, findPatch, loadFleet } from './rollout/fleet';
import { aligned, patchTitle, refusalText, stepLines } from './rollout/words';

interface Options {
  readonly config: string;
  readonly level?: string;
  readonly fill?: boolean;
  readonly json?: boolean;
}

export function planCommand(done: Done): Command {
  return new Command('plan')
    .description('every remaining step of a patch, up to the base')
    .argument('<cluster-type>', 'the cluster type of the app')
    .argument('<app>', 'the app, or the file of several')
    .argument('<patch>', 'the patch')
    .option('--level <dimension>', "enter nodes of this dimension (default: the fleet's promotionLevel, else the last but one)")
    .option('--fill', 'enter what was left out first')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', '\nWrites nothing.\n\nExample:\n  $ npx fleet plan management-cluster cert-manager patch-001')
    .action((clusterType: string, app: string, patch: string, options: Options) => done(plan([clusterType, app, patch], options)));
}

function plan(names: readonly [string, string, string], { config, json, ...options }: Options): number {
  recover(config);
  const fleet = loadFleet(config);
  const view = findPatch(fleet, ...names);
  const steps = planOf(view.state, decideOptions(fleet, view, options));
  const { obstacle, folds } = integrationOf(view);
  if (json) {
    printJson({ ok: true, ...view.state, nodes: undefined, steps: steps.map((step) => asData(view, step)), folds, byHand: obstacle });
    return 0;
  }
  let before = view.state.paths;
  const lines = steps.flatMap((step, index) => {
    const folded = step.kind === 'integrate' ? folds.map(({ path, field }) => ['folds', `${field} into the override ${path}`] as const) : [];
    const text = aligned([...stepLines(view, step, before), ...folded], '     ');
    if (step.kind === 'enter') before = step.paths;
    return [`${String(index + 1).padStart(3)}. ${(text[0] ?? '').trimStart()}`, ...text.slice(1)];
  });
  print([patchTitle(view.state), '', ...lines, ...(obstacle === undefined ? [] : ['', `The last step has to be done by hand: ${obstacle}`])].join('\n'));
  return 0;
}

/** What the last step would change of overrides, and what of it cannot be written down by the command: told before it comes to that. */
export function integrationOf(view: PatchView): { readonly folds: readonly Fold[]; readonly obstacle?: string } {
  // In the end it sits at the outermost nodes.
  const state = movedTo(
    view.state,
    view.state.nodes.flatMap(({ path, depth }) => (depth === 0 ? [path] : [])),
  );
  try {
    return { folds: integratePatch(new Edits(), state, view.places) };
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    const [problem] = error.problems;
    return { folds: [], obstacle: problem && `${problem.file}:${problem.line}: ${problem.message}; ${problem.hint}` };
  }
}

function asData(view: PatchView, step: PlannedStep): object {
  if (step.kind === 'integrate') return { step: 'integrate' };
  if (step.kind === 'refused') return { step: 'refused', reason: step.reason, text: refusalText(view.state, step), targets: step.targets };
  return {
    step: 'enter',
    path: step.step.path,
    targets: step.step.targets,
    gates: step.gates,
    after: step.paths,
    coalesced: step.coalesced,
    apart: step.apart,
  };
}
