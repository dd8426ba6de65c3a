import { FleetError, type FleetOutput, type PatchView } from '../../constructs';
import { tryFindNode } from '../../layers/node';
import { conflictsOf } from '../../rollout/conflicts';
import { enteredWith, manualAmong } from '../../rollout/next-step';
import { addPatch } from '../../store/edit/add-patch';
import { Edits } from '../../store/edit/edits';
import { findPatchableApp } from '../read/find-patchable-app';
import { firstNames } from '../read/first-names';
import type { LoadedFleet } from '../read/load-fleet';
import { nodesOf } from '../read/nodes-of';
import { stepText } from '../read/patches/step-text';
import { type Setting, treeOf } from '../read/setting';
import { approvable, approvedPaths } from './approvals';
import { type DowngradeFlags, namedDowngrade } from './back/named-downgrade';
import type { Change } from './change';
import { integrationOf } from './integration';
import { expectFree, nextName, patchesBefore } from './patch-name';
import { type Proof, proveAndInspect } from './prove';
import { type Start, startOf } from './start-path';
import { statementLines } from './statements';
import { expectThawed } from './thawed';

/** The flags of `fleet new patch`. */
export interface NewPatchFlags extends DowngradeFlags {
  readonly config: string;
  readonly set: readonly Setting[];
  readonly name?: string;
  readonly description?: string;
  readonly at?: string;
  readonly approve: readonly string[];
  readonly dryRun?: boolean;
  readonly commit?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

/** A field that a patch sets at a target in vain. */
export interface IdleField {
  readonly target: string;
  readonly field: string;
  /** The layer that wins, or says the same. */
  readonly by: string;
  readonly kind: 'masked' | 'equal';
}

/** A new patch, decided and proved. */
export interface PreparedPatch extends Pick<Start, 'wave'> {
  readonly clusterType: string;
  readonly app: string;
  readonly patch: string;
  /** Where it starts. */
  readonly path: string;
  /** The file that holds it. */
  readonly file: string;
  readonly targets: readonly string[];
  /** What of it has no effect where it starts. */
  readonly idle: readonly IdleField[];
  /** What somebody has to edit by hand when it reaches the base. */
  readonly byHand: readonly string[];
  /** What it would enter and somebody has to approve. */
  readonly gates: readonly string[];
  /** What the command line approves. */
  readonly approved: readonly string[];
  /** Gates that nobody has approved: it waits for them. */
  readonly open: readonly string[];
  readonly change: Change;
}

/** Decides and proves a new patch; writes nothing. @param now what the clock says @throws FleetError where there cannot be such a patch */
export function preparePatch(fleet: LoadedFleet, clusterTypeName: string, appName: string, flags: NewPatchFlags, now: Date): PreparedPatch {
  const app = findPatchableApp(fleet.output, clusterTypeName, appName);
  const approved = approvedPaths(approvable(fleet.output), flags.approve);
  const { clusterType, wanted, view } = app;
  const all = fleet.output.targetsOf(clusterType);
  const { path, paths, targets, ...start } = startOf(
    fleet,
    all.map((target) => target.path),
    flags.at,
  );
  const covered = all.filter((target) => targets.includes(target.path));
  expectThawed(nodesOf(fleet), targets, `no patch can start at ${stepText({ path, ...start })}`, now);
  const change = treeOf(flags.set, (keys) => covered[0] && tryFindNode(view.valuesAt(covered[0]), keys));
  const form = app.file.endsWith('.yaml') ? 'yaml' : 'typescript';
  const patch = flags.name ?? nextName(patchesBefore(fleet.output, clusterType, [view]));
  expectFree(patch, form, wanted, view);
  const edits = new Edits();
  const place = { form, file: app.file, app: view.name, isGroup: view.isGroup, kind: view.kind } as const;
  const file = addPatch(edits, place, { name: patch, description: flags.description, paths, change });
  const { proof, inspected } = proveNewPatch(fleet, edits, { clusterType, group: app.group, patch, targets });
  const { idle, byHand, gates } = inspected;
  const open = gates.filter((gate) => !approved.includes(gate));
  const { back } = namedDowngrade(proof, flags, `'${patch}'`, wanted, path);
  const statements = back === undefined ? [] : statementLines(proof, { back });
  const message = `${clusterType}/${wanted}: start ${patch} at ${stepText({ path, ...start })}`;
  return { clusterType, app: wanted, patch, path, ...start, file, targets, idle, byHand, gates, approved, open, change: { edits, proof, message, statements } };
}

/** A patch that is written for the first time, and where it begins. */
export interface BeginningPatch {
  readonly clusterType: string;
  /** The name of the app's file. */
  readonly group: string;
  readonly patch: string;
  /** Those where it begins. */
  readonly targets: readonly string[];
}

/** Proves that a new patch changes nothing but the targets where it begins. @throws FleetError also where an older one would win */
export function proveNewPatch(fleet: LoadedFleet, edits: Edits, begins: BeginningPatch): { readonly proof: Proof; readonly inspected: InspectedPatch } {
  const { clusterType, patch, targets } = begins;
  return proveAndInspect(fleet, edits, { clusterType, targets }, (output, nameOf) => inspectPatch(patchesOf(output, begins), patch, targets, nameOf));
}

function patchesOf(output: FleetOutput, { clusterType, group }: Pick<BeginningPatch, 'clusterType' | 'group'>): readonly PatchView[] {
  return output.patches().filter(({ state }) => state.clusterType === clusterType && state.app === group);
}

/** What the edited fleet says of a new patch. */
export interface InspectedPatch {
  readonly idle: readonly IdleField[];
  readonly byHand: readonly string[];
  /** Manual nodes that it enters. */
  readonly gates: readonly string[];
}

/** @param own all patches of the app, the new one among them */
function inspectPatch(own: readonly PatchView[], name: string, targets: readonly string[], nameOf: (file: string) => string): InspectedPatch {
  const view = own.find(({ state }) => state.patch === name);
  if (!view) return { idle: [], byHand: [], gates: [] };
  expectNewest(view, own);
  const { state } = view;
  const everywhere = state.nodes.flatMap((node) => (node.depth === 0 ? [node.path] : []));
  const idle = state.targets.flatMap((target) => view.withoutEffect(target).map(({ field, by, kind }): IdleField => ({ target, field, by, kind })));
  return { idle, byHand: integrationOf(view, everywhere, nameOf).byHand, gates: manualAmong(enteredWith(state, targets)) };
}

/** @throws FleetError where an older patch, at a more specific path, would win over the new one */
function expectNewest({ state }: PatchView, own: readonly PatchView[]): void {
  const conflicts = conflictsOf(own.map((one) => ({ state: one.state, fields: one.fields })));
  const inverted = conflicts.find(({ newer, inverted: targets }) => newer === state.patch && targets.length > 0);
  if (!inverted) return;
  const message = `the older ${inverted.older} would win over ${inverted.newer} in ${inverted.field}, at ${firstNames(inverted.inverted).join(', ')}`;
  const hint = `promote '${inverted.older}' first, or start at a more specific path with --at`;
  throw new FleetError([{ code: 'rollout', message, app: state.app, hint }]);
}
