import { FleetError, type FleetOutput, fleetFromConfig, type Problem } from '../../constructs';
import type { OutputFolder } from '../../layers/output';
import { recordFolder } from '../../layers/record';
import { loadApart } from '../../store/code/load-module';
import { checkTypes } from '../../store/migrate/installed-tools';
import { migrationOf } from '../../store/migrate/migration';
import { expectFree, writeMigration } from '../../store/migrate/write-migration';
import { compareOutputs, type Drift } from '../../store/output/compare-output';
import { readConfig } from '../../store/read/read-config';
import type { TargetNames } from '../../store/yaml-fleet/merged-values';
import { readYamlFleet } from '../read/read-yaml-fleet';
import { inlinedKeys, locatedExpressions, locatedLosses, type MigrationResult } from './migration-result';

/** A migration that was written and rendered. */
export interface MigratedFleet {
  readonly result: MigrationResult;
  /** What is wrong with the new files. */
  readonly problems: readonly Problem[];
  /** Warnings of the YAML fleet. */
  readonly warnings: readonly Problem[];
  /** Those of them that the new one does not have. */
  readonly gone: readonly Problem[];
}

/** Writes a YAML fleet in TypeScript, and compares what both render. @throws FleetError where nothing could be written */
export function migrateFleet(from: string, to: string): MigratedFleet {
  loadApart();
  expectFree(to, from);
  const before = readYamlFleet(from);
  const { warnings, targets } = before;
  // A fleet in YAML has no hubs, whatever fleet is registered where this is compiled.
  const migration = migrationOf(
    from,
    (clusterType) => before.targetsOf(clusterType) as readonly object[] as readonly TargetNames[],
    warnings.some(isOfAdopted),
  );
  writeMigration(to, migration.files);
  const { output, problems } = tryRender(to);
  const gone = warnings.filter((warning) => !output?.warnings.some(({ code, message }) => code === warning.code && message === warning.message));
  const result: MigrationResult = {
    to,
    migration,
    lost: locatedLosses(migration),
    inlined: inlinedKeys(migration, warnings),
    frozen: locatedExpressions(migration),
    types: checkTypes(to),
    targets,
    drift: output && driftOf(before, output),
    warnings: warnings.length - gone.length,
  };
  return { result, problems, warnings, gone };
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
  if (path === recordFolder) return output.records();
  const [clusterType = '', ...names] = path.split('/');
  try {
    return output.folder(clusterType, names.join('/'));
  } catch (error) {
    if (error instanceof FleetError) return undefined;
    throw error;
  }
}
