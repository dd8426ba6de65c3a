import { Command } from 'commander';
import { planPromotions } from '../../rollout/plan-promotions';
import { finalPaths, integrationOf } from '../prepare/integration';
import { planData, planText } from '../print/plan-text';
import { type Done, print, printJson } from '../print/print';
import { findPatch, type PatchNames } from '../read/find-patch';
import { loadFleet } from '../read/load-fleet';
import { promotionOptions, type StepFlags } from '../read/patches/promotion-options';
import { runSettled } from '../run-alone';

interface PlanFlags extends StepFlags {
  readonly config: string;
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
    .action((clusterType: string, app: string, patch: string, flags: PlanFlags) =>
      done(runSettled(flags.config, () => plan([clusterType, app, patch], flags, new Date()))),
    );
}

function plan(names: PatchNames, flags: PlanFlags, now: Date): number {
  const fleet = loadFleet(flags.config);
  const view = findPatch(fleet, names);
  const steps = planPromotions(view.state, promotionOptions(fleet, view, flags, now));
  const integration = integrationOf(view, finalPaths(view, steps));
  if (flags.json) printJson({ ok: true, ...planData(view, steps, integration) });
  else print(planText(view, steps, integration));
  return 0;
}
