import { FleetError } from '../../../constructs';
import { Coverage } from '../../../layers/coverage';
import { pathsTo } from '../../../layers/hierarchy';
import { fieldText } from '../../../layers/record';
import { type Back, type BackField, decideBack } from '../../../rollout/decide-back';
import { addBackPatch } from '../../../store/edit/add-back-patch';
import { Edits } from '../../../store/edit/edits';
import type { Commit } from '../../../store/git/history';
import { type FormerValue, formerFields } from '../../../store/history/back/former-fields';
import { lackingCharts, notPulled } from '../../read/charts/lacking-charts';
import { completeName } from '../../read/complete-name';
import { type IntegratedPatch, type PatchNames, tryFindIntegrated } from '../../read/find-patch';
import type { LoadedFleet } from '../../read/load-fleet';
import { nodesOf } from '../../read/nodes-of';
import { stepText } from '../../read/patches/step-text';
import { approvable, approvedPaths } from '../approvals';
import type { Change } from '../change';
import { expectFree, nextName, patchesBefore } from '../patch-name';
import { type IdleField, proveNewPatch } from '../prepare-patch';
import type { RollbackFlags } from '../prepare-rollback';
import { type Start, startAt, startOf } from '../start-path';
import { statementLines } from '../statements';
import { expectThawed } from '../thawed';

/** A patch that takes another one back, which is in the base: decided and proved. */
export interface PreparedBack extends Pick<Start, 'wave'> {
  readonly clusterType: string;
  readonly app: string;
  /** The new patch. */
  readonly patch: string;
  /** The one that it takes back. */
  readonly of: string;
  /** The commit that made that one the base. */
  readonly commit: Commit;
  readonly path: string;
  readonly file: string;
  readonly targets: readonly string[];
  readonly back: Back<FormerValue>;
  /** The targets that it leaves out on its way. */
  readonly gaps: readonly string[];
  readonly idle: readonly IdleField[];
  readonly byHand: readonly string[];
  /** Manual nodes that it would enter and that nobody has approved: it waits for them. */
  readonly open: readonly string[];
  readonly change: Change;
  /** Whether output is written, too: not where somebody says so, nor where a chart has to be fetched first. */
  readonly isRendered: boolean;
  /** The commands that come then: none where all is done. */
  readonly afterwards: readonly string[];
}

/**
 * Decides and proves the patch that takes back one that is in the base; writes nothing.
 *
 * @param now what the clock says
 * @returns `undefined` where the patch is not in the base
 * @throws FleetError where nothing goes back
 */
export function prepareBack(fleet: LoadedFleet, names: PatchNames, flags: RollbackFlags, now: Date): PreparedBack | undefined {
  const found = tryFindIntegrated(fleet, names);
  if (!found) return undefined;
  expectNoOther(found, flags);
  const { clusterType, app, patch: of, gone, file } = found;
  const approved = approvedPaths(approvable(fleet.output), flags.approve);
  const all = fleet.output.targetsOf(clusterType).map(({ path }) => path);
  const { path, paths, targets, ...start } = placeOf(fleet, all, flags.at);
  expectThawed(nodesOf(fleet), targets, `no patch can start at ${path}`, now);
  const views = fleet.output.apps(clusterType, app);
  const back = backOf(found, views, flags.at === undefined ? undefined : path);
  const patch = nameOf(of, patchesBefore(fleet.output, clusterType, views));
  for (const view of views) expectFree(patch, file.endsWith('.yaml') ? 'yaml' : 'typescript', app, view);
  const edits = new Edits();
  const written = addBackPatch(edits, { file, apps: views }, { name: patch, description: `Takes ${of} back`, paths, fields: back.fields });
  const { proof, inspected } = proveNewPatch(fleet, edits, { clusterType, group: app, patch, targets });
  const { idle, byHand, gates } = inspected;
  const { gaps } = new Coverage(paths, all);
  const lacking = lackingCharts(fleet.config, proof.output, { clusterType, file: app, targets });
  if (lacking.length > 0 && (flags.dryRun || flags.commit)) throw notPulled(lacking, app);
  const isRendered = flags.synth && lacking.length === 0;
  const lines = () => statementLines(proof, { approved: gates, back: path, ...(gaps.length > 0 ? { hotfix: path } : {}) });
  // What the objects of a chart become, its digests say: nobody knows that who renders nothing.
  const statements = isRendered || flags.dryRun || flags.commit ? lines() : tryLines(lines);
  const message = `${clusterType}/${app}: start ${patch} at ${stepText({ path, ...start })}, which takes ${of} back`;
  const open = gates.filter((gate) => !approved.includes(gate));
  const change = { edits, proof, message, statements: statements ?? [] };
  const afterwards = [
    ...(lacking.length > 0 ? ['npx fleet charts pull'] : []),
    ...(statements === undefined ? ['npx fleet synth', 'npx fleet check --since HEAD'] : []),
  ];
  return {
    clusterType,
    app,
    patch,
    of,
    commit: gone.commit,
    path,
    ...start,
    file: written,
    targets,
    back,
    gaps,
    idle,
    byHand,
    open,
    change,
    isRendered,
    afterwards,
  };
}

/** @returns `undefined` where something had to be rendered that cannot be */
function tryLines(lines: () => readonly string[]): readonly string[] | undefined {
  try {
    return lines();
  } catch (error) {
    if (error instanceof FleetError) return undefined;
    throw error;
  }
}

/** Where the new patch begins: straight at a node that the command line names, or with the first of the sequence. */
function placeOf(fleet: LoadedFleet, targets: readonly string[], at: string | undefined): Start {
  if (at === undefined) return startOf(fleet, targets, undefined);
  const path = completeName(at, { known: [...new Set(targets.flatMap(pathsTo))], noun: 'dimension path', nouns: 'paths' });
  return startAt(path, targets);
}

/** `patch-001-back`; where that is taken, or would be older than a patch in flight, the next free number. */
function nameOf(of: string, taken: readonly string[]): string {
  const name = `${of}-back`;
  return taken.every((one) => one < name) ? name : nextName([...taken, of]);
}

/** @throws FleetError where nothing of the patch goes back, with what to do by hand */
function backOf(found: IntegratedPatch, apps: Parameters<typeof formerFields>[4], at: string | undefined): Back<FormerValue> {
  const { history, gone, patch, file } = found;
  const back = decideBack(
    fieldsOf(found, () => formerFields(history, gone, patch, file, apps)),
    at,
  );
  const lost = file.endsWith('.yaml') ? back.fields.filter(({ value }) => value === undefined) : [];
  if (lost.length > 0) throw cannot(found, `${textOf(lost)} was not set before, and a patch in YAML cannot take that away`, `take it out of ${file} by hand`);
  if (back.fields.length > 0) return back;
  const left = back.left.map(({ keys, why, now }) => `${fieldText(keys)} ${why === 'same' ? 'said the same before' : `says ${now ?? 'nothing'} since`}`);
  throw cannot(found, 'nothing of it is left to take back', 'write what it shall be as a patch: `fleet new patch … --set`', left.join('; '));
}

function textOf(fields: readonly BackField[]): string {
  return fields.map(({ keys }) => fieldText(keys)).join(', ');
}

/** @throws FleetError where history does not tell what the patch said */
function fieldsOf<T>(found: IntegratedPatch, read: () => readonly T[]): readonly T[] {
  const hash = found.gone.last.hash.slice(0, 12);
  const hint = `write what stood there before as a patch: \`fleet new patch … --set\`; \`git show ${hash}\` has it`;
  let fields: readonly T[];
  try {
    fields = read();
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    throw cannot(found, error.problems[0]?.message ?? 'it cannot be read', hint);
  }
  if (fields.length === 0) throw cannot(found, 'what it changed is not written out in its file', hint);
  return fields;
}

function cannot({ app, clusterType, patch, file }: IntegratedPatch, why: string, hint: string, what?: string): FleetError {
  const message = `'${patch}' of ${app} in ${clusterType} cannot be taken out of the base: ${why}`;
  return new FleetError([{ code: 'rollout', message, app, file, place: [], ...(what ? { found: what } : {}), hint }]);
}

/** @throws FleetError for flags that say which part of a patch in flight is meant */
function expectNoOther({ app, clusterType, patch }: IntegratedPatch, { to, everywhere, level }: RollbackFlags): void {
  if (to === undefined && !everywhere && level === undefined) return;
  const message = `'${patch}' of ${app} in ${clusterType} is in the base, at every target: --to, --everywhere and --level are for one in flight`;
  const hint = 'without them a patch is written that takes it back, from the first node on; with `--at PATH`, straight there';
  throw new FleetError([{ code: 'rollout', message, app, hint }]);
}
