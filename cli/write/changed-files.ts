import { resolve } from 'node:path';
import { FleetError, type FleetOutput } from '../../constructs';
import { History } from '../../store/git/history';
import type { ExpectedFiles } from '../../store/git/writing/uncommitted';
import { compareOutput, compareOutputs } from '../../store/output/compare-output';
import { texts } from '../../store/output/output-folder';
import { shownFrom } from '../../store/output/output-place';
import type { Change } from '../prepare/change';
import type { Proof } from '../prepare/prove';
import type { LoadedFleet } from '../read/load-fleet';

/** Where what a change renders lies now. */
export interface RenderedNow {
  /** The output folder, as messages show it. */
  readonly dir: string;
  /** Files in it that are not what the configuration renders as it is, whoever's edit that is. */
  readonly outdated: readonly string[];
}

/** The files that a change is about. */
export interface ChangedFiles {
  /** Configuration files, relative to the working directory. */
  readonly edited: readonly string[];
  /** Rendered files, from the output folder; none where nothing is rendered. */
  readonly own: ReadonlySet<string>;
  /** @default - nothing is rendered */
  readonly rendered?: RenderedNow;
}

export function changedFiles(fleet: LoadedFleet, { edits, proof }: Change, rendered?: RenderedNow): ChangedFiles {
  const root = new History(fleet.config).root ?? resolve('.');
  return {
    edited: edits.files.map(({ file }) => shownFrom(root, resolve(file))),
    own: new Set(rendered === undefined ? [] : [...proof.changes().map(({ path }) => path), ...recordChanges(fleet.output, proof.output)]),
    ...(rendered === undefined ? {} : { rendered }),
  };
}

/** Compares what lies in the output folder with the fleet as it is. */
export function renderedNow(dir: string, { output, config }: LoadedFleet): RenderedNow {
  const { changed, missing, extra } = compareOutput(dir, output, { config });
  return { dir, outdated: [...changed.map(({ path }) => path), ...missing, ...extra] };
}

/** @throws FleetError where a commit of a change would hold anything else */
export function expectAlone(commit: ExpectedFiles, { edited, own, rendered }: ChangedFiles): void {
  commit.expectClean(edited);
  const paths = rendered === undefined ? [] : [...own].map((path) => `${rendered.dir}/${path}`);
  commit.expectKept([...edited, ...paths.slice(0, 1)]);
  commit.expectClean(paths);
  const first = rendered?.outdated.find((path) => own.has(path));
  if (rendered === undefined || first === undefined) return;
  throw new FleetError([
    {
      code: 'commit',
      message: `'${rendered.dir}/${first}' is not what the configuration renders, so that the commit would hold what others changed`,
      place: [],
      hint: `nothing was written; run \`npx fleet synth\` and commit that first, or run it without ${commit.flag}`,
    },
  ]);
}

/** What rendered files say after a change; `null` for one that goes. */
export function textsAfter({ changes, output }: Proof, own: ReadonlySet<string>): ReadonlyMap<string, string | null> {
  const after = new Map<string, string | undefined>([...texts([output.records()])].map(({ path, text }) => [path, text]));
  for (const { path, after: text } of changes()) after.set(path, text);
  return new Map([...own].map((path) => [path, after.get(path) ?? null]));
}

/** Records change with layers that move, whatever that changes of the rest. */
function recordChanges(before: FleetOutput, after: FleetOutput): readonly string[] {
  const { changed, missing, extra } = compareOutputs([before.records()], () => after.records());
  return [...changed.map(({ path }) => path), ...missing, ...extra];
}
