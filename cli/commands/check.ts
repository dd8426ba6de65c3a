import { Command } from 'commander';
import { fleetFromConfig } from '../../constructs';
import { isError } from '../../layers/problem';
import { type MergeOfHead, mergeOfHead } from '../../store/git/merging/merge-of-head';
import { compareOutput, type Drift } from '../../store/output/compare-output';
import { outputPlace } from '../../store/output/output-place';
import { leftNotices } from '../../store/output/refused-strangers';
import { locate } from '../../store/read/locate';
import { readConfig } from '../../store/read/read-config';
import { nodesOf } from '../prepare/approvals';
import { type Done, fileLines, print, printJson, printProblems } from '../print/print';
import { chartRemarks } from '../read/charts/chart-remarks';
import { exemptionRemarks } from '../read/exemption-remarks';
import { freezeRemarks } from '../read/freeze-remarks';
import { movedLayerRemarks } from '../read/moved-layers';
import { patchRemarks } from '../read/patches/patch-remarks';
import { runSettled } from '../run-alone';

interface CheckFlags {
  readonly config: string;
  readonly output?: string;
  readonly json?: boolean;
}

export function checkCommand(done: Done): Command {
  return new Command('check')
    .description('report everything wrong with the configuration, and whether the output is what synth would write')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--output <dir>', "the folder to compare (default: the fleet's path, dist)")
    .option('--json', 'print problems and differing files as JSON')
    .addHelpText('after', '\nWrites nothing. Exit status 0 where all is well, else 1.\n\nExample:\n  $ npx fleet check')
    .action((flags: CheckFlags) => done(runSettled(flags.config, () => check(flags, new Date()))));
}

function check({ config, output: dir, json }: CheckFlags, now: Date): number {
  const files = readConfig(config);
  const fleet = fleetFromConfig(files);
  const output = fleet.synth();
  const folder = dir ?? outputPlace(config, fleet.path);
  const problems = [
    ...output.warnings,
    ...patchRemarks(output.patches()),
    ...freezeRemarks(nodesOf({ fleet }), now),
    ...exemptionRemarks(fleet.exemptions, now),
    ...chartRemarks(config, output),
    ...(files.form === 'yaml' ? movedLayerRemarks(config) : []),
  ];
  const drift = compareOutput(folder, output, { config });
  const isCurrent = drift.changed.length + drift.missing.length + drift.extra.length === 0;
  const isRight = isCurrent && !problems.some(isError);
  const merge = isCurrent ? undefined : mergeOfHead(config, folder, [...drift.changed.map(({ path }) => path), ...drift.missing, ...drift.extra]);
  if (json) {
    printJson({ ok: isRight, output: folder, targets: output.targets, problems: locate(problems), ...drift, ...(merge ? { merge } : {}) });
  } else {
    printProblems([...problems, ...leftNotices(folder, drift.left)]);
    print(isCurrent ? `${folder}/ is current: ${output.targets} targets, ${drift.files} files` : driftText(folder, drift, merge));
  }
  return isRight ? 0 : 1;
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
