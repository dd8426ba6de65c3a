import { join } from 'node:path';
import { FleetError, type PatchView } from '../../constructs';
import { recordFolder } from '../../layers/record';
import { shellWord } from '../../layers/text/shell-word';
import { type Commit, History } from '../../store/git/history';
import { type GonePatch, tryFindGone } from '../../store/history/gone-patch';
import { outputDir } from '../../store/output/output-place';
import { sequenceIn } from '../../store/state/git-state';
import { completeName } from './complete-name';
import { findApp, findClusterType } from './find-app';
import type { LoadedFleet } from './load-fleet';

/** A patch as the command line names it. */
export type PatchNames = readonly [clusterType: string, app: string, patch: string];

/** A patch by its names. @throws FleetError with a suggestion; of one that was in flight once, with what became of it */
export function findPatch(fleet: LoadedFleet, [clusterTypeName, appName, patchName]: PatchNames): PatchView {
  const { output, patches } = fleet;
  const clusterType = findClusterType(output, clusterTypeName);
  const app = findApp(output, clusterType, appName);
  const own = patches.filter(({ state }) => state.clusterType === clusterType && state.app === app);
  const known = own.map(({ state }) => state.patch);
  // What was called so once is never taken for the beginning of another's name.
  if (!known.includes(patchName)) expectNotGone(fleet, clusterType, app, patchName);
  if (own.length === 0) {
    throw new FleetError([
      { code: 'rollout', message: `${app} of ${clusterType} has no patch in flight`, hint: `\`fleet new patch ${clusterType} ${app} --set …\` writes one` },
    ]);
  }
  const patch = completeName(patchName, { known, noun: 'patch', nouns: 'patches', context: ` of ${app} in ${clusterType}` });
  return own.find(({ state }) => state.patch === patch) as PatchView;
}

/** A patch that went into the base with a commit. */
export interface IntegratedPatch {
  readonly clusterType: string;
  readonly app: string;
  readonly patch: string;
  readonly gone: GonePatch & { readonly commit: Commit };
  /** The file of the app as it is; in YAML its component's `values.yaml`. */
  readonly file: string;
  readonly history: History;
}

/** A patch that is in the base, by what its names mean. @returns `undefined` where it is in flight, or where no commit made it the base */
export function tryFindIntegrated(fleet: LoadedFleet, [clusterTypeName, appName, patch]: PatchNames): IntegratedPatch | undefined {
  const { output, patches } = fleet;
  const clusterType = findClusterType(output, clusterTypeName);
  const app = findApp(output, clusterType, appName);
  if (patches.some(({ state }) => state.clusterType === clusterType && state.app === app && state.patch === patch)) return undefined;
  const found = tryFindGoneOf(fleet, clusterType, app, patch);
  const { commit } = found?.gone ?? {};
  return found?.gone.wasEverywhere && commit ? { clusterType, app, patch, ...found, gone: { ...found.gone, commit } } : undefined;
}

function tryFindGoneOf({ config, fleet, output }: LoadedFleet, clusterType: string, app: string, patch: string) {
  const [file] = output.apps(clusterType, app).flatMap((view) => view.file ?? []);
  if (file === undefined) return undefined;
  const history = new History(config);
  const targets = output.targetsOf(clusterType).map(({ path }) => path);
  const record = join(outputDir(config, fleet.path), recordFolder, 'fleet.yaml');
  const gone = tryFindGone(history, file, patch, (commit) => {
    // A target that came since had nothing to be covered by.
    const then = new Set(sequenceIn(history.fileAt(commit, record) ?? ''));
    return then.size === 0 ? targets : targets.filter((target) => then.has(target));
  });
  return gone && { gone, file, history };
}

/** @throws FleetError where the patch was in flight once */
function expectNotGone(fleet: LoadedFleet, clusterType: string, app: string, patch: string): void {
  const found = tryFindGoneOf(fleet, clusterType, app, patch);
  if (!found) return;
  const { gone, file, history } = found;
  const { became, hint } = goneText(gone, history, `fleet rollback ${[clusterType, app, patch].map(shellWord).join(' ')}`);
  const message = `'${patch}' of ${app} in ${clusterType} is in flight no more: it ${became}`;
  throw new FleetError([{ code: 'rollout', message, app, file, place: [], hint }]);
}

/** What became of a patch, and how to take that back. */
function goneText({ commit, wasEverywhere }: GonePatch, history: History, command: string): { readonly became: string; readonly hint: string } {
  const became = wasEverywhere ? 'went into the base' : 'was taken out';
  if (!commit) return { became: `${became}, which is not committed yet`, hint: 'undo what is not committed: `git diff` shows it' };
  const hash = commit.hash.slice(0, 12);
  const revert = `git revert ${history.isMerge(commit) ? '-m 1 ' : ''}${hash}`;
  return {
    became: `${became} with commit ${hash}, of ${new Date(commit.time).toISOString().slice(0, 10)}`,
    hint: `${wasEverywhere ? `\`${command}\` writes a patch that takes it back, step by step; \`${revert}\` does everywhere at once` : `\`${revert}\` brings it back`}; render with \`npx fleet synth\` after a revert`,
  };
}
