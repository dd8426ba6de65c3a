import { resolve } from 'node:path';
import type { FleetOutput } from '../../constructs';
import { commit } from '../../store/edit/transaction';
import { isThere } from '../../store/files/paths';
import { History } from '../../store/git/history';
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

/** Writes the edits, and then the rendered output. @throws FleetError where that still lies where nobody reads it */
export function writeChange(fleet: LoadedFleet, { edits, proof: { output, changes } }: Change, synth: boolean): Written {
  const dir = synth ? outputPlace(fleet.config, fleet.fleet.path) : undefined;
  const history = new History(fleet.config);
  const edited = edits.files.map(({ file }) => shownFrom(history.root ?? resolve('.'), resolve(file)));
  const added = edited.filter((file) => !isThere(file));
  const own = new Set([...changes.map(({ path }) => path), ...recordChanges(fleet.output, output)]);
  const stale = dir !== undefined && isThere(dir) ? staleFiles(dir, fleet).filter((path) => !own.has(path)) : [];
  const wasClean = dir !== undefined && stale.length === 0 && history.isClean(dir);
  const configFolder = commonFolder(edited);
  const cleanFolders = history.isClean(configFolder) ? [configFolder] : [];
  const write = (folder: string) => ({ dir: folder, report: writeOutput(folder, output, { config: fleet.config }) });
  const rendered = commit(fleet.config, edits, () => (dir === undefined ? undefined : write(dir)));
  return { edited, added, rendered, stale, wasClean, cleanFolders };
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
