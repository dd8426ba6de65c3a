import { existsSync, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { FleetError } from '../../layers/problem';
import { entryAt } from '../files/entry-at';
import { realPath, tryFindRepository } from '../git/find-repository';
import { tryRemoteUrl } from '../git/remote-url';
import { writtenFleet } from '../read/written-fleet';
import type { PackageManager, Pipeline, Shape, TestRunner } from './fleet-start';
import { outputNames } from './output-names';
import { type OwnPackage, readPackage } from './own-package';

/** What lies where a fleet is to begin. */
export interface StartPlace {
  /** As the user names it. */
  readonly dir: string;
  /** Absolute, links followed; it need not be there. */
  readonly root: string;
  /** The top of the repository that holds it. Absolute. @default - no repository does */
  readonly top?: string;
  /** The folder from the top of the repository, `''` where it is the top, or where there is none. */
  readonly folder: string;
  /** The URL of the repository's remote. @default - there is none that Argo CD could reach */
  readonly remote?: string;
  /** @default - there is no `package.json` */
  readonly ownPackage?: OwnPackage;
  /** The fleet that is in `config/` already. @default - there is none */
  readonly fleet?: { readonly shape: Shape; readonly output: string };
  /** The folder for rendered output, from the fleet's, and why it is not called as usual. */
  readonly output: { readonly name: string; readonly why?: string };
  readonly packageManager: PackageManager;
  readonly testRunner: TestRunner;
  /** The pipeline that the repository has, or that its host runs. */
  readonly pipeline: Pipeline;
}

/** Looks at a folder in which a fleet is to begin. @throws FleetError where none can */
export function startPlace(dir: string): StartPlace {
  if (dir === '' || dir.includes('\0')) throw cannotStart(`'${dir.replaceAll('\0', '\\0')}' is no name of a folder`, 'a folder that is there, or can be made');
  const root = realPath(dir);
  expectFolder(dir, root);
  const top = tryFindRepository(root)?.top;
  const folder = top === undefined ? '' : relative(top, root).split(sep).join('/');
  const ownPackage = readPackage(dir, root);
  const remote = tryRemoteUrl(root);
  const fleet = fleetIn(dir, join(root, 'config'));
  return {
    dir,
    root,
    top,
    folder,
    remote,
    ownPackage,
    fleet,
    output: fleet ? { name: inFolder(fleet.output, folder) } : outputNames(root, top ?? root),
    packageManager: packageManagerOf(root, top ?? root),
    testRunner: ownPackage?.has('vitest') && !ownPackage.has('jest') ? 'vitest' : 'jest',
    pipeline: pipelineOf(top ?? root, remote),
  };
}

/** @throws FleetError where a file is in the way */
function expectFolder(dir: string, root: string): void {
  for (let path = root; ; path = dirname(path)) {
    const found = tryStat(path);
    if (found?.isDirectory()) return;
    // A link that leads nowhere is there, too.
    if (found || entryAt(path)) {
      const what = path === root ? `'${dir}'` : `'${path}', which is to hold it,`;
      throw cannotStart(
        `a fleet cannot begin in '${dir}'`,
        'a folder that is there, or can be made',
        `${what} is ${found ? 'a file' : 'a link that leads nowhere'}`,
      );
    }
    if (path === dirname(path)) return;
  }
}

/** What a path leads to; a file may stand on the way. */
function tryStat(path: string): Stats | undefined {
  const found = entryAt(path);
  return found?.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : found;
}

/** The fleet in a configuration folder. @throws FleetError where something else lies there */
function fleetIn(dir: string, config: string): StartPlace['fleet'] {
  const found = statSync(config, { throwIfNoEntry: false });
  if (found === undefined && !entryAt(config)) return undefined;
  const names = found?.isDirectory() ? readdirSync(config) : [basename(config)];
  if (names.length === 0) return undefined;
  for (const name of ['fleet.ts', 'config.yaml']) {
    const file = join(config, name);
    if (!names.includes(name) || !statSync(file, { throwIfNoEntry: false })?.isFile()) continue;
    const { topology, path } = writtenFleet(config);
    const shape = name === 'config.yaml' ? 'yaml' : topology === 'hub-and-spoke' ? 'hubs' : 'regions';
    return { shape, output: typeof path === 'string' ? path : 'dist' };
  }
  const at = dir === '.' ? 'config' : `${dir}/config`;
  throw cannotStart(
    `'${at}' is there already, and holds no fleet`,
    "a folder that is not there yet, or is empty, or holds a fleet's configuration",
    found?.isDirectory() ? names.slice(0, 5).join(', ') : found ? 'a file' : 'a link that leads nowhere',
    `begin the fleet in a folder of its own: \`npx cdk8s-fleet init ${dir === '.' ? 'fleet' : `${dir}/fleet`}\``,
  );
}

function inFolder(output: string, folder: string): string {
  return folder !== '' && output.startsWith(`${folder}/`) ? output.slice(folder.length + 1) : output;
}

/** By the lock file that is nearest above. */
function packageManagerOf(root: string, top: string): PackageManager {
  const locks = { 'pnpm-lock.yaml': 'pnpm', 'yarn.lock': 'yarn', 'package-lock.json': 'npm' } as const;
  for (let folder = root; ; folder = dirname(folder)) {
    for (const [name, manager] of Object.entries(locks)) if (existsSync(join(folder, name))) return manager;
    if (folder === top || folder === dirname(folder)) return 'npm';
  }
}

function pipelineOf(top: string, remote: string | undefined): Pipeline {
  if (existsSync(join(top, '.gitlab-ci.yml'))) return 'gitlab';
  if (existsSync(join(top, '.github'))) return 'github';
  if (remote === undefined || /github/.test(remote)) return 'github';
  return /gitlab/.test(remote) ? 'gitlab' : 'none';
}

/** Why a fleet cannot begin; nothing was written. */
export function cannotStart(message: string, expected: string, found?: string, hint = 'nothing was written'): FleetError {
  return new FleetError([{ code: 'init-target', message, place: [], expected, ...(found === undefined ? {} : { found }), hint }]);
}
