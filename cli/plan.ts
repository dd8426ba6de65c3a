import { Command } from 'commander';
import type { PatchView } from '../constructs';
import { type PlannedStep, planOf } from '../rollout/plan';
import { type Done, print, printJson } from './print';
import { settled } from './rollout/alone';
import { decideOptions, findPatch, loadFleet } from './rollout/fleet';
import { finalPaths, type Integration, integrationOf } from './rollout/integration';
import { aligned, labelWidth, patchTitle, type Row, refusalText, stepLines } from './rollout/words';

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
    .action((clusterType: string, app: string, patch: string, options: Options) =>
      done(settled(options.config, () => plan([clusterType, app, patch], options))),
    );
}

function plan(names: readonly [string, string, string], { config, json, ...options }: Options): number {
  const fleet = loadFleet(config);
  const view = findPatch(fleet, ...names);
  const steps = planOf(view.state, decideOptions(fleet, view, options));
  const integration = integrationOf(view, finalPaths(view, steps));
  if (json) printJson({ ok: true, ...view.state, nodes: undefined, steps: steps.map((step) => asData(view, step)), ...integration });
  else print([patchTitle(view.state), '', ...numbered(rowsOf(view, steps, integration))].join('\n'));
  return 0;
}

/** The rows of every step. */
function rowsOf(view: PatchView, steps: readonly PlannedStep[], { folds, byHand }: Integration): readonly (readonly Row[])[] {
  let before = view.state.paths;
  return steps.map((step) => {
    const rows = stepLines(view, step, before);
    if (step.kind === 'enter') before = step.paths;
    if (step.kind !== 'integrate') return rows;
    return [
      ...rows,
      ...folds.map(({ path, field }) => ['folds', `${field} into the override ${path}`] as const),
      ...byHand.map((text) => ['by hand', text] as const),
    ];
  });
}

function numbered(steps: readonly (readonly Row[])[]): readonly string[] {
  const width = labelWidth(steps.flat());
  return steps.flatMap((rows, index) => {
    const [first = '', ...others] = aligned(rows, '     ', width);
    return [`${String(index + 1).padStart(3)}. ${first.trimStart()}`, ...others];
  });
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
