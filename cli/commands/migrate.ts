import { Command } from 'commander';
import { locate } from '../../store/read/locate';
import { isWrapperLayout } from '../../store/wrapper/layout';
import { takeoverSteps } from '../print/migrate/takeover-plan';
import { notCompared, wrapperReport } from '../print/migrate/wrapper-report';
import { migrationReport } from '../print/migration-report';
import { type Done, print, printJson, printProblems } from '../print/print';
import { runSettled } from '../run-alone';
import { type MigratedFleet, migrateFleet } from '../write/migrate-fleet';
import { isWholeMigration } from '../write/migration-result';
import { isWholeWrapper, migrateWrapper, type WrapperMigration } from '../write/wrapper/migrate-wrapper';

interface MigrateFlags {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

export function migrateCommand(done: Done): Command {
  return new Command('migrate')
    .description('turn a fleet of YAML files, or a wrapper layout of hubs and spokes, into one in TypeScript, and prove that it renders the same')
    .requiredOption('--from <dir>', 'the folder with config.yaml, or with fleet/bootstrap and fleet/fleet-bootstrap')
    .requiredOption('--to <dir>', 'the folder to write: empty, or not there yet')
    .option('--json', 'print what was written, lost and compared as JSON')
    .addHelpText(
      'after',
      `
Nothing is overwritten. The exit status is 0 where both fleets render the same
and all values could be said in TypeScript, 1 where not. For a wrapper layout it
also prints how the live fleet is taken over.

Example:
  $ npx fleet migrate --from config --to config-ts
  $ npx fleet migrate --from . --to config`,
    )
    .action((flags: MigrateFlags) => done(runSettled(flags.from, () => migrate(flags))));
}

function migrate({ from, to, json }: MigrateFlags): number {
  if (isWrapperLayout(from)) return migrateLayout(from, to, json);
  const migrated = migrateFleet(from, to);
  const ok = isWholeMigration(migrated.result);
  if (json) printJson({ ok, ...migratedData(migrated) });
  else {
    printProblems([...migrated.gone, ...migrated.problems]);
    print(migrationReport(migrated.result).join('\n'));
  }
  return ok ? 0 : 1;
}

function migrateLayout(from: string, to: string, json: boolean | undefined): number {
  const migrated = migrateWrapper(from, to);
  const ok = isWholeWrapper(migrated);
  if (json) printJson({ ok, ...wrapperData(migrated) });
  else {
    printProblems(migrated.problems);
    print(wrapperReport(migrated).join('\n'));
  }
  return ok ? 0 : 1;
}

function wrapperData(migrated: WrapperMigration): object {
  const { to, reading, unsaid, types, comparison, differing, problems } = migrated;
  const { config, fleet, unread, unused } = reading;
  const written = config.files.map(({ path }) => path);
  const { repository } = fleet.membership;
  const plan = takeoverSteps(migrated);
  return {
    to,
    written,
    repository,
    unsaid,
    unread,
    unused,
    types,
    ...comparison,
    differing,
    notCompared: notCompared(migrated),
    plan,
    problems: locate(problems),
  };
}

function migratedData({ result, warnings, problems }: MigratedFleet): object {
  const { to, migration, lost, inlined, frozen, types, targets, drift } = result;
  const written = migration.files.map(({ path }) => path);
  const { repository } = migration;
  return { to, written, repository, lost, inlined, frozen, types, targets, ...drift, problems: locate([...warnings, ...problems]) };
}
