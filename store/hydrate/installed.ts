import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { ChartFinding } from '../../layers/charts/chart-input';
import { installHelm, saidBy } from '../charts/helm-said';
import { hashOf } from '../files/journal';
import type { ChartCache } from './chart-cache';
import { inSandbox } from './run/sandbox';

/** A program that renders. */
export interface Installed {
  /** Absolute. */
  readonly program: string;
  /** All that it says of its version. */
  readonly version: string;
}

/** What is wanted of a program, and what is said where it is not there or another one. */
export interface Wanted {
  readonly name: string;
  readonly absent: Pick<ChartFinding, 'message' | 'hint'>;
  /** Behind the command that asks for its version. */
  readonly unfit: { readonly message: string; readonly expected: string; readonly hint: string };
  /** The version by which it is known, `undefined` where what it said is none that will do. @param file another one for another program */
  readonly versionIn: (said: string, file: string) => string | undefined;
}

/** Finds Helm on the PATH. */
export function findHelm(cache: ChartCache, patience: number): Installed | ChartFinding {
  return findProgram(cache, patience, {
    name: 'helm',
    absent: { message: 'helm is not installed, and no chart can be rendered', hint: installHelm },
    unfit: {
      message: 'gives no version of Helm, and no chart can be rendered',
      expected: 'version.BuildInfo{Version:"v3…, or a later one',
      hint: 'Helm is run with an empty home: where a version manager (asdf, mise) stands in for it, put the program itself first on the PATH',
    },
    versionIn: (said) => (Number(/Version:"v(\d+)/.exec(said)?.[1] ?? 0) >= 3 ? said : undefined),
  });
}

/** Finds a program on the PATH. Its version is asked once, and then known as long as the program is the same file. */
export function findProgram(cache: ChartCache, patience: number, { name, absent, unfit, versionIn }: Wanted): Installed | ChartFinding {
  const code = 'chart-render';
  const program = onPath(name);
  if (program === undefined) return { code, ...absent, isOfAll: true };
  const { size, mtimeMs } = statSync(program);
  const key = hashOf(JSON.stringify([`${name} version`, program, size, mtimeMs]));
  const known = cache.read(key);
  if (typeof known === 'string') return { program, version: known };
  const { error, status, stdout, stderr } = inSandbox(({ folder, env }) =>
    spawnSync(program, ['version'], { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: patience, killSignal: 'SIGKILL' }),
  );
  const said = stdout?.trim() ?? '';
  const version = error || status !== 0 ? undefined : versionIn(said, `${size} ${mtimeMs}`);
  if (version === undefined) {
    const found = error ? error.message : said === '' ? saidBy(stderr) : said.slice(0, 200);
    return { code, ...unfit, message: `'${program} version' ${unfit.message}`, found, isOfAll: true };
  }
  cache.write(key, version);
  return { program, version };
}

/** Folders that count from the working directory are passed over: there a fleet from elsewhere may lie. */
function onPath(name: string): string | undefined {
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
