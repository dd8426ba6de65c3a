import { spawnSync } from 'node:child_process';

/** What a program of this package said. */
export interface RunApart {
  /** `null` where it was killed. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** More than the largest fleet has. */
const maxBuffer = 2 ** 30;

/** Runs a program of this package in a process of its own and waits for it: it shares no module with whoever asks. @param input what it reads */
export function runApart(file: string, args: readonly string[], input = ''): RunApart {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [file, ...args], { input, encoding: 'utf8', maxBuffer });
  if (error) throw error;
  return { status, stdout, stderr };
}
