import { resolve } from 'node:path';
import { FleetError, type FleetOutput } from '../../constructs';
import { commit as writeEdits } from '../../store/edit/transaction';
import { isThere } from '../../store/files/paths';
import { History } from '../../store/git/history';
import type { NewCommit } from '../../store/git/new-commit';
import { compareOutput, compareOutputs } from '../../store/output/compare-output';
import { outputPlace, shownFrom } from '../../store/output/output-place';
import { type WriteReport, writeOutput } from '../../store/output/write-output';
import type { Change } from '../prepare/change';
import type { LoadedFleet } from '../read/load-fleet';
import { commonFolder } from './common-folder';

/** What a command wrote that changes the configuration. */
export interface Written {
  /** Configuration files that were written or removed, relative to the working directory. */
  readonly edited: readonly string[];
  /** Those of them that were not there before. */
  readonly added: readonly string[];
  /** What was rendered, and where: as messages show it. @default - nothing: `--no-synth` */
  readonly rendered?: { readonly dir: string; readonly report: WriteReport };
  /** Rendered files that the step does not change and that were not current before: what they say now is about other edits. */
  readonly stale: readonly string[];
  /** Whether the output was current, and as the last commit has it. */
  readonly wasClean: boolean;
  /** The folder of the edited files, where nothing else in it was edited before. Absolute. */
  readonly cleanFolders: readonly string[];
}

/**
 * Writes the edits, and then the rendered output.
 *
 * @param commit takes what is written
 * @throws FleetError where output still lies where nobody reads it, and where what is written cannot be committed alone; nothing is written then
 */
export function writeChange(fleet: LoadedFleet, { edits, proof: { output, changes } }: Change, synth: boolean, commit?: NewCommit): Written {
  const dir = synth ? outputPlace(fleet.config, fleet.fleet.path) : undefined;
  const history = new History(fleet.config);
  const edited = edits.files.map(({ file }) => shownFrom(history.root ?? resolve('.'), resolve(file)));
  const added = edited.filter((file) => !isThere(file));
  const own = new Set([...changes.map(({ path }) => path), ...recordChanges(fleet.output, output)]);
  const outdated = dir !== undefined && isThere(dir) ? staleFiles(dir, fleet) : [];
  const stale = outdated.filter((path) => !own.has(path));
  const wasClean = dir !== undefined && stale.length === 0 && history.isClean(dir);
  const configFolder = commonFolder(edited);
  const cleanFolders = history.isClean(configFolder) ? [configFolder] : [];
  const write = (folder: string) => ({ dir: folder, report: writeOutput(folder, output, { config: fleet.config }) });
  if (commit) expectAlone(commit, { edited, dir, own, outdated });
  const rendered = writeEdits(fleet.config, edits, () => (dir === undefined ? undefined : write(dir)));
  if (commit && rendered)
    commit.add([...rendered.report.written, ...rendered.report.removed].filter((path) => !stale.includes(path)).map((path) => `${rendered.dir}/${path}`));
  commit?.add(edited);
  return { edited, added, rendered, stale, wasClean, cleanFolders };
}

interface Writing {
  readonly edited: readonly string[];
  /** The output folder. @default - nothing is rendered */
  readonly dir?: string;
  /** Rendered files that the change is about. */
  readonly own: ReadonlySet<string>;
  /** Rendered files that are not what the configuration renders as it is. */
  readonly outdated: readonly string[];
}

/** @throws FleetError where a commit of what is written would hold anything else */
function expectAlone(commit: NewCommit, { edited, dir, own, outdated }: Writing): void {
  commit.expectClean(edited);
  commit.expectKept([...edited, ...(dir === undefined ? [] : [...own].slice(0, 1).map((path) => `${dir}/${path}`))]);
  if (dir === undefined) return;
  commit.expectClean([...own].map((path) => `${dir}/${path}`));
  const first = outdated.find((path) => own.has(path));
  if (first === undefined) return;
  throw new FleetError([
    {
      code: 'commit',
      message: `'${dir}/${first}' is not what the configuration renders, so that the commit would hold what others changed`,
      place: [],
      hint: 'nothing was written; run `npx fleet synth` and commit that first, or run it without --commit',
    },
  ]);
}

/** Records change with layers that move, whatever that changes of the rest. */
function recordChanges(before: FleetOutput, after: FleetOutput): readonly string[] {
  const { changed, missing, extra } = compareOutputs([before.records()], () => after.records());
  return [...changed.map(({ path }) => path), ...missing, ...extra];
}

function staleFiles(folder: string, { output, config }: LoadedFleet): readonly string[] {
  const { changed, missing, extra } = compareOutput(folder, output, { config });
  return [...changed.map(({ path }) => path), ...missing, ...extra];
}
