import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isLongForm } from './runs';

/** Where Linux has files that are in memory. */
const memory = '/dev/shm';
const enough = 2e9;

/**
 * Before any test file: temporary files have their place, and what test files share has a folder (`kept.ts`). All of them
 * are in one of this run, which goes with it: what tsx keeps of every configuration ever tested is read at each of its starts.
 */
export default function setUp(): void {
  useMemory();
  const folder = mkdtempSync(join(tmpdir(), 'fleet-run-'));
  // Tests run commands as somebody else, too.
  chmodSync(folder, 0o1777);
  process.env['FLEET_TEST_RUN'] = folder;
  process.env['TMPDIR'] = folder;
}

/** Has the temporary files of the short form in memory where there is room for them: they are many and small. The long form is about the disk too. */
function useMemory(): void {
  // Whoever says where means it.
  if (isLongForm || process.env['TMPDIR'] || !isUsable()) return;
  process.env['FLEET_TEST_DISK'] = tmpdir();
  process.env['TMPDIR'] = memory;
}

/** A container may have little of it, and run no program there. */
function isUsable(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize < enough) return false;
    const folder = mkdtempSync(join(memory, 'fleet-test-'));
    try {
      writeFileSync(join(folder, 'program'), '#!/bin/sh\n', { mode: 0o755 });
      return spawnSync(join(folder, 'program')).status === 0;
    } finally {
      rmSync(folder, { recursive: true });
    }
  } catch {
    return false;
  }
}
