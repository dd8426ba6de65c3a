import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { entryAt } from '../../files/entry-at';
import { makeFolders } from '../../files/make-folders';
import { writeFailure } from '../../files/write-failure';
import { writeNewFile } from '../../files/write-new-file';
import { sharedDir } from '../../git/find-repository';
import { Repository } from '../../git/repository';
import { cannotStart, type StartPlace } from '../start-place';
import { hookLines } from './hook-lines';

/** What becomes of the hook: written, there already, or a person's to add, because what is there stays. */
export interface PlannedHook {
  /** Absolute: the file that Git runs, or that a person adds the lines to. */
  readonly file: string;
  readonly state: 'written' | 'same' | 'left';
  /** Why it is left. */
  readonly why?: string;
  readonly lines: string;
}

/** @throws FleetError where no hook can be: before anything else is written */
export function expectRepository({ root, dir }: StartPlace): Repository {
  const repository = Repository.tryFind(root);
  const expected = 'a clone, for a hook lies in its Git directory';
  if (!repository) throw cannotStart(`no Git repository holds '${dir}'`, expected, undefined, 'begin one with `git init`; nothing was written');
  if (repository.trouble !== undefined) throw cannotStart(`Git tells nothing of '${repository.top}'`, expected, repository.trouble);
  return repository;
}

/** Decides what becomes of a `post-merge` hook. @throws FleetError where there is no fleet, or no repository */
export function planHook(place: StartPlace): PlannedHook {
  const repository = expectRepository(place);
  if (!place.fleet) throw cannotStart(`there is no fleet in '${place.dir}'`, 'the folder that holds `config/`', undefined, 'begin one with `fleet init`');
  const lines = hookLines({ folder: place.folder, output: place.fleet.output, packageManager: place.packageManager });
  const own = join(sharedDir(repository.gitDir), 'hooks');
  const named = namedFolder(repository);
  const file = join(named ?? own, 'post-merge');
  if (named !== undefined) {
    // Husky runs what lies beside the folder that it has Git look into.
    const husky = /[\\/]\.husky[\\/]_$/.test(named) ? join(named, '../post-merge') : file;
    return stays(husky, lines, 'core.hooksPath names its folder, which others may use as well');
  }
  const folder = entryAt(own);
  if (folder && !folder.isDirectory()) return stays(file, lines, `its folder is ${folder.isSymbolicLink() ? 'a link' : 'no folder'}`);
  return entryAt(file) ? stays(file, lines, 'there is such a hook already') : { file, state: 'written', lines };
}

/** @throws FleetError where none can be, or the disk refuses */
export function writeHook(place: StartPlace): PlannedHook {
  const plan = planHook(place);
  if (plan.state !== 'written') return plan;
  try {
    makeFolders(join(plan.file, '..'));
    writeNewFile(plan.file, `#!/bin/sh\n${plan.lines}`, 0o755);
  } catch (cause) {
    throw writeFailure({ code: 'init-target', folder: join(plan.file, '..'), hint: 'mend that, then run this again; nothing else was to be written' }, cause);
  }
  return plan;
}

function stays(file: string, lines: string, why: string): PlannedHook {
  const holds = entryAt(file)?.isFile() === true && readFileSync(file, 'utf8').replaceAll('\r\n', '\n').includes(lines);
  return holds ? { file, state: 'same', lines } : { file, state: 'left', why, lines };
}

/** The folder that `core.hooksPath` names, in the repository or for all of a person's: absolute. @default - Git looks where it always does */
function namedFolder(repository: Repository): string | undefined {
  const values = repository.tryText('config', ['--path', '--null', '--get-all', 'core.hooksPath'])?.split('\0').slice(0, -1) ?? [];
  // The last one is said by the way in which Git is run here, so that it runs no hooks.
  const named = values.at(-2);
  return named === undefined || named === '' ? undefined : resolve(repository.top, named);
}
