import { realpathSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import type { ClusterTypeFiles, ConfigFile, ConfigFiles } from '../../layers/config-files';
import { describe } from '../../layers/plain-data';
import { FleetError, type Problem } from '../../layers/problem';
import { asksFor, nearest } from '../../layers/text/nearest';
import { messageOf, stackOf, thrownAs } from '../../layers/thrown';
import { addConfigFolder } from '../code/config-modules';
import { freezeData } from '../code/freeze';
import { tryLoadData } from '../code/load-data';
import { forgetModules, loadModule } from '../code/load-module';
import { isRefused, runPutOff } from '../code/own-process';
import { reportRepeatedKeys } from '../code/report-repeated-keys';
import { takeReported } from '../code/reported';
import { ConfigFolders, type FolderEntry, isOfSystem, leadsOut, outermostRepository } from '../files/config-folder';
import { shown } from '../files/paths';
import { notRegular, readText } from '../files/read-file';
import { conflictProblem } from '../text/merge-conflict';

/**
 * Reads a TypeScript fleet: `fleet.ts`, and a folder for each cluster type with `defaults.ts` and, anywhere below, a file
 * for each app. Names that start with `_` or `.` are left to the user, for code that several files share.
 *
 * @param root absolute
 */
export function readTypeScriptFleet(root: string): ConfigFiles {
  forgetModules(root);
  addConfigFolder(root);
  const problems: Problem[] = [];
  const folders = new SourceFolders(root, problems);
  const entries = folders.list(root);
  // What cannot be taken for one was told of above.
  const fleet = entries.some(({ name }) => name === 'fleet.ts') ? load(join(root, 'fleet.ts'), problems) : undefined;
  const hasFile = (file: string) => entries.some(({ name, kind }) => name === file && kind !== 'folder');
  const exemptions = hasFile(exemptionsFile) ? load(join(root, exemptionsFile), problems) : undefined;
  const rules = hasFile(rulesFile) ? load(join(root, rulesFile), problems) : undefined;
  for (const { name, path, kind } of entries) {
    if (kind === 'folder' || name === 'fleet.ts' || besideFleet.includes(name) || !isSource(name)) continue;
    const near = nearest(name, besideFleet);
    const hint = near === undefined ? {} : { hint: asksFor(near) };
    problems.push({ ...misplaced(path, 'a file beside fleet.ts belongs to no cluster type'), ...hint });
  }
  const clusterTypes = entries.filter(({ kind }) => kind === 'folder').map(({ path }) => readClusterType(path, folders, problems));
  runPutOff();
  problems.push(...takeReported());
  const hasUnreadRules = hasFile(rulesFile) && !rules;
  const others = { ...(exemptions ? { exemptions } : {}), ...(rules ? { rules } : {}), ...(hasUnreadRules ? { hasUnreadRules } : {}) };
  return { folder: shown(root), form: 'typescript', fleet, ...others, clusterTypes, problems };
}

/** What rules allow for a while. */
const exemptionsFile = 'exemptions.ts';

/** Rules of the fleet's own. */
const rulesFile = 'rules.ts';

/** Files that may lie beside `fleet.ts`. */
const besideFleet = [exemptionsFile, rulesFile];

function readClusterType(folder: string, folders: SourceFolders, problems: Problem[]): ClusterTypeFiles {
  const defaultsFile = join(folder, 'defaults.ts');
  const unread: string[] = [];
  const files = [...folders.sourceFiles(folder, unread)];
  const hasDefaults = files.includes(defaultsFile);
  const defaults = hasDefaults ? load(defaultsFile, problems) : undefined;
  if (hasDefaults && !defaults) unread.push('defaults');
  const apps = files.flatMap((file) => {
    if (file === defaultsFile) return [];
    const app = loadApp(file, problems);
    if (!app) unread.push(parse(file).name);
    return app ?? [];
  });
  return { name: basename(folder), folder: shown(folder), defaults, apps, ...(unread.length > 0 ? { unread } : {}) };
}

function loadApp(file: string, problems: Problem[]): ConfigFile | undefined {
  if (basename(file) === 'defaults.ts') problems.push(misplaced(file, 'defaults belong to the cluster type, at the top of its folder'));
  else if (!file.endsWith('.ts')) problems.push(misplaced(file, 'configuration is TypeScript: the file is not read'));
  else return load(file, problems);
  return undefined;
}

/** How deep folders may lie in one another. */
const maxDepth = 100;

/** The folders of a configuration in TypeScript. */
class SourceFolders {
  readonly #folders = new ConfigFolders();
  readonly #problems: Problem[];
  /** The folder that no link may lead out of. @default - the configuration is in no repository, but in a volume that is made of links */
  readonly #repository: string | undefined;

  constructor(root: string, problems: Problem[]) {
    this.#problems = problems;
    this.#repository = outermostRepository(root);
  }

  /**
   * @param refused gets the names of what is there, and cannot be read
   * @param above   the folders on the way, so that a link to one of them is not followed for ever
   */
  *sourceFiles(folder: string, refused: string[], above: readonly string[] = []): Generator<string> {
    const here = realpathSync.native(folder);
    if (above.includes(here)) return;
    if (above.length >= maxDepth) {
      this.#problems.push({
        code: 'config-unreadable',
        message: 'the folder lies too deep',
        file: shown(folder),
        expected: `at most ${maxDepth} folders in one another`,
      });
      refused.push(basename(folder));
      return;
    }
    for (const { name, path, kind } of this.list(folder, refused)) {
      if (kind === 'folder') yield* this.sourceFiles(path, refused, [...above, here]);
      else if (isSource(name)) yield path;
    }
  }

  /**
   * What may be configuration. Links are followed, for a mounted volume is made of them; one that leads nowhere counts as a
   * file, and is found out when it is loaded.
   *
   * @param refused gets the names of what is there, and cannot be read
   */
  list(folder: string, refused: string[] = []): readonly FolderEntry[] {
    try {
      return this.#folders
        .entries(folder)
        .filter(({ name }) => !name.startsWith('_') && !name.startsWith('.') && name !== 'node_modules')
        .filter((entry) => this.#isUsable(entry, refused));
    } catch (cause) {
      if (!(cause instanceof FleetError)) throw cause;
      this.#problems.push(...cause.problems);
      refused.push(basename(folder));
      return [];
    }
  }

  #isUsable({ name, path, kind, special, isLink }: FolderEntry, refused: string[]): boolean {
    if (kind !== 'folder' && !isSource(name)) return false;
    if (special !== undefined) {
      this.#problems.push(...notRegular(path, special).problems);
      refused.push(parse(name).name);
      return false;
    }
    if (!isLink || kind === 'dangling') return true;
    const isOutward = isOfSystem(path) || (this.#repository !== undefined && leadsOut(path, this.#repository));
    if (isOutward) {
      const hint = 'put a copy there: what lies outside is not reviewed with the fleet';
      this.#problems.push({ code: 'symlink', message: 'the link leads out of the repository', file: shown(path), hint });
      refused.push(parse(name).name);
    }
    return !isOutward;
  }
}

/** Whether somebody may have meant the file as configuration. */
function isSource(name: string): boolean {
  return /\.([cm]?[jt]sx?|ya?ml)$/.test(name) && !/\.(d|test|spec)\.ts$/.test(name);
}

function misplaced(file: string, message: string): Problem {
  return {
    code: 'config-misplaced',
    message,
    file: shown(file),
    expected: '{cluster type}/defaults.ts, or {cluster type}/…/{app}.ts',
    hint: "move it; or let its name start with '_' if other files import it",
  };
}

function load(file: string, problems: Problem[]): ConfigFile | undefined {
  try {
    const exported = exportsOf(file);
    if (exported.default instanceof Promise) {
      // Should it be rejected, that is the same mistake.
      exported.default.catch(() => {});
      problems.push({
        code: 'config-export',
        message: 'the default export is a promise, and nobody waits for it',
        file: shown(file),
        expected: 'the data itself',
        hint: 'configuration is read in one go: no async function at the top of a file',
      });
      return undefined;
    }
    if (exported.default === undefined) {
      const others = Object.keys(exported).filter((key) => key !== '__esModule');
      problems.push({
        code: 'config-export',
        message: 'the file has no default export',
        file: shown(file),
        expected: '`export default …`',
        found: others.length > 0 ? `exports called ${others.join(', ')}` : 'no export at all',
      });
      return undefined;
    }
    return { file: shown(file), name: basename(file, '.ts'), content: exported.default };
  } catch (cause) {
    const mistake = thrownAs(cause, FleetError);
    if (mistake) problems.push(...mistake.problems);
    // What code may not do was reported when it did it.
    else if (!isRefused(cause)) problems.push(loadProblem(file, cause));
    return undefined;
  } finally {
    problems.push(...takeReported().map((problem) => ({ file: shown(file), ...problem })));
  }
}

function exportsOf(file: string): { readonly [key: string]: unknown } {
  const data = tryLoadData(file);
  if (data) return data;
  const exported = loadModule(file);
  reportRepeatedKeys(file);
  freezeData(exported.default);
  return exported;
}

/** A mistake as esbuild, which compiles configuration for tsx, tells it; it may stand in a file that was imported. */
const compileError = /^(.+?):(\d+):(\d+): ERROR: (.+)$/m;

function loadProblem(file: string, cause: unknown): Problem {
  const error = thrownAs(cause, Error);
  const message = error ? messageOf(error) : describe(cause);
  const [, place, line, column, text] = /Transform failed/.test(message) ? (compileError.exec(message) ?? []) : [];
  if (place !== undefined) return compileProblem(place, text ?? '', { line: Number(line), column: Number(column) + 1 });
  const first = message.split('\nRequire stack:')[0] ?? '';
  const position = positionIn(file, stackOf(cause));
  if (error instanceof SyntaxError) return compileProblem(file, first, position);
  return { code: 'config-throws', message: `the file threw while it was loaded: ${first}`, file: shown(file), ...position };
}

interface Position {
  readonly line?: number;
  readonly column?: number;
}

function compileProblem(file: string, message: string, position: Position): Problem {
  const problem: Problem = { code: 'config-compile', message: `the file does not compile: ${message}`, file: shown(file), ...position };
  if (/Top-level await/.test(message)) {
    return { ...problem, message: 'the file waits for something while it is loaded', hint: 'configuration is read in one go: no `await` outside of functions' };
  }
  return { ...problem, ...conflictProblem(readText(file), position.line) };
}

function positionIn(file: string, stack: string): Position {
  const at = stack.indexOf(`${file}:`);
  const match = at < 0 ? null : /^:(\d+)(?::(\d+))?/.exec(stack.slice(at + file.length));
  return match ? { line: Number(match[1]), ...(match[2] ? { column: Number(match[2]) } : {}) } : {};
}
