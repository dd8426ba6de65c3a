import { Command, Option } from 'commander';
import { version } from '../../package.json';
import { isAtTerminal } from '../../store/files/ask-line';
import { type Pipeline, pipelines, shapes } from '../../store/start/fleet-start';
import { expectRepository, planHook, writeHook } from '../../store/start/hook/plan-hook';
import { planStart, type StartAnswers } from '../../store/start/plan-start';
import { type StartPlace, startPlace } from '../../store/start/start-place';
import { writeStart } from '../../store/start/write-start';
import { hookData, hookLinesOf } from '../print/new/hook-printer';
import { printPlannedStart, printWrittenStart } from '../print/new/start-printer';
import { type Done, print, printJson } from '../print/print';
import { askStart, defaultAnswers, readRepository, type StartOptions, terminal } from '../read/new/start-answers';
import { reportRecovery } from '../run-alone';

interface InitFlags extends StartOptions {
  readonly ci?: Pipeline;
  readonly yes?: boolean;
  readonly hook?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function initCommand(done: Done): Command {
  return new Command('init')
    .description('begin a fleet of your own: configuration, a test, a pipeline')
    .argument('[dir]', 'the folder to begin in: a new one, an empty one, or a project (default: the working directory)')
    .addOption(
      new Option('--shape <shape>', "regions: each region's own Argo CD; hubs: hubs and spokes; yaml: regions, in YAML (default: regions)").choices(shapes),
    )
    .option('--repository <url>', 'the Git repository that Argo CD reads (default: the remote that the folder was cloned from)', readRepository)
    .addOption(new Option('--ci <pipeline>', 'who checks pull requests (default: what the repository has, or its host runs)').choices(pipelines))
    .option('--name <name>', 'what a new package.json is called (default: as its folder)')
    .option('--hook', 'have Git render what a merge brings together: a post-merge hook of this clone; where a fleet is there, nothing else is written')
    .option('--yes', 'ask nothing')
    .option('--dry-run', 'print what would be written; write nothing')
    .option('--json', 'print what was written as JSON; ask nothing')
    .addHelpText(
      'after',
      `
What is there stays: it is listed, with what to add by hand. A package.json is added to.
At a terminal it asks what the options leave open.

Example:
  $ npx cdk8s-fleet init fleet --shape regions --repository https://github.com/company/fleet`,
    )
    .action((dir: string | undefined, flags: InitFlags) => done(init(dir, flags)));
}

function init(wanted: string | undefined, flags: InitFlags): number {
  const { json, dryRun, hook } = flags;
  if (hook && startPlace(wanted ?? '.').fleet) return initHook(startPlace(wanted ?? '.'), flags);
  const { dir, answers } = answered(wanted, flags);
  const asJson = json === true;
  if (hook) expectRepository(startPlace(dir));
  if (dryRun) printPlannedStart(planStart(startPlace(dir), answers), asJson);
  else {
    const plan = writeStart(dir, answers, (recovered) => reportRecovery(dir, recovered));
    printWrittenStart(plan, asJson, hook ? writeHook(startPlace(dir)) : undefined);
  }
  return 0;
}

/** A hook is written only where somebody asked for it: it runs what the clone holds. */
function initHook(place: StartPlace, { dryRun, json }: InitFlags): number {
  const planned = dryRun ? planHook(place) : writeHook(place);
  if (json) printJson({ ok: true, ...(dryRun ? { dryRun } : {}), hook: hookData(planned) });
  else print([...hookLinesOf(planned, dryRun === true), ...(dryRun ? ['', 'Nothing was written.'] : [])].join('\n'));
  return 0;
}

function answered(dir: string | undefined, flags: InitFlags): { readonly dir: string; readonly answers: StartAnswers } {
  const asks = !flags.yes && !flags.json && !process.env['CI'] && isAtTerminal();
  if (asks) return askStart(dir, flags, version, terminal);
  return { dir: dir ?? '.', answers: defaultAnswers(startPlace(dir ?? '.'), flags, version) };
}
