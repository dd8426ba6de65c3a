import { join } from 'node:path';
import { withoutTimes } from '../../changes/judge/statements';
import { FleetError, type PatchView, type Problem } from '../../constructs';
import { getOr } from '../../layers/get-or';
import { requestedFiles } from '../../store/code/config-modules';
import { journalPlace } from '../../store/files/journal-place';
import { realPath } from '../../store/git/find-repository';
import { type CommittedFile, type MadeBranch, type ObsoleteBranch, StepBranches } from '../../store/git/writing/step-branches';
import { outputPlace } from '../../store/output/output-place';
import {
  changeOf,
  keepingOthers,
  type OwnStep,
  OwnSteps,
  type OwnWayBack,
  recordsOf,
  type Staying,
  type WaitingPatch,
  waitingPatch,
} from '../prepare/automatic/own-steps';
import type { PromoteFlags } from '../prepare/prepare-promotion';
import { type LoadedFleet, loadFleet } from '../read/load-fleet';
import { changedFiles, expectAlone, type RenderedNow, renderedNow, textsAfter } from './changed-files';
import { pushCommands } from './commit-commands';
import { commitMessage } from './commit-message';

/** A branch that was made, or stays because it is the same; or with `--dry-run` would be made. */
export interface ProposedBranch {
  readonly name: string;
  /** The message of its commit. */
  readonly message: string;
  /** What it does. @default - it records what evidence says, and changes nothing */
  readonly own?: OwnStep | OwnWayBack;
  /** @default - nothing was made: `--dry-run` */
  readonly made?: Exclude<MadeBranch, { readonly became: 'left' }>;
}

/** A patch that waits, with the branch on which a step of its app is proposed. */
export interface WaitingForBranch extends WaitingPatch {
  readonly branch: string;
}

export interface BranchesEnd {
  /** The fleet that all of it is decided on. */
  readonly fleet: LoadedFleet;
  /** The commit that each branch begins at. */
  readonly base: string;
  readonly branches: readonly ProposedBranch[];
  readonly waiting: readonly WaitingForBranch[];
  readonly obsolete: readonly (ObsoleteBranch & { readonly reason: string })[];
  /** Commands to run next. */
  readonly next: readonly string[];
  /** Why some could not be made. */
  readonly problems: readonly Problem[];
}

/** Shows what `fleet promote --auto --branches` does, in the order in which it does it. */
export interface BranchesPrinter {
  proposed(branch: ProposedBranch): void;
  /** A patch cannot be moved. */
  failed(problems: readonly Problem[]): void;
  ended(end: BranchesEnd): void;
}

interface Run {
  readonly fleet: LoadedFleet;
  readonly flags: PromoteFlags;
  readonly printer: BranchesPrinter;
  readonly steps: OwnSteps;
  readonly branches: StepBranches;
  readonly rendered: RenderedNow;
  readonly proposed: ProposedBranch[];
  readonly staying: Staying[];
  readonly problems: Problem[];
  /** Names of branches that are not obsolete. */
  readonly kept: Set<string>;
}

/**
 * Makes a branch of each app with a patch that may move: of the last commit, and with one commit that makes one step. What is checked
 * out stays as it is, so that no step knows of another.
 *
 * @param now what the clock says
 */
export function promoteOnBranches(flags: PromoteFlags, now: Date, printer: BranchesPrinter): number {
  // What a killed command leaves there, the next one removes.
  const scratch = join(journalPlace(realPath(flags.config)), 'branch');
  const branches = StepBranches.begin({ config: flags.config, scratch, alike: withoutTimes, dryRun: flags.dryRun });
  const fleet = loadFleet(flags.config);
  const dir = outputPlace(flags.config, fleet.fleet.path);
  branches.expectCleanBelow([flags.config, dir], requestedFiles());
  const known = { steps: new OwnSteps(fleet, flags, now), rendered: renderedNow(dir, fleet) };
  const run: Run = { fleet, flags, printer, branches, ...known, proposed: [], staying: [], problems: [], kept: new Set() };
  for (const views of patchesByApp(fleet)) proposeStep(views, run);
  const records = recordsOf(run.staying);
  if (records.length > 0) recordAlone(records, run);
  const waiting = run.staying.map((one) => ({ ...waitingPatch(fleet, one), branch: branchOf(one.view, run) }));
  const obsolete = branches.obsolete(run.kept, !flags.dryRun).map((one) => ({ ...one, reason: reasonOf(one.name, waiting, branches) }));
  const unpushed = run.proposed.flatMap(({ name, made }) => (made === undefined || branches.isPushed(name, made.commit) ? [] : [name]));
  const next = pushCommands(branches.top, unpushed);
  printer.ended({ fleet, base: branches.base, branches: run.proposed, waiting, obsolete, next, problems: run.problems });
  return run.problems.length > 0 ? 1 : 0;
}

/** In sequence of the apps, and of their patches. */
function patchesByApp({ patches }: LoadedFleet): Iterable<readonly PatchView[]> {
  const apps = new Map<string, PatchView[]>();
  for (const view of patches) getOr(apps, `${view.state.clusterType}/${view.state.app}`, () => []).push(view);
  return apps.values();
}

/** One step of an app at a time: of two in one commit nobody could tell apart what each does. What takes something back goes first. */
function proposeStep(views: readonly PatchView[], run: Run): void {
  const { fleet, printer, steps, staying } = run;
  const outcomes = views.map((view) => ({ view, outcome: keepingOthers(view, printer.failed, () => steps.of(fleet, view)) }));
  const first = outcomes.find(({ outcome }) => 'prepared' in outcome) ?? outcomes.find(({ outcome }) => !('reason' in outcome));
  for (const { view, outcome } of outcomes) {
    if ('reason' in outcome) staying.push(outcome);
    // What was seen of it is on record all the same.
    else if (view !== first?.view) {
      const does = 'prepared' in outcome ? 'is taken back' : 'goes on';
      const reason = `it ${does} after ${first?.view.state.patch}, whose step is on the branch ${branchOf(view, run)}`;
      staying.push({ view, reason, evidence: outcome.evidence });
    } else {
      const kept = keepingOthers(view, printer.failed, () => proposeOwn(view, outcome, run));
      if (kept !== undefined) staying.push({ ...kept, evidence: outcome.evidence });
    }
  }
}

/** @returns why there is no branch of it, where there is none @throws FleetError (`commit`) where its commit would hold anything else */
function proposeOwn(view: PatchView, own: OwnStep | OwnWayBack, run: Run): Staying | undefined {
  const change = changeOf(own);
  const name = branchOf(view, run);
  run.kept.add(name);
  const files = changedFiles(run.fleet, change, run.rendered);
  expectAlone(run.branches, files);
  const rendered = [...textsAfter(change.proof, files.own)].map(([path, text]) => ({ path: join(run.rendered.dir, path), text }));
  const why = propose({ name, message: commitMessage([change]), own }, [...change.edits.files, ...rendered], run);
  return why === undefined ? undefined : { view, reason: why };
}

/** @returns why the branch is not made, where it is not */
function propose(branch: Omit<ProposedBranch, 'made'>, files: readonly CommittedFile[], run: Run): string | undefined {
  const { branches, flags, kept, printer, problems, proposed } = run;
  kept.add(branch.name);
  let made: MadeBranch | undefined;
  try {
    made = flags.dryRun ? undefined : branches.make({ ...branch, files });
  } catch (error) {
    // What Git refuses of one, it may take of the others.
    if (!(error instanceof FleetError)) throw error;
    problems.push(...error.problems);
    return error.problems[0]?.message ?? 'Git did not make its branch';
  }
  if (made?.became === 'left') return made.why;
  const all = { ...branch, ...(made === undefined ? {} : { made }) };
  proposed.push(all);
  printer.proposed(all);
  return undefined;
}

/** What was seen and belongs to no step. */
function recordAlone(records: readonly string[], run: Run): void {
  const why = propose({ name: run.branches.evidence, message: commitMessage([], 'patches', records) }, [], run);
  if (why !== undefined && run.problems.length === 0)
    run.problems.push({ code: 'commit', message: why, place: [], hint: 'what evidence says is not on record' });
}

function branchOf({ state: { clusterType, app } }: PatchView, { branches }: Run): string {
  return branches.nameOf(clusterType, app);
}

function reasonOf(name: string, waiting: readonly WaitingForBranch[], { evidence }: StepBranches): string {
  if (name === evidence) return 'nothing has to be on record any more';
  const alike = new Map<string, string[]>();
  for (const { branch, patch, reason } of waiting) if (branch === name) getOr(alike, reason, () => []).push(patch);
  return alike.size === 0 ? 'no patch of it is in flight' : [...alike].map(([reason, patches]) => `${patches.join(', ')}: ${reason}`).join('; ');
}
