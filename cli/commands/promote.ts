import { Command, Option } from 'commander';
import { FleetError } from '../../constructs';
import type { PromoteFlags } from '../prepare/prepare-promotion';
import { branchesJson, branchesText } from '../print/branches/branches-printer';
import { everyPatchJson, everyPatchText } from '../print/every-patch-printer';
import type { Done } from '../print/print';
import { promotionJson } from '../print/promotion-json';
import { promotionText } from '../print/promotion-text';
import { collected } from '../read/collected';
import { runWriting } from '../run-alone';
import { promoteOnBranches } from '../write/promote-branches';
import { promoteEveryPatch } from '../write/promote-every-patch';
import { promoteAll, promoteOnce } from '../write/promote-steps';
import { withCommitOption, withWriteOptions } from '../write-options';

/** As far as the command line has them. */
type Names = readonly (string | undefined)[];

export function promoteCommand(done: Done): Command {
  return withCommitOption(
    withWriteOptions(
      new Command('promote')
        .description('move a patch one step along the sequence, or straight to a node, and prove that nothing but the entered targets changes')
        .argument('[cluster-type]', 'the cluster type of the app')
        .argument('[app]', 'the app, or the file of several')
        .argument('[patch]', 'the patch')
        .option('--level <dimension>', "enter a node of this dimension (default: the fleet's promotionLevel, else the last but one)")
        .option('--approve <path>', 'a manual node, or rank, that may be entered (repeatable)', collected, [])
        .option('--fill', 'enter what was left out first')
        .option('--downgrade', 'versions may go back: that is meant')
        .addOption(
          new Option('--hotfix <path>', 'straight to this node, past what lies between, through its gates').conflicts(['fill', 'all', 'auto', 'level']),
        )
        .option('--manifests', 'with --dry-run: the objects of charts that are not opened, too, rendered with Helm before and after')
        .option('--all', 'go on until a gate or the base')
        .option('--auto', 'one step for every patch that needs nobody, has soaked and is good by evidence')
        .option('--branches', 'with --auto: each step a commit on a branch of its own; nothing that is checked out changes')
        .option('--despite <reason>', 'go on although evidence is not good, or a rule asks about what becomes of objects, for this reason')
        .option('--rollback-on-bad', 'with --auto: take a patch back from what it entered last where evidence is bad'),
      'the plan and the change of the manifests',
    ),
  )
    .addHelpText(
      'after',
      '\nExit status 3 where a step waits for an approval.\n\nExample:\n  $ npx fleet promote management-cluster cert-manager patch-001 --dry-run',
    )
    .action((clusterType: string | undefined, app: string | undefined, patch: string | undefined, flags: PromoteFlags) => {
      if (flags.manifests && (!flags.dryRun || flags.auto)) throw needsDryRun();
      expectFlags(flags);
      const names = [clusterType, app, patch];
      const run = flags.auto ? everyPatch(names, flags, new Date()) : onePatch(names, flags, new Date());
      done(runWriting(flags, run));
    });
}

function needsDryRun(): FleetError {
  return new FleetError([
    {
      code: 'rollout',
      message: '`--manifests` shows what a step of one patch changes',
      expected: '`--dry-run` beside it, and the names of the patch',
      hint: 'nothing was written',
    },
  ]);
}

/** What is about evidence is a person's word, or a pipeline's; and branches are a pipeline's. */
function expectFlags({ auto, branches, commit, despite, rollbackOnBad, synth }: PromoteFlags): void {
  const refuse = (message: string, expected: string) => new FleetError([{ code: 'rollout', message, expected, hint: 'nothing was written' }]);
  if (despite !== undefined && auto) throw refuse("`--auto` goes on by evidence, and by nobody's word", '`--despite` with the names of a patch');
  if (despite?.trim() === '') throw refuse('`--despite` is empty', 'why the patch goes on all the same');
  if (branches && !auto) throw refuse('`--branches` is about what moves by itself', '`fleet promote --auto --branches`');
  if (branches && commit)
    throw refuse('`--branches` makes a commit of each step on a branch of its own, and `--commit` one of all where you are', 'one of the two');
  if (branches && !synth) throw refuse('`--branches` commits what each step renders', '`fleet promote --auto --branches` without `--no-synth`');
  if (rollbackOnBad && !auto) throw refuse('`--rollback-on-bad` is about what moves by itself', '`fleet promote --auto --rollback-on-bad`');
}

function onePatch([clusterType, app, patch]: Names, flags: PromoteFlags, now: Date): () => number {
  if (clusterType === undefined || app === undefined || patch === undefined) {
    throw new FleetError([{ code: 'rollout', message: 'which patch?', expected: '`fleet promote CLUSTER-TYPE APP PATCH`, or `fleet promote --auto`' }]);
  }
  const request = { names: [clusterType, app, patch] as const, flags, now };
  const promote = flags.all && !flags.dryRun ? promoteAll : promoteOnce;
  return () => promote(request, flags.json ? promotionJson(flags) : promotionText(flags));
}

function everyPatch(names: Names, flags: PromoteFlags, now: Date): () => number {
  if (names[0] !== undefined || flags.approve.length > 0 || flags.all) {
    const message = '`--auto` moves every patch by one step, through no manual gate: it takes no names, no --approve and no --all';
    throw new FleetError([{ code: 'rollout', message, expected: '`fleet promote --auto`' }]);
  }
  if (flags.branches) return () => promoteOnBranches(flags, now, flags.json ? branchesJson(flags, now) : branchesText(flags));
  return () => promoteEveryPatch(flags, now, flags.json ? everyPatchJson() : everyPatchText(flags));
}
