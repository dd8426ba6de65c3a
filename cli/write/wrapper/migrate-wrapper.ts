import { join } from 'node:path';
import { FleetError, fleetFromConfig, HubFleet, type Problem } from '../../../constructs';
import { deployedFleetOf } from '../../../constructs/hub/deployed-fleet';
import { loadApart } from '../../../store/code/load-module';
import { tryRemoteUrl } from '../../../store/git/remote-url';
import { checkTypes } from '../../../store/migrate/installed-tools';
import { expectFree, writeMigration } from '../../../store/migrate/write-migration';
import { locate } from '../../../store/read/locate';
import { readConfig } from '../../../store/read/read-config';
import type { Unsaid } from '../../../store/wrapper/layout';
import { readWrapper, type WrapperReading } from '../../../store/wrapper/read-wrapper';
import { type Comparison, compared, type Difference } from './compare-wrapper';

/** Something of the old layout, with the lines where it stands. */
export type Placed<T> = T & { readonly line?: number; readonly column?: number };

/** A wrapper layout that was written in TypeScript, and what became of it. */
export interface WrapperMigration {
  readonly to: string;
  readonly reading: WrapperReading;
  readonly unsaid: readonly Placed<Unsaid>[];
  /** What the compiler says, nothing where all is well. @default - it is not installed */
  readonly types: string | undefined;
  /** @default - the new files have mistakes */
  readonly comparison: Comparison | undefined;
  readonly differing: readonly Placed<Difference>[];
  /** What is wrong with the new files. */
  readonly problems: readonly Problem[];
}

/** Writes a wrapper layout as a configuration, and compares what clusters get of both. @throws FleetError where nothing could be written */
export function migrateWrapper(from: string, to: string): WrapperMigration {
  loadApart();
  expectFree(to);
  const reading = readWrapper(from, () => tryRemoteUrl(from));
  // It may stand beside the layout, but nobody may take it for a part of it.
  for (const folder of reading.folders) expectFree(to, join(from, folder));
  writeMigration(to, reading.config.files);
  const { comparison, problems } = tryCompare(to, reading);
  return {
    to,
    reading,
    unsaid: placed(reading.unsaid),
    types: checkTypes(to),
    comparison,
    differing: placed(comparison?.differing ?? []),
    problems,
  };
}

function tryCompare(to: string, reading: WrapperReading): Pick<WrapperMigration, 'comparison' | 'problems'> {
  try {
    const fleet = fleetFromConfig(readConfig(to));
    if (!(fleet instanceof HubFleet)) throw new Error('a fleet of hubs became another one');
    const { warnings } = fleet.synth();
    return { comparison: compared(reading, deployedFleetOf(fleet)), problems: warnings };
  } catch (error) {
    if (error instanceof FleetError) return { comparison: undefined, problems: error.problems };
    throw error;
  }
}

function placed<T extends { readonly file: string; readonly place?: readonly string[]; readonly line?: number }>(all: readonly T[]): readonly Placed<T>[] {
  const found = locate(all.map(({ file, place, line }) => ({ file, place, line })));
  return all.map((one, index) => ({ ...one, line: found[index]?.line, column: found[index]?.column }));
}

/** Whether all is said, and every cluster gets what it got. */
export function isWholeWrapper({ unsaid, types, comparison }: WrapperMigration): boolean {
  return unsaid.length === 0 && !types && comparison !== undefined && isSame(comparison);
}

export function isSame({ differing, missing, extra }: Comparison): boolean {
  return differing.length + missing.length + extra.length === 0;
}
