import { Command, Option } from 'commander';
import { ownRules } from '../../changes/judge/rules';
import { FleetError, fleetFromConfig } from '../../constructs';
import { isError } from '../../layers/problem';
import { thrownAs } from '../../layers/thrown';
import { type MergeOfHead, mergeOfHead } from '../../store/git/merging/merge-of-head';
import { compareOutput, type Drift } from '../../store/output/compare-output';
import { outputPlace } from '../../store/output/output-place';
import { leftNotices } from '../../store/output/refused-strangers';
import { locate } from '../../store/read/locate';
import { mayRenderCharts, readConfig } from '../../store/read/read-config';
import { codeBlock } from '../print/formats/markdown';
import { printAnnotations } from '../print/judge/github-annotations';
import { judgementData, judgementMarkdown, summaryOf } from '../print/judge/judgement-text';
import { rulesData, rulesText } from '../print/judge/rules-text';
import { brokenProblems, missingStatements, type PlacedVerdict, placedVerdicts, verdictProblems } from '../print/judge/verdict-problems';
import { type Done, fileLines, print, printJson, printNotes, printProblems } from '../print/print';
import { chartRemarks } from '../read/charts/chart-remarks';
import { exemptionRemarks } from '../read/exemption-remarks';
import { freezeRemarks } from '../read/freeze-remarks';
import { isPassed, type Judgement, judgeSince } from '../read/judge/judge-since';
import { ownRulesOf, withOwnRules } from '../read/judge/own-rules';
import { movedLayerRemarks } from '../read/moved-layers';
import { nodesOf } from '../read/nodes-of';
import { patchRemarks } from '../read/patches/patch-remarks';
import { stalledPatches } from '../read/patches/stalled-patches';
import { runSettled } from '../run-alone';

interface CheckFlags {
  readonly config: string;
  readonly output?: string;
  readonly since?: string;
  readonly asOne?: boolean;
  readonly rules?: boolean;
  readonly manifests?: boolean;
  readonly format: 'terminal' | 'markdown' | 'json' | 'github';
  readonly json?: boolean;
}

export function checkCommand(done: Done): Command {
  return new Command('check')
    .description('report everything wrong with the configuration, whether the output is what synth would write, and judge what changed')
    .option('--since <ref>', 'judge every change since this commit, or since the branch left it: by gates, sequence, soak, freezes and the other rules')
    .option('--as-one', 'with --since: as one change, as a merge or a squash brings them (default: commit by commit, a merged branch as one)')
    .option('--manifests', 'with --since: by the objects of charts that are not opened, too: those of each app that changes are rendered with Helm')
    .option('--rules', 'list the rules by which changes are judged, those of config/rules.ts included, and do nothing else')
    .addOption(new Option('--format <format>', 'how it is printed').choices(['terminal', 'markdown', 'json', 'github']).default('terminal'))
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--output <dir>', "the folder to compare (default: the fleet's path, dist)")
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      `
Writes nothing. Exit status 0 where all is well and nothing is refused, else 1.

Example:
  $ npx fleet check
  $ npx fleet check --since origin/main
  $ npx fleet check --since HEAD^1 --format github
  $ npx fleet check --rules`,
    )
    .action((flags: CheckFlags) => done(annotated(flags, () => runSettled(flags.config, () => run(flags.json ? { ...flags, format: 'json' } : flags)))));
}

/** Where the configuration cannot be read at all, that is an annotation too. */
function annotated({ format, json }: CheckFlags, judge: () => number): number {
  try {
    return judge();
  } catch (error) {
    const mistake = format === 'github' && !json ? thrownAs(error, FleetError) : undefined;
    if (!mistake) throw error;
    printAnnotations(mistake.problems, []);
    return 1;
  }
}

function run(flags: CheckFlags): number {
  return flags.rules ? listRules(flags) : check(flags, new Date());
}

function listRules({ config, format }: CheckFlags): number {
  const fleet = fleetFromConfig(readConfig(config));
  const wrong = fleet.problems.filter(isError);
  if (wrong.length > 0) throw new FleetError(wrong);
  const own = fleet.rules.map(({ origin }) => origin().file);
  const rules = [...ownRules.map((rule) => ({ rule })), ...ownRulesOf(fleet).map((rule, index) => ({ rule, file: own[index] }))];
  if (format === 'json') printJson({ ok: true, rules: rulesData(rules) });
  else print(rulesText(rules));
  return 0;
}

function check({ config, output: dir, since, asOne = false, manifests = false, format }: CheckFlags, now: Date): number {
  const asked = asOne ? '--as-one' : manifests ? '--manifests' : format === 'markdown' ? '--format markdown' : undefined;
  if (since === undefined && asked !== undefined) throw needsSince(asked);
  const files = readConfig(config);
  const fleet = fleetFromConfig(files);
  const output = fleet.synth();
  const folder = dir ?? outputPlace(config, fleet.path);
  const patches = output.patches();
  const problems = [
    ...output.warnings,
    ...patchRemarks(patches),
    ...output.debtProblems(stalledPatches({ config, fleet, output, patches }, now)),
    ...freezeRemarks(nodesOf({ fleet }), now),
    ...exemptionRemarks(fleet.exemptions, now),
    ...chartRemarks(config, output),
    ...(files.form === 'yaml' ? movedLayerRemarks(config) : []),
  ];
  const drift = compareOutput(folder, output, { config });
  const isCurrent = drift.changed.length + drift.missing.length + drift.extra.length === 0;
  const merge = isCurrent ? undefined : mergeOfHead(config, folder, [...drift.changed.map(({ path }) => path), ...drift.missing, ...drift.extra]);
  // Whether opening a chart, or closing it, takes anything away, its objects tell: what only `--manifests` may run is its user's word.
  const rendered = { own: fleet, values: output.values, ofOpenedAlone: !manifests, mayRender: manifests || mayRenderCharts(files) };
  const request = { config, fleet, output, asOne, rules: ownRulesOf(fleet), now, manifests: rendered };
  const judgement = since === undefined ? undefined : withOwnRules(() => judgeSince({ ...request, since }));
  const placed = judgement ? placedVerdicts(judgement, output.values) : [];
  const isRight = isCurrent && !problems.some(isError) && (!judgement || isPassed(judgement));
  const text = isCurrent ? `${folder}/ is current: ${output.targets} targets, ${drift.files} files` : driftText(folder, drift, merge);
  if (format === 'json') {
    const judged = judgement ? { judged: judgementData(judgement, placed) } : {};
    printJson({
      ok: isRight,
      output: folder,
      targets: output.targets,
      problems: locate(problems),
      ...drift,
      ...(merge ? { merge } : {}),
      ...judged,
    });
  } else {
    const told = [...problems, ...leftNotices(folder, drift.left), ...verdictProblems(placed), ...(judgement ? brokenProblems(judgement) : [])];
    if (format === 'github') printAnnotations(told, isCurrent ? [] : [text]);
    if (format !== 'github') printProblems(format === 'markdown' ? [...problems, ...leftNotices(folder, drift.left)] : told);
    printNotes(judgement?.notes);
    if (format === 'markdown' && judgement) print(judgementMarkdown(judgement, placed));
    if (format !== 'markdown') print(text);
    else if (!isCurrent) print(`\n${codeBlock(text)}`);
    if (format !== 'markdown' && judgement) print(summaryText(judgement, placed));
  }
  return isRight ? 0 : 1;
}

function needsSince(flag: string): FleetError {
  return new FleetError([
    { code: 'unknown-revision', message: `\`${flag}\` says how changes are judged`, expected: 'the commit since which they are: `--since origin/main`' },
  ]);
}

function driftText(folder: string, { changed, missing, extra }: Drift, merge: MergeOfHead | undefined): string {
  const [first] = changed;
  return [
    `${folder}/ is not what \`fleet synth\` writes: ${changed.length} stale or edited by hand, ${missing.length} missing, ${extra.length} extra`,
    ...fileLines(
      'changed',
      folder,
      changed.map(({ path, line, isConflict }) => `${path}:${line}${isConflict ? ' (a merge conflict that nobody resolved)' : ''}`),
    ),
    ...fileLines('missing', folder, missing),
    ...fileLines('extra', folder, extra),
    ...(first ? ['', `${folder}/${first.path}:${first.line}`, `  found    ${first.found}`, `  expected ${first.expected}`] : []),
    ...(merge ? ['', mergeText(merge, changed.length + missing.length + extra.length)] : []),
    '',
    'Run `npx fleet synth` and commit the result; what was edited by hand, or is in conflict, is lost unless the configuration says it too.',
  ].join('\n');
}

function summaryText(judgement: Judgement, placed: readonly PlacedVerdict[]): string {
  const [summary, lines] = [summaryOf(judgement, placed), missingStatements(placed)];
  if (lines.length === 0) return summary;
  return [summary, '', 'Where somebody approves or allows what is refused, the message of the commit says so:', '', ...lines.map((line) => `  ${line}`)].join(
    '\n',
  );
}

/** Why output is stale that nobody edited. */
function mergeText({ commit, parents, files, isCompared }: MergeOfHead, all: number): string {
  const which = files.length < all ? `${files.length} of these files` : all === 1 ? 'This file' : 'These files';
  const verb = files.length === 1 ? 'comes' : 'come';
  const [own = '', ...branches] = [commit, ...parents].map((hash) => hash.slice(0, 7));
  const merge = `HEAD (${own}) merges ${branches.slice(0, -1).join(', ')} and ${branches.at(-1)}`;
  return isCompared
    ? `${which} ${verb} of a merge: ${merge}, and its configuration is one that none of them had, so that none could render it.`
    : `${which} may come of a merge: ${merge}, which this shallow clone does not hold, and what two branches say together neither has rendered.`;
}
