import { type JudgeRequest, judge, type Verdict } from '../../../changes/judge/judge';
import { lawOf } from '../../../changes/judge/law';
import type { Rule } from '../../../changes/judge/rule';
import { besideObjects, objectRules, ownRules } from '../../../changes/judge/rules';
import { type BrokenStatement, statementsIn, statementsOfNoNode } from '../../../changes/judge/statements';
import type { State } from '../../../changes/state';
import type { AnyFleet, FleetError, FleetOutput } from '../../../constructs';
import type { CommitInfo } from '../../../store/git/commit-info';
import { Revisions } from '../../../store/git/revisions';
import { outputDir } from '../../../store/output/output-place';
import { noOutput } from '../../../store/state/blobs';
import { shortCommit } from '../../../store/state/git-state';
import { type MomentOptions, renderersOf } from '../manifests/moments';
import { switchedApps } from '../manifests/switched-apps';
import { mayPass, withManifests } from '../manifests/with-manifests';
import { nodePaths } from '../node-paths';
import { configState } from '../state/config-state';
import { gitState, leftOutput } from '../state/git-state';
import { outputStates } from '../state/output-states';
import { commitName } from './commit-name';
import { evidenceNotes } from './evidence-notes';
import { gitPast } from './git-past';
import { stepsSince } from './judged-steps';

/** A change, and what the rules say of it. */
export interface JudgedStep {
  /** @default - it is not committed */
  readonly commit?: CommitInfo;
  readonly verdicts: readonly Verdict[];
  readonly broken: readonly BrokenStatement[];
}

/** All changes since a commit. */
export interface Judgement {
  /** `main (1a2b3c4)` */
  readonly since: string;
  readonly topology: State['fleet']['topology'];
  /** Those that change the rendered fleet, the oldest first. */
  readonly steps: readonly JudgedStep[];
  /** What there is to say of how they were judged, each a sentence. */
  readonly notes: readonly string[];
}

export interface JudgeOptions {
  readonly config: string;
  readonly fleet: AnyFleet;
  readonly output: FleetOutput;
  readonly since: string;
  /** Whether everything is judged as one change. */
  readonly asOne: boolean;
  /** Rules beside ours. */
  readonly rules: readonly Rule[];
  /** What the clock says. */
  readonly now: Date;
  /** What charts are told whose objects are to be judged, though Git does not hold them at both moments. @default - they are not */
  readonly manifests?: MomentOptions;
}

/** Judges everything that changed since a commit, what is not committed included. @throws FleetError (`unknown-revision`, `no-history`, `no-output`) */
export function judgeSince({ config, fleet, output, since, asOne, rules: others, now, manifests }: JudgeOptions): Judgement {
  const revisions = new Revisions(config);
  const { repository } = revisions;
  const { base, head, steps, notes } = stepsSince(revisions, since, asOne);
  const place = { config, path: fleet.path, dimensions: fleet.dimensions.map(({ singular }) => singular), sequence: nodePaths(fleet) };
  const states = outputStates(repository, { config, fleet });
  const folder = outputDir(config, fleet.path);
  const known = new Map<string, State>();
  const stateOf = (hash: string) => {
    // Most commits change no output: what is the same tree is one state.
    const inside = repository.tryInside(folder);
    const tree = repository.tryText('rev-parse', ['--verify', '--quiet', `${hash}:${inside}`])?.trim() || hash;
    const found = known.get(tree) ?? gitState(repository, { text: hash, hash }, place, { mayBeEmpty: true });
    known.set(tree, found);
    return found;
  };
  const [first, configured] = [stateOf(base.hash), configState(output, { like: base.hash })];
  const { topology } = configured.fleet;
  const name = base.hash.startsWith(base.text) ? shortCommit(base.hash) : `${base.text} (${shortCommit(base.hash)})`;
  const judgement = { since: name, topology };
  if (first.targets.size === 0) {
    const left = leftOutput(repository, base, place);
    if (left !== undefined) throw hasLeft(name, left, folder);
    return { ...judgement, steps: [], notes: [...notes, `nothing was rendered in ${judgement.since}: there is nothing to compare with`] };
  }
  const laws = [first.fleet, configured.fleet].filter(({ law }) => law !== undefined).map(lawOf);
  const rules = [...ownRules, ...others];
  const past = (from: string) => gitPast({ repository, folder, from, topology, stateAt: states.tryAt });
  const unseen = new Set<string>();
  // What is opened and closed again is followed from commit to commit: between them Git does not hold what becomes of its objects.
  const all = () => [first, ...steps.flatMap(({ from, to }) => [stateOf(from), stateOf(to)]), stateOf(head.hash), configured];
  const only = manifests?.ofOpenedAlone ? switchedApps(all()) : undefined;
  // What is rendered to be looked at is judged by what it is, and by nothing that asks since when it was there.
  const verdictsOf = (request: Omit<JudgeRequest, 'rules'>, from: string, to?: string): readonly Verdict[] => {
    if (!manifests || mayPass({ only })) return judge({ ...request, rules });
    const renderers = renderersOf({ config, path: fleet.path, repository, from, to }, manifests);
    const [before, after] = withManifests(request.before, request.after, { ...manifests, ...renderers, only });
    for (const note of after.notes ?? []) unseen.add(note);
    return [...judge({ ...request, rules: besideObjects(rules) }), ...judge({ ...request, before, after, rules: objectRules })];
  };
  const judged: JudgedStep[] = [];
  for (const { from, to, commit, commits, messages } of steps) {
    const { statements, evidence, broken: unread } = statementsIn(messages);
    const [before, after] = [stateOf(from), stateOf(to)];
    const broken = [...unread, ...statementsOfNoNode(statements, [before.fleet, after.fleet])];
    // A chart in a folder changes what comes of it, and no output.
    if (before === after && broken.length === 0 && (!manifests || only?.size === 0)) continue;
    const request = {
      before,
      after,
      laws,
      statements,
      evidence,
      past: past(from),
      now: timeOf(commit, head.hash, now),
      source: { name: commitName({ commit }), commits },
    };
    const verdicts = verdictsOf(request, from, to);
    if (before !== after || broken.length > 0 || verdicts.length > 0) judged.push({ commit, verdicts, broken });
  }
  const uncommitted = verdictsOf(
    {
      before: stateOf(head.hash),
      after: configured,
      laws,
      statements: [],
      past: past(head.hash),
      now: now.getTime(),
      source: { name: commitName({}), commits: [] },
    },
    head.hash,
  );
  if (uncommitted.length > 0) judged.push({ verdicts: uncommitted, broken: [] });
  const judging = evidenceNotes(output, { config, inside: repository.tryInside(folder) ?? folder }, repository, [base.hash, head.hash]);
  const unrecorded = first.fleet.law === undefined ? [`${judgement.since} recorded no gates, soaks and freezes: those of the working tree count`] : [];
  return { ...judgement, steps: judged, notes: [...new Set([...notes, ...judging, ...unrecorded, ...(first.notes ?? []), ...unseen])] };
}

/** The last commit may not have landed yet: what it waits for goes on. The others are as old as they say. */
function timeOf(commit: CommitInfo, head: string, now: Date): number {
  return commit.hash === head ? now.getTime() : Math.min(commit.time, now.getTime());
}

function hasLeft(since: string, left: string, folder: string): FleetError {
  return noOutput(`what was rendered in ${since} lies in '${left}', and is rendered to '${folder}' now`, {
    expected: 'the output in one of them: what clusters read from the other one nobody judges',
    hint: `\`git mv ${left} ${folder}\` before \`npx fleet synth\`, or let the fleet's \`path\` be what it was`,
  });
}

/** Whether nothing is refused. */
export function isPassed({ steps }: Judgement): boolean {
  return steps.every(({ verdicts, broken }) => broken.length === 0 && verdicts.every(({ kind }) => kind !== 'refused'));
}
