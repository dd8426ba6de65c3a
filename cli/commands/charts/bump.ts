import { Command } from 'commander';
import { isHydrated } from '../../../constructs/argocd/rules/own-fields/hydrate';
import { hasLock } from '../../../store/charts/charts-folder';
import { publishedChart } from '../../../store/charts/helm-program';
import { ImportedCharts } from '../../../store/charts/imported-charts';
import { baseOf } from '../../../store/output/output-place';
import { waitingStatus } from '../../exit-status';
import { type BumpFlags, prepareBump } from '../../prepare/charts/prepare-bump';
import { type NewPatchFlags, type PreparedPatch, preparePatch } from '../../prepare/prepare-patch';
import { afterBump, bumpJson, bumpText, printNothingToBump } from '../../print/charts/bump-text';
import { printWaiting } from '../../print/new/new-patch-printer';
import { type Done, printNotes } from '../../print/print';
import { ProgressLine } from '../../print/progress-line';
import { appsOf, findOneApp } from '../../read/find-apps';
import { type LoadedFleet, loadFleet } from '../../read/load-fleet';
import { runWriting } from '../../run-alone';
import { carryOut } from '../../write/carry-out';
import { withPatchOptions } from '../new/patch-options';

interface Flags extends BumpFlags, Omit<NewPatchFlags, 'set'> {
  readonly plainHttp?: boolean;
}

export function bumpCommand(done: Done): Command {
  return withPatchOptions(
    new Command('bump')
      .description('write the patch that moves an app to the newest version of its chart, or to another one')
      .argument('<app>', 'the app, or CLUSTER-TYPE/APP; with hubs and spokes, the component')
      .option('--to <version>', 'the version that it moves to (default: the newest that is no pre-release)')
      .option('--source <name>', 'which of several sources')
      .option('--plain-http', 'ask registries without TLS'),
    'the chart and its version',
  )
    .addHelpText(
      'after',
      `
What it writes is what \`fleet new patch\` writes; where nothing is newer it says so, and writes nothing. The installed \`helm\`
asks the repository or registry of the chart.

Example:
  $ npx fleet charts bump cert-manager
  $ npx fleet charts bump management-cluster/prometheus --source chart --to 78.0.0`,
    )
    .action((app: string, flags: Flags) => done(runWriting(flags, () => bump(app, flags))));
}

function bump(name: string, flags: Flags): number {
  const { config, plainHttp, json } = flags;
  const fleet = loadFleet(config);
  const app = findOneApp(appsOf(fleet.output), name, { isHub: fleet.output.hasMembers });
  // What lies here nobody has to be asked for.
  const imported = new ImportedCharts(config, baseOf(config));
  const bumped = new ProgressLine().during((progress) =>
    prepareBump(fleet, app, flags, (id) => imported.tryExact(id) ?? publishedChart(id, { plainHttp, progress })),
  );
  const { chart, repository, to, set } = bumped;
  if (bumped.isDeprecated) printNotes([`${chart} ${to} of ${repository} is deprecated: its authors say that nobody should take it any more`]);
  if (!set) {
    printNothingToBump(app, bumped, json);
    return 0;
  }
  const prepared = preparePatch(fleet, app.clusterType, app.app, { ...flags, set: [set], description: flags.description ?? `${chart} ${to}` }, new Date());
  if (prepared.open.length > 0) {
    printWaiting(prepared, flags);
    return waitingStatus;
  }
  // Of an app that is opened, an archive that is not here yet is fetched before anything is rendered of it.
  const isHere = imported.tryExact({ chart, repository, version: to }) !== undefined || !isOpened(fleet, prepared);
  const afterwards = afterBump(prepared, hasLock(config) || !isHere, isHere);
  return carryOut(
    fleet,
    prepared.change,
    isHere ? flags : { ...flags, synth: false },
    json ? bumpJson(prepared, bumped, afterwards) : bumpText(prepared, fleet.fleet.path, afterwards),
  );
}

/** Whether charts of an app are opened where its patch begins. */
function isOpened({ output }: LoadedFleet, { clusterType, app, targets }: PreparedPatch): boolean {
  const views = output.apps(clusterType, app);
  return targets.some((path) => views.some((view) => isHydrated(view.valuesAt(output.findTarget(clusterType, path)))));
}
