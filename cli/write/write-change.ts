import { commit as writeEdits } from '../../store/edit/transaction';
import { isThere } from '../../store/files/paths';
import { History } from '../../store/git/history';
import type { NewCommit } from '../../store/git/writing/new-commit';
import { outputPlace } from '../../store/output/output-place';
import { type WriteReport, writeOutput } from '../../store/output/write-output';
import type { Change } from '../prepare/change';
import type { LoadedFleet } from '../read/load-fleet';
import { changedFiles, expectAlone, renderedNow } from './changed-files';
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
  /** Rendered files that the step changes and that were not current before: they hold what other edits make of them, too. */
  readonly mixed: readonly string[];
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
export function writeChange(fleet: LoadedFleet, change: Change, synth: boolean, commit?: NewCommit): Written {
  const { edits, proof } = change;
  const dir = synth ? outputPlace(fleet.config, fleet.fleet.path) : undefined;
  const history = new History(fleet.config);
  const now = dir === undefined ? undefined : isThere(dir) ? renderedNow(dir, fleet) : { dir, outdated: [] };
  const files = changedFiles(fleet, change, now);
  const { edited, own } = files;
  const added = edited.filter((file) => !isThere(file));
  const outdated = now?.outdated ?? [];
  const stale = outdated.filter((path) => !own.has(path));
  const mixed = outdated.filter((path) => own.has(path));
  const wasClean = dir !== undefined && outdated.length === 0 && history.isClean(dir);
  const configFolder = commonFolder(edited);
  const cleanFolders = history.isClean(configFolder) ? [configFolder] : [];
  const write = (folder: string) => ({ dir: folder, report: writeOutput(folder, proof.output, { config: fleet.config }) });
  if (commit) expectAlone(commit, files);
  const rendered = writeEdits(fleet.config, edits, () => (dir === undefined ? undefined : write(dir)));
  if (commit && rendered)
    commit.add([...rendered.report.written, ...rendered.report.removed].filter((path) => !stale.includes(path)).map((path) => `${rendered.dir}/${path}`));
  commit?.add(edited);
  return { edited, added, rendered, stale, mixed, wasClean, cleanFolders };
}

/** Rendered files that a change would write together with what other edits make of them, as messages show them. */
export function mixedFiles(fleet: LoadedFleet, change: Change, synth: boolean): readonly string[] {
  const dir = synth ? outputPlace(fleet.config, fleet.fleet.path) : undefined;
  if (dir === undefined || !isThere(dir)) return [];
  const now = renderedNow(dir, fleet);
  if (now.outdated.length === 0) return [];
  const { own } = changedFiles(fleet, change, now);
  return now.outdated.filter((path) => own.has(path)).map((path) => `${dir}/${path}`);
}
