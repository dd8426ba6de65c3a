import { locate } from '../../../store/read/locate';
import type { PromoteFlags } from '../../prepare/prepare-promotion';
import type { BranchesEnd, BranchesPrinter, ProposedBranch } from '../../write/promote-branches';
import { printWaiting } from '../every-patch-printer';
import { codeSpan } from '../formats/markdown';
import { patchTitle } from '../patch-words';
import { print, printJson, printProblems } from '../print';
import { rollbackRows } from '../rollback-printer';
import { aligned, type Row } from '../rows';
import { backData, evidenceData, stepData } from '../step-data';
import { evidenceRows, stepRows } from '../step-rows';
import { requestBody } from './request-body';

/** What became of a branch, in words. */
const words = { new: 'new', updated: 'made anew', unchanged: 'unchanged' } as const;

/** Shows each branch to people when it is made, and at the end what waits. */
export function branchesText({ dryRun }: PromoteFlags): BranchesPrinter {
  return {
    proposed: (branch) => print(`${[titleOf(branch), ...aligned([...rowsOf(branch), ['branch', branchText(branch)]])].join('\n')}\n`),
    failed: printProblems,
    ended: ({ branches, waiting, obsolete, next, problems }) => {
      print(branches.length === 0 ? 'Nothing moves.' : dryRun ? `${branchCount(branches)} would be made.` : countText(branches));
      printWaiting(waiting);
      if (obsolete.length > 0) print(['', 'Obsolete:', ...obsolete.map(obsoleteLine)].join('\n'));
      if (next.length > 0) print(['', 'Next:', ...next.map((line) => `  ${line}`)].join('\n'));
      printProblems(problems);
    },
  };
}

function titleOf({ message, own }: ProposedBranch): string {
  if (own === undefined) return message.split('\n')[0] ?? '';
  return patchTitle(('step' in own ? own.step : own.prepared).view.state);
}

function rowsOf({ own }: ProposedBranch): readonly Row[] {
  if (own === undefined) return [];
  if ('prepared' in own) return [...rollbackRows(own.prepared), ...evidenceRows(own.evidence)];
  const { view, decision } = own.step;
  return [...stepRows(view, decision, view.state.paths), ...evidenceRows(own.evidence)];
}

function branchText({ name, made }: ProposedBranch): string {
  return made === undefined ? name : `${name} (${words[made.became]}, ${made.commit.slice(0, 12)})`;
}

function branchCount({ length }: readonly ProposedBranch[]): string {
  return length === 1 ? '1 branch' : `${length} branches`;
}

/** `3 branches: 1 new, 2 unchanged.` */
function countText(branches: readonly ProposedBranch[]): string {
  const counts = (['new', 'updated', 'unchanged'] as const).flatMap((became) => {
    const count = branches.filter(({ made }) => made?.became === became).length;
    return count === 0 ? [] : [`${count} ${words[became]}`];
  });
  return `${branchCount(branches)}: ${counts.join(', ')}.`;
}

function obsoleteLine({ name, reason, deleted }: BranchesEnd['obsolete'][number]): string {
  return `  ${name}${deleted === undefined ? '' : ` (deleted; it was at ${deleted.slice(0, 12)})`}: ${reason}`;
}

/** One document for programs, at the end. @param now what the clock says */
export function branchesJson(flags: PromoteFlags, now: Date): BranchesPrinter {
  return {
    proposed: () => undefined,
    failed: () => undefined,
    ended: ({ fleet, base, branches, waiting, obsolete, next, problems }) => {
      const all = branches.map((branch) => ({
        name: branch.name,
        title: branch.message.split('\n')[0],
        body: requestBody(branch, { fleet, base, flags, now }),
        ...(branch.made === undefined ? { dryRun: true } : { commit: branch.made.commit, became: branch.made.became }),
        ...dataOf(branch),
      }));
      printJson({
        ok: problems.length === 0,
        base,
        branches: all,
        waiting,
        obsolete: obsolete.map(withNote),
        next,
        ...(problems.length > 0 ? { problems: locate(problems) } : {}),
      });
    },
  };
}

/** With what its request is told, in Markdown. */
function withNote(branch: BranchesEnd['obsolete'][number]): object {
  return { ...branch, note: `**Closed by the pipeline**, for nobody would make this step now: ${codeSpan(branch.reason)}` };
}

function dataOf({ own }: ProposedBranch): object {
  if (own === undefined) return { step: 'record' };
  if ('prepared' in own) return { ...backData(own.prepared), step: 'back', ...evidenceData(own.evidence) };
  return { ...stepData(own.step.view, own.step.decision, own.step.folds), ...evidenceData(own.evidence) };
}
