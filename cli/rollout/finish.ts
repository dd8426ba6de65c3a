import { dirname, relative } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { FleetError, type FleetOutput } from '../../constructs';
import { isAtOrBelow } from '../../layers/hierarchy';
import { plural } from '../../layers/problem-text';
import { compareOutput, compareOutputs } from '../../store/compare-output';
import type { Edits } from '../../store/edit/edits';
import { commit } from '../../store/edit/transaction';
import { History } from '../../store/git/history';
import { isSamePlace, isThere } from '../../store/paths';
import { reportText, type WriteReport, writeOutput } from '../../store/write-output';
import { fileLines } from '../print';
import type { RolloutFleet } from './fleet';
import type { FileChange, Proof } from './prove';

/** What a command that changes the configuration did. */
export interface Finished {
  /** Configuration files that were written or removed, relative to the working directory. */
  readonly edited: readonly string[];
  /** Those of them that were not there before. */
  readonly added: readonly string[];
  /** What was rendered. @default - nothing: `--no-synth` */
  readonly report?: WriteReport;
  /** Rendered files that the step does not change and that were not current before: what they say now is about other edits. */
  readonly stale: readonly string[];
  /** Whether the output was as the last commit has it. */
  readonly wasClean: boolean;
  /** The folder of the edited files, where nothing else in it was edited before. */
  readonly cleanFolders: readonly string[];
}

/** Writes the edits, and then the rendered output. @throws FleetError where that would be rendered to a place that nobody reads */
export function finish(fleet: RolloutFleet, edits: Edits, { output, changes }: Proof, synth: boolean): Finished {
  const edited = edits.files.map(({ file }) => shown(file));
  const added = edited.filter((file) => !isThere(file));
  const folder = fleet.fleet.path;
  const history = new History(fleet.config);
  if (synth) expectOutput(folder, history);
  const own = new Set([
    ...changes.flatMap(({ path }) => [path, `${targetOf(path)}/values.yaml`]),
    ...(fleet.output.hasMembers ? commentChanges(fleet.output, output) : []),
  ]);
  const stale = synth && isThere(folder) ? staleFiles(folder, fleet).filter((path) => !own.has(path)) : [];
  const wasClean = history.isClean(folder);
  const configFolder = commonFolder(edited);
  const cleanFolders = history.isClean(configFolder) ? [configFolder] : [];
  const report = commit(fleet.config, edits, () => (synth ? writeOutput(folder, output as FleetOutput, { config: fleet.config }) : undefined));
  return { edited, added, report, stale, wasClean, cleanFolders };
}

/** Files of values that say the same and name other layers. */
function commentChanges(before: FleetOutput, after: FleetOutput): readonly string[] {
  const folders = new Map([...after].map((folder) => [folder.path, folder]));
  const { changed } = compareOutputs(before, (path) => folders.get(path));
  return changed.map(({ path }) => path);
}

/** The folder of the target that a rendered file belongs to. */
function targetOf(path: string): string {
  return path.replace(/\/(templates\/[^/]*|manifests\/.*|[^/]*)$/, '');
}

function staleFiles(folder: string, { output, config }: RolloutFleet): readonly string[] {
  const { changed, missing, extra } = compareOutput(folder, output, { config });
  return [...changed.map(({ path }) => path), ...missing, ...extra];
}

/** Output that is not there yet belongs to the top of the repository, and nowhere else. */
function expectOutput(folder: string, { root }: History): void {
  if (isThere(folder) || root === undefined || isSamePlace(root, '.')) return;
  throw new FleetError([
    {
      code: 'output-folder',
      message: `there is no '${folder}' here, and this is not the top of the repository`,
      hint: `run the command in ${root}, or with --no-synth; nothing was written`,
    },
  ]);
}

/**
 * What to run next: a commit of exactly what the steps did. Nothing where there is no repository.
 *
 * @param steps in the order in which they were done
 */
export function nextOf({ config, fleet }: RolloutFleet, steps: readonly Finished[], message: string): readonly string[] {
  const history = new History(config);
  if (!history.isThere || steps.length === 0) return [];
  const edited = steps.flatMap((step) => step.edited);
  // Git knows no name that is neither there nor tracked.
  const named = edited.filter((file) => isThere(file) || history.isTracked(file));
  const folder = commonFolder(edited);
  const configuration = edited.length > 1 && steps.every(({ cleanFolders }) => cleanFolders.some((clean) => isWithin(folder, clean))) ? [folder] : named;
  const stale = new Set(steps.flatMap((step) => step.stale));
  const written = steps.flatMap(({ report }) => [...(report?.written ?? []), ...(report?.removed ?? [])]).filter((path) => !stale.has(path));
  const isRendered = steps.some(({ report }) => report !== undefined);
  const isWhole = stale.size === 0 && steps[0]?.wasClean === true;
  const rendered = !isRendered
    ? []
    : isWhole
      ? [fleet.path]
      : written.map((path) => `${fleet.path}/${path}`).filter((file) => isThere(file) || history.isTracked(file));
  return [`git add -A -- ${[...new Set([...configuration, ...rendered])].map(quoted).join(' ')}`, `git commit -m ${quoted(message)}`];
}

/** The deepest folder that is there and holds all of some files. */
function commonFolder(files: readonly string[]): string {
  let folder = dirname(files[0] ?? '.');
  while (folder !== dirname(folder) && (!isThere(folder) || files.some((file) => !isWithin(file, folder)))) folder = dirname(folder);
  return folder;
}

function isWithin(path: string, folder: string): boolean {
  return folder === '.' || isAtOrBelow(path, folder);
}

/** What a person reads of the end of a command. */
export function nextLines({ fleet }: RolloutFleet, steps: readonly Finished[], next: readonly string[]): readonly string[] {
  const stale = new Set(steps.flatMap((step) => step.stale)).size;
  return [
    ...(stale > 0
      ? ['', `${fleet.path}/ was not current before: ${plural(stale, 'file')} of other edits ${stale === 1 ? 'was' : 'were'} rendered too. Commit them apart.`]
      : []),
    ...(next.length > 0 ? ['', 'Next:', ...next.map((line) => `  ${line}`)] : []),
  ];
}

/** What was written. */
export function writtenLines(folder: string, { edited, added, report }: Finished): readonly string[] {
  const verb = (file: string) => (added.includes(file) ? 'added' : isThere(file) ? 'edited' : 'removed');
  return [
    ...edited.map((file) => `${verb(file)} ${file}`),
    ...(report ? [reportText(folder, report), ...fileLines('written', folder, report.written), ...fileLines('removed', folder, report.removed)] : []),
  ];
}

/** The manifests' change as a diff. */
export function diffText(folder: string, changes: readonly FileChange[]): string {
  if (changes.length === 0) return 'No manifest changes.';
  return changes
    .map(({ path, before = '', after = '' }) => {
      const name = `${folder}/${path}`;
      const [, ...lines] = createTwoFilesPatch(before === '' ? '/dev/null' : `a/${name}`, after === '' ? '/dev/null' : `b/${name}`, before, after, '', '', {
        context: 1,
      }).split('\n');
      return lines.join('\n').trimEnd();
    })
    .join('\n');
}

function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

/** For a shell. */
export function quoted(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
