import { Command } from 'commander';
import { FleetError, type FleetOutput, fleetFromConfig, type Problem } from '../constructs';
import type { OutputFolder } from '../layers/output';
import { loadApart } from '../store/load-module';
import { locate } from '../store/locate';
import { migrationOf } from '../store/migrate/migration';
import { checkTypes } from '../store/migrate/tools';
import { expectFree, writeMigration } from '../store/migrate/write-migration';
import { compareOutputs, type Drift } from '../store/output/compare-output';
import { readConfig } from '../store/read-config';
import { hasSameOutput, inlinedKeys, locatedExpressions, locatedLosses, type MigrationResult, migrationReport } from './migration-report';
import { type Done, print, printJson, printProblems } from './print';
import { settled } from './rollout/alone';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

export function migrateCommand(done: Done): Command {
  return new Command('migrate')
    .description('turn a fleet of YAML files into one in TypeScript, and prove that it renders the same')
    .requiredOption('--from <dir>', 'the folder with config.yaml')
    .requiredOption('--to <dir>', 'the folder to write: empty, or not there yet')
    .option('--json', 'print what was written, lost and compared as JSON')
    .addHelpText(
      'after',
      `
Nothing is overwritten. The exit status is 0 where both fleets render the same
and all values could be said in TypeScript, 1 where not.

Example:
  $ npx fleet migrate --from config --to config-ts`,
    )
    .action((options: Options) => done(settled(options.from, () => migrate(options))));
}

function migrate({ from, to, json }: Options): number {
  loadApart();
  expectFree(to, from);
  const before = readYaml(from);
  const migration = migrationOf(from, (clusterType) => before.targetsOf(clusterType), before.warnings.some(isOfAdopted));
  writeMigration(to, migration.files);
  const { output, problems } = tryRender(to);
  const gone = before.warnings.filter((warning) => !output?.warnings.some(({ code, message }) => code === warning.code && message === warning.message));
  const drift = output && driftOf(before, output);
  const result: MigrationResult = {
    to,
    migration,
    lost: locatedLosses(migration),
    inlined: inlinedKeys(migration, before.warnings),
    frozen: locatedExpressions(migration),
    types: checkTypes(to),
    targets: before.targets,
    drift,
    warnings: before.warnings.length - gone.length,
  };
  const isWhole = result.lost.every(({ reason }) => reason === undefined);
  const ok = hasSameOutput(result) && isWhole && !result.types;
  if (json) {
    const { lost, inlined, frozen, types, targets } = result;
    const written = migration.files.map(({ path }) => path);
    printJson({
      ok,
      to,
      written,
      repository: migration.repository,
      lost,
      inlined,
      frozen,
      types,
      targets,
      ...drift,
      problems: locate([...before.warnings, ...problems]),
    });
  } else {
    printProblems([...gone, ...problems]);
    print(migrationReport(result).join('\n'));
  }
  return ok ? 0 : 1;
}

/** @throws FleetError with everything that is wrong */
function readYaml(from: string): FleetOutput {
  const config = readConfig(from);
  if (config.form === 'typescript') {
    throw new FleetError([{ code: 'migrate-from', message: `'${from}' is in TypeScript already`, expected: 'a folder with config.yaml in it' }]);
  }
  if (config.form === undefined && !config.fleet) {
    const problems = config.problems.map((problem) => (problem.code === 'config-missing' ? noYaml(problem) : problem));
    throw new FleetError(problems);
  }
  return fleetFromConfig(config).synth();
}

function noYaml({ hint, ...problem }: Problem): Problem {
  const isOption = hint === undefined || hint.includes('--config');
  return { ...problem, expected: 'a folder with config.yaml in it', hint: isOption ? 'name the folder with --from' : hint };
}

function isOfAdopted({ code }: Problem): boolean {
  return code === 'token-not-injected' || code === 'path-covered';
}

/** What was written, rendered; or why it cannot be. */
function tryRender(folder: string): { readonly output?: FleetOutput; readonly problems: readonly Problem[] } {
  try {
    return { output: fleetFromConfig(readConfig(folder)).synth(), problems: [] };
  } catch (error) {
    if (error instanceof FleetError) return { problems: error.problems };
    throw error;
  }
}

function driftOf(before: FleetOutput, after: FleetOutput): Drift {
  const drift = compareOutputs(before, (path) => folderOf(after, path));
  if (after.targets <= before.targets) return drift;
  const more = [...after].filter(({ path }) => !folderOf(before, path));
  return { ...drift, extra: [...drift.extra, ...more.flatMap(({ path, files }) => files.map((file) => `${path}/${file.path}`))] };
}

function folderOf(output: FleetOutput, path: string): OutputFolder | undefined {
  const [clusterType = '', ...names] = path.split('/');
  try {
    return output.folder(clusterType, names.join('/'));
  } catch (error) {
    if (error instanceof FleetError) return undefined;
    throw error;
  }
}
