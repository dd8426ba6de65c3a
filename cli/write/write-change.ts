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
  const stale = (now?.outdated ?? []).filter((path) => !own.has(path));
  const wasClean = dir !== undefined && stale.length === 0 && history.isClean(dir);
  const configFolder = commonFolder(edited);
  const cleanFolders = history.isClean(configFolder) ? [configFolder] : [];
  const write = (folder: string) => ({ dir: folder, report: writeOutput(folder, proof.output, { config: fleet.config }) });
  if (commit) expectAlone(commit, files);
  const rendered = writeEdits(fleet.config, edits, () => (dir === undefined ? undefined : write(dir)));
  if (commit && rendered)
    commit.add([...rendered.report.written, ...rendered.report.removed].filter((path) => !stale.includes(path)).map((path) => `${rendered.dir}/${path}`));
  commit?.add(edited);
  return { edited, added, rendered, stale, wasClean, cleanFolders };
}
