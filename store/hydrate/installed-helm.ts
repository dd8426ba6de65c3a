import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { ChartFinding } from '../../layers/charts/chart-input';
import { installHelm, saidBy } from '../charts/helm-said';
import { hashOf } from '../files/journal';
import type { ChartCache } from './chart-cache';
import { inSandbox } from './sandbox';

/** The Helm that charts are rendered with. */
export interface InstalledHelm {
  /** Absolute. */
  readonly program: string;
  /** All that it says of its version. */
  readonly version: string;
}

/** Finds Helm on the PATH. Its version is asked once, and then known as long as the program is the same file. */
export function findHelm(cache: ChartCache, patience: number): InstalledHelm | ChartFinding {
  const program = onPath('helm');
  if (program === undefined) return { code: 'chart-render', message: 'helm is not installed, and no chart can be rendered', hint: installHelm };
  const { size, mtimeMs } = statSync(program);
  const key = hashOf(JSON.stringify(['helm version', program, size, mtimeMs]));
  const known = cache.read(key);
  if (typeof known === 'string') return { program, version: known };
  const { error, status, stdout, stderr } = inSandbox(({ folder, env }) =>
    spawnSync(program, ['version'], { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: patience, killSignal: 'SIGKILL' }),
  );
  const version = stdout?.trim() ?? '';
  const major = /Version:"v(\d+)/.exec(version)?.[1];
  if (error || status !== 0 || major === undefined || Number(major) < 3) {
    return {
      code: 'chart-render',
      message: `'${program} version' gives no version of Helm, and no chart can be rendered`,
      expected: 'version.BuildInfo{Version:"v3…, or a later one',
      found: error ? error.message : version === '' ? saidBy(stderr) : version.slice(0, 200),
      hint: 'Helm is run with an empty home: where a version manager (asdf, mise) stands in for it, put the program itself first on the PATH',
    };
  }
  cache.write(key, version);
  return { program, version };
}

/** Folders that count from the working directory are passed over: there a fleet from elsewhere may lie. */
export function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
